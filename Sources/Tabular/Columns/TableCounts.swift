/// A column of a table that is read.
package struct RequestedColumn: Sendable, Hashable {
  /// The name in the header, without blanks around it.
  package let name: String
  /// What it is read as.
  package let request: ColumnRequest
}

/// What was counted while a table was read.
package struct TableCounts: Sendable {
  /// What was counted in one column.
  package struct Column: Sendable {
    /// The name in the header, without blanks around it.
    package let name: String
    /// Its cells are levels, not numbers.
    package internal(set) var isText: Bool
    /// Cells without a value.
    package internal(set) var missing = 0
    /// Cells that have a value that is not a number, in a column of numbers.
    package internal(set) var unparseable = 0
    /// The first few of those.
    package internal(set) var examples: [NumberColumn.Unparseable] = []
    /// Their texts.
    package internal(set) var texts = CellTexts()
    /// Its cells are points in time.
    package internal(set) var isTime = false
    /// How many of its cells are of which kind; nil when the caller said what it is read as.
    package internal(set) var kinds: CellKinds?
    /// What the first rows show, where they were looked at.
    package internal(set) var sample: SampledColumn?
    /// Of the cells of an unparseable text, those that are of the other kind: dates among numbers,
    /// numbers among dates.
    var others = 0

    /// What it was read as.
    package var request: ColumnRequest { isText ? .text : isTime ? .time : .numeric }

    /// What it should have been read as; nil when it was.
    package var misread: ColumnRequest? {
      kinds.flatMap { $0.request == request ? nil : $0.request }
    }
  }

  /// The columns, in the order of the header, without those that were skipped.
  package internal(set) var columns: [Column]
  /// The number of rows, over all inputs.
  package internal(set) var rowCount = 0
  /// What was read of each input.
  package internal(set) var inputs: [InputSummary] = []
  /// Where the texts are not UTF-8 first.
  package internal(set) var invalidText: InvalidText?

  /// Those of no table.
  package init() { columns = [] }

  init(_ columns: [RequestedColumn]) {
    self.columns = columns.map {
      Column(name: $0.name, isText: $0.request == .text, isTime: $0.request == .time)
    }
  }
}
