extension Report {
  /// A file that was read for the report.
  package struct Input: Sendable, Hashable {
    /// The table that it is of.
    package enum Side: String, Sendable, Hashable, CaseIterable {
      /// The data to compare with.
      case baseline
      /// The data to check.
      case current
    }

    package let side: Side
    /// The path as given, or what messages call the input.
    package let file: String
    /// What kind of file it is.
    package let format: String
    /// The byte between two cells, as text; nil for what is no text.
    package let delimiter: String?
    package let rows: Int

    /// A file of a side.
    package init(side: Side, file: String, format: String, delimiter: String?, rows: Int) {
      self.side = side
      self.file = file
      self.format = format
      self.delimiter = delimiter
      self.rows = rows
    }

    var json: JSONValue {
      .inline(
        .object([
          .init("side", .string(side.rawValue)), .init("file", .string(file)),
          .init("format", .string(format)),
          .init("delimiter", delimiter.map { .string($0) } ?? .null), .init("rows", .integer(rows)),
        ]))
    }
  }
}
