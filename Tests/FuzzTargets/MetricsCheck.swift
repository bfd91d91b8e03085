/// Checks a text of metrics by the grammar of OpenMetrics, as far as gauges have it.
enum MetricsCheck {
  static func run(_ bytes: [UInt8]) throws(FuzzViolation) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw FuzzViolation("the metrics are not UTF-8")
    }
    guard bytes.last == 0x0A else { throw FuzzViolation("the metrics do not end with a line") }
    let lines = bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
    var families: Set<[UInt8]> = []
    var samples: Set<[UInt8]> = []
    for (index, line) in lines.enumerated() {
      if index == lines.count - 1 {
        try FuzzViolation.require(line.elementsEqual("# EOF".utf8), "the metrics have no end")
      } else if line.starts(with: "# TYPE ".utf8) {
        try FuzzViolation.require(
          families.insert(Array(line)).inserted, "a family of metrics that comes twice")
      } else if !line.starts(with: "# HELP ".utf8) && !line.starts(with: "# UNIT ".utf8) {
        let labels = try sample(line)
        try FuzzViolation.require(samples.insert(labels).inserted, "a sample that comes twice")
      }
    }
  }

  /// Checks `name{label="value",...} number` and gives what is before the number.
  private static func sample(_ line: ArraySlice<UInt8>) throws(FuzzViolation) -> [UInt8] {
    var rest = line.drop { isName($0) }
    guard rest.startIndex > line.startIndex else { throw bad(line) }
    if rest.first == UInt8(ascii: "{") {
      repeat {
        rest = rest.dropFirst()
        let value = rest.drop { isName($0) }
        guard value.startIndex > rest.startIndex, value.starts(with: "=\"".utf8) else {
          throw bad(line)
        }
        rest = value.dropFirst(2)
        while let byte = rest.first, byte != UInt8(ascii: "\"") {
          rest = rest.dropFirst()
          guard byte == UInt8(ascii: "\\") else { continue }
          guard let escaped = rest.first, [0x5C, 0x22, 0x6E].contains(escaped) else {
            throw bad(line)
          }
          rest = rest.dropFirst()
        }
        rest = rest.dropFirst()
      } while rest.first == UInt8(ascii: ",")
      guard rest.first == UInt8(ascii: "}") else { throw bad(line) }
      rest = rest.dropFirst()
    }
    guard rest.first == 0x20 else { throw bad(line) }
    let text = String(decoding: rest.dropFirst(), as: UTF8.self)
    guard Double(text) != nil || ["NaN", "+Inf", "-Inf"].contains(text) else { throw bad(line) }
    return Array(line[..<rest.startIndex])
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F
  }

  private static func bad(_ line: ArraySlice<UInt8>) -> FuzzViolation {
    FuzzViolation("no sample of a metric: \(String(decoding: line.prefix(200), as: UTF8.self))")
  }
}
