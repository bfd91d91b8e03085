/// A profile as the bytes of a file, written by hand: whatever it says, its checksum is right.
public struct ForgedProfile: Sendable {
  /// How many rows it says that it has.
  public var rows: Int
  /// Its columns, encoded.
  public var columns: [[UInt8]]

  /// A profile without a sample of rows.
  public init(rows: Int, columns: [[UInt8]]) {
    self.rows = rows
    self.columns = columns
  }

  /// The file.
  public var bytes: [UInt8] {
    var body: [UInt8] = []
    body.append(word: rows)
    body.append(word: 0)
    body.append(word: columns.count)
    // Nothing was noticed in their cells.
    for column in columns { body += column + [UInt8](repeating: 0, count: 26) }
    body.append(0)
    var file = Array("DRIFTPRF".utf8)
    file.append(word: 3)
    file.append(word: body.count)
    file += body
    file.append(word: 0)
    CheckedBytes.seal(&file)
    return file
  }

  /// A column of levels without missing rows.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - levels: What each shares with the one before, the bytes that follow, and its rows.
  /// - Returns: The column's bytes.
  public static func levels(
    _ name: String, _ levels: [(shared: Int, rest: [UInt8], rows: Int)]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(text: name)
    bytes.append(1)
    bytes.append(word: 0)
    bytes.append(2)
    bytes.append(number: levels.reduce(0) { $0 + $1.rows })
    bytes.append(number: 0)
    bytes.append(number: levels.count)
    bytes.append(number: levels.count)
    for level in levels {
      bytes.append(number: level.shared)
      bytes.append(number: level.rest.count)
      bytes += level.rest
      bytes.append(number: level.rows)
    }
    return bytes
  }
}

/// A numeric column of such a profile, all of whose rows are finite.
public struct ForgedNumbers: Sendable {
  /// What is said of the values.
  public enum Values: Sendable {
    /// Single values, each with its rows.
    case few([(value: Double, rows: Int)])
    /// An exact sketch of values, each with its rows.
    case runs([(value: Double, rows: Int)])
    /// Nothing.
    case none
  }

  /// Its name.
  public var name = "x"
  /// How many rows there are.
  public var rows: Int
  /// The values.
  public var values: Values
  /// The mean of the moments; nil: the middle of the range.
  public var mean: Double?
  /// The second moment, scaled by the exponent; nil: that of values at both ends of the range.
  public var secondMoment: Double?
  /// The third moment, scaled by the exponent.
  public var thirdMoment = 0.0
  /// The exponent of the moments; nil: that of the largest value.
  public var exponent: Int?
  /// The range of the moments.
  public var range: (least: Double, most: Double)
  /// Values with a bin of their own, and the rows in each cell; nil without bins.
  public var bins: (values: [Double], cells: [Int])?

  /// A column whose range is that of the values.
  public init(rows: Int, values: Values) {
    self.rows = rows
    self.values = values
    switch values {
    case .few(let items), .runs(let items):
      range = (items.first?.value ?? 0, items.last?.value ?? 0)
    case .none: range = (0, 0)
    }
  }

  /// The column, encoded.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(text: name)
    bytes.append(0)
    for count in [rows, 0, 0, 0, 0, rows] { bytes.append(word: count) }
    let largest = max(range.least.magnitude, range.most.magnitude)
    let scale = largest > 0 ? Int(largest.exponent) + 1 : -1000
    let half = Double(
      sign: .plus, exponent: -scale, significand: range.most / 2 - range.least / 2)
    let (middle, moment) = (range.least / 2 + range.most / 2, Double(rows) * half * half)
    for number in [mean ?? middle, 0, secondMoment ?? moment, 0, thirdMoment, 0] {
      bytes.append(double: number)
    }
    bytes.append(word: exponent ?? scale)
    for number in [range.least, range.most] { bytes.append(double: number) }
    switch values {
    case .few(let items):
      bytes.append(0)
      bytes.append(word: items.count)
      for item in items {
        bytes.append(double: item.value)
        bytes.append(word: item.rows)
      }
    case .runs(let items):
      bytes += [1, 0]
      bytes.append(number: items.count << 1 | 1)
      for item in items {
        bytes.append(double: item.value)
        bytes.append(number: item.rows)
      }
    case .none: bytes.append(2)
    }
    guard let bins else { return bytes + [0] }
    // As the default options choose them: quantiles of ten bins, ten rows a value.
    bytes += [1, 1]
    bytes.append(word: 10)
    bytes.append(word: 10)
    bytes.append(1)
    // No edges, and nothing beside the values.
    for numbers in [[], [], bins.values, bins.values, bins.values.map(\.nextUp)] {
      bytes.append(word: numbers.count)
      for number in numbers { bytes.append(double: number) }
    }
    // No cells of the rank test, and no ends.
    bytes.append(word: 0)
    for _ in 0..<2 {
      bytes.append(0)
      bytes.append(double: 0)
    }
    bytes.append(word: bins.cells.count)
    for cell in bins.cells { bytes.append(word: cell) }
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(word value: Int) {
    for shift in stride(from: 0, to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  fileprivate mutating func append(double value: Double) {
    append(word: Int(truncatingIfNeeded: value.bitPattern))
  }

  fileprivate mutating func append(text: String) {
    append(word: text.utf8.count)
    append(contentsOf: text.utf8)
  }

  /// As many bytes as the number needs (LEB128).
  fileprivate mutating func append(number: Int) {
    var rest = number
    while rest >= 0x80 {
      append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}
