extension DatasetProfile {
  /// Adds to the name of the only part a digest of what is known of its rows: other parts may have the
  /// same name, as files in other folders or of other days, and are not the same part.
  package mutating func sealSegment() {
    guard segments.count == 1, !segments[0].isEmpty else { return }
    let digits = String(digest, radix: 16)
    let name =
      segments[0] + Self.seal + String(repeating: "0", count: 16 - digits.count) + digits
    segments = [name]
    sample?.name(segment: name)
  }

  /// The name of a part as it was given.
  static func given(_ segment: String) -> String {
    guard let seal = segment.utf8.lastIndex(of: UInt8(ascii: "#")),
      segment.utf8.distance(from: seal, to: segment.utf8.endIndex) == 17
    else { return segment }
    return String(segment[..<seal])
  }

  private static let seal = "#"

  /// A number for rows, levels and moments.
  private var digest: UInt64 {
    var digest = FNV1a()
    digest.add(UInt64(rowCount))
    for column in columns {
      digest.add(column.name.utf8)
      switch column.content {
      case .numbers(let numbers):
        let tally = numbers.tally
        digest.add(UInt64(tally.nans))
        digest.add(UInt64(tally.infinities))
        let moments = tally.moments
        let values = [
          moments.mean, moments.standardDeviation, moments.minimum, moments.maximum,
        ]
        for value in values { digest.add((value ?? 0).bitPattern) }
      case .levels(let levels):
        digest.add(UInt64(levels.missing))
        // The sum does not depend on the order of the levels.
        var sum: UInt64 = 0
        levels.sketch.forEachLevel { level, count in
          var hash = FNV1a(level)
          hash.add(UInt64(count))
          sum &+= hash.value
        }
        digest.add(sum)
      }
    }
    return digest.value
  }
}
