internal import DriftDetection
internal import Tabular

/// Hands the rows of a table to the accumulator that summarises them.
struct AccumulatedRows: TableConsumer {
  var categories: CountedLevels
  private var accumulator: RowAccumulator
  /// The places of the numeric columns among those of the table.
  private var places: [Int] = []
  /// What was counted, at the end.
  private(set) var counts = TableCounts()

  /// - Parameters:
  ///   - accumulator: Has no rows yet, of the numeric columns of the table.
  ///   - levels: Gets the levels of the other columns.
  init(_ accumulator: RowAccumulator, _ levels: CountedLevels) {
    self.accumulator = accumulator
    categories = levels
  }

  mutating func begin(_ columns: [RequestedColumn]) {
    places = columns.indices.filter { columns[$0].request == .numeric }
  }

  func profile(_ rows: RowBatch, firstRow: Int) -> RowAccumulator.Batch {
    accumulator.profile(columns(of: rows), firstRow: firstRow, rowCount: rows.rowCount)
  }

  mutating func collect(_ batch: RowAccumulator.Batch, _ rows: RowBatch, firstRow: Int) {
    accumulator.collect(batch, columns(of: rows), rowCount: rows.rowCount)
  }

  func catchUp() { accumulator.catchUp() }

  mutating func finish(_ counts: TableCounts) { self.counts = counts }

  private func columns(of rows: RowBatch) -> [UnsafeBufferPointer<Double>] {
    places.map(rows.numbers)
  }

  /// The profile of all rows.
  ///
  /// - Parameter unread: The columns that were skipped, in order.
  /// - Returns: The profile, whose bins are not chosen yet.
  consuming func profile(unread: [String] = []) -> DatasetProfile {
    let ends = counts.columns.enumerated().map {
      place, column -> (name: String, end: RowAccumulator.ColumnEnd) in
      guard column.isText else { return (column.name, .numbers(unparseable: column.unparseable)) }
      return (column.name, .levels(categories.sketch(place), missing: column.missing))
    }
    return accumulator.finish(ends, unread: unread, rowCount: counts.rowCount)
  }
}
