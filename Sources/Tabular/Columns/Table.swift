/// The columns of a CSV that were asked for.
package struct Table: Sendable {
  /// The columns, in the order of the header, without those that were skipped.
  package let columns: [TableColumn]
  /// The number of rows, over all inputs.
  package let rowCount: Int
}

/// One column of a table.
package struct TableColumn: Sendable {
  /// What is in the cells of a column.
  package enum Cells: Sendable {
    /// A number for each row.
    case numbers(NumberColumn)
    /// Seconds since 1970 for each row.
    case times(NumberColumn)
    /// How often each text occurs.
    case text(LevelTally)
  }

  /// The name in the header, without blanks around it.
  package let name: String
  /// Its cells.
  package let cells: Cells
  /// What was counted in them.
  package let counts: TableCounts.Column
}

/// The cells of a numeric column.
package struct NumberColumn: Sendable {
  /// A cell that is not a number.
  package struct Unparseable: Sendable, Hashable {
    /// The input, as the user named it.
    package let file: String
    /// The physical line, from 1.
    package let line: Int
    /// The cell; of a long one the beginning.
    package let text: ByteString

    /// A cell of a line of an input.
    package init(file: String, line: Int, text: ByteString) {
      self.file = file
      self.line = line
      self.text = text
    }
  }

  /// How many cells that are not numbers are kept as examples.
  package static let maximumExamples = 3

  /// How many bytes of such a cell are kept.
  package static let maximumExampleBytes = 200

  /// One value a row in runs of rows, in their order; NaN where the cell is missing or not a number.
  package let chunks: [[Double]]
  /// Cells without a value.
  package let missing: Int
  /// Cells that have a value that is not a number.
  package let unparseable: Int
  /// The first few of those.
  package let examples: [Unparseable]

  /// All values in one array: a copy, for small tables.
  /// - Complexity: O(n) time and memory.
  package var values: [Double] { Array(chunks.joined()) }
}
