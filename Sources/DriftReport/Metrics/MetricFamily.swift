/// A gauge, as text of OpenMetrics. Its samples are made when they are written: a wide table has very
/// many.
struct MetricFamily {
  typealias Labels = [(String, String)]

  /// The name; with a unit, its last word.
  let name: String
  var unit: String?
  let help: String
  /// How many items may have samples.
  private let count: Int
  /// Adds the samples of an item, by its place.
  private let samples: (Int, inout Samples) -> Void

  /// The samples of one item.
  struct Samples {
    fileprivate var added: [(labels: Labels, value: Double)] = []

    /// Adds a sample; a value that is not known has none.
    mutating func add(_ value: Double?, _ labels: Labels = []) {
      if let value { added.append((labels, value)) }
    }
  }

  /// A family whose samples are those of `count` items.
  init(
    _ name: String, unit: String? = nil, help: String, of count: Int = 1,
    samples: @escaping (Int, inout Samples) -> Void
  ) {
    self.name = name
    self.unit = unit
    self.help = help
    self.count = count
    self.samples = samples
  }

  /// Writes the family, if it has a sample.
  func write<Failure: Error>(
    to pieces: inout OutputPieces, _ take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var found = Samples()
    var isFirst = true
    for item in 0..<count {
      found.added.removeAll(keepingCapacity: true)
      samples(item, &found)
      if isFirst, !found.added.isEmpty {
        isFirst = false
        writeHead(to: &pieces.bytes)
      }
      for (labels, value) in found.added { write(labels, value, to: &pieces.bytes) }
      try pieces.handOn(to: take)
    }
  }

  private func writeHead(to text: inout [UInt8]) {
    text += "# TYPE \(name) gauge\n".utf8
    if let unit { text += "# UNIT \(name) \(unit)\n".utf8 }
    text += "# HELP \(name) \(Self.escaped(help))\n".utf8
  }

  private func write(_ labels: Labels, _ value: Double, to text: inout [UInt8]) {
    text += name.utf8
    if !labels.isEmpty {
      let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }
      text += "{\(pairs.joined(separator: ","))}".utf8
    }
    text += " \(Self.number(value))\n".utf8
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
