/// A gauge with all its samples, as text of OpenMetrics.
struct MetricFamily: Sendable {
  /// The name; with a unit, its last word.
  let name: String
  var unit: String?
  let help: String
  private(set) var samples: [(labels: [(String, String)], value: Double)] = []

  init(_ name: String, unit: String? = nil, help: String) {
    self.name = name
    self.unit = unit
    self.help = help
  }

  /// Adds a sample; a value that is not known has none.
  mutating func add(_ value: Double?, _ labels: [(String, String)] = []) {
    if let value { samples.append((labels, value)) }
  }

  /// Writes the family, if it has a sample.
  func write(to text: inout [UInt8]) {
    guard !samples.isEmpty else { return }
    text += "# TYPE \(name) gauge\n".utf8
    if let unit { text += "# UNIT \(name) \(unit)\n".utf8 }
    text += "# HELP \(name) \(Self.escaped(help))\n".utf8
    for (labels, value) in samples {
      text += name.utf8
      if !labels.isEmpty {
        let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }
        text += "{\(pairs.joined(separator: ","))}".utf8
      }
      text += " \(Self.number(value))\n".utf8
    }
  }

  /// A text between quotes: only these three characters have another spelling.
  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    // Whole numbers without a fraction, as they are read.
    return value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
  }
}
