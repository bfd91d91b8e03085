internal import DriftColumns

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

  /// The names of the parts of two tables, ascending by their bytes as both are, and the first of the
  /// second table that has a name and is in both. Sorting them with every part that is merged would
  /// take the time of the square of their number.
  /// - Complexity: O(names of both), if both ascend.
  package static func merged(_ own: [String], _ their: [String]) -> (
    names: [String], twice: String?
  ) {
    let (own, their) = (ascending(own), ascending(their))
    var names: [String] = []
    names.reserveCapacity(own.count + their.count)
    var twice: String?
    var next = 0
    for name in their {
      while next < own.count, !precedes(name, own[next]) {
        if twice == nil, !name.isEmpty, !precedes(own[next], name) { twice = name }
        names.append(own[next])
        next += 1
      }
      names.append(name)
    }
    return (names + own[next...], twice)
  }

  private static func precedes(_ name: String, _ other: String) -> Bool {
    name.utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// What comes from a file need not ascend.
  private static func ascending(_ names: [String]) -> [String] {
    let isSorted = zip(names, names.dropFirst()).allSatisfy { !precedes($1, $0) }
    return isSorted ? names : names.sorted { precedes($0, $1) }
  }

  /// The name of a part as it was given.
  package static func given(_ segment: String) -> String {
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
      case .numbers(let numbers), .times(let numbers):
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
