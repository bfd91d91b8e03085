internal import Tabular

/// A table as it was read, for comparison.
struct ReadTable: Hashable {
  /// What is in a column.
  enum Cells: Hashable {
    /// The bits of numbers, and counts.
    case numbers([UInt64], missing: Int, unparseable: Int)
    /// Levels in order, and their counts.
    case levels([ByteString], [Int], missing: Int)
  }

  /// The names; nil when it was refused.
  let names: [String]?
  let cells: [Cells]
  /// Why it was refused.
  let refusal: String?

  /// Reads bytes; what it throws must be the error that is documented.
  init(
    _ bytes: [UInt8], _ options: CSVOptions, threads: Int = 1,
    request: (Int) -> ColumnRequest = { _ in .automatic }
  ) throws {
    let table: Table
    do {
      let source = try TableReader(options: options).open([.bytes(bytes, name: "f")])
      table = try source.table(source.schema.columnNames.indices.map(request), threads: threads)
    } catch let error as CSVError {
      try PlainCheck.run(error.description, "an error of the reader")
      names = nil
      cells = []
      refusal = error.description
      return
    }
    names = table.columns.map(\.name)
    refusal = nil
    cells = table.columns.map { column in
      switch column.cells {
      case .numbers(let numbers), .times(let numbers):
        .numbers(
          numbers.values.map { $0.isNaN ? 0x7FF8 << 48 : $0.bitPattern },
          missing: numbers.missing, unparseable: numbers.unparseable)
      case .text(let tally):
        .levels(
          tally.sortedLevels().map(\.level), tally.sortedLevels().map(\.count),
          missing: tally.missing)
      }
    }
    for case .numbers(let values, let missing, let unparseable) in cells {
      try FuzzViolation.require(
        values.count == table.rowCount && missing + unparseable <= table.rowCount,
        "a column of \(values.count) rows, \(missing) missing, in a table of \(table.rowCount)")
    }
  }
}

extension ReadTable {
  /// Whether both are one table, or both are refused, for whatever reason.
  func isSame(as other: ReadTable) -> Bool {
    names == other.names && cells == other.cells && (refusal == nil) == (other.refusal == nil)
  }
}

/// Checks that a message is one line that acts on no terminal.
enum PlainCheck {
  static func run(_ text: String, _ what: String, lines: Bool = false) throws(FuzzViolation) {
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      try FuzzViolation.require(
        !isControl || lines && scalar == "\n", "a raw control character in \(what): \(text)")
    }
    try FuzzViolation.require(text.utf8.count < 100_000, "\(what) of \(text.utf8.count) bytes")
  }
}
