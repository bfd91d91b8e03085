internal import DriftKit
internal import Tabular

/// Hands the rows of a table to the stream that profiles them.
struct ProfiledRows: TableConsumer {
  var categories: CountedLevels
  private var stream: ProfileStream
  /// The places of the numeric columns among those of the table.
  private var places: [Int] = []
  /// What was counted, at the end.
  private(set) var counts = TableCounts()

  /// - Parameters:
  ///   - stream: The stream before its first row, of the numeric columns of the table.
  ///   - levels: Gets the levels of the other columns.
  init(_ stream: ProfileStream, _ levels: CountedLevels) {
    self.stream = stream
    categories = levels
  }

  mutating func begin(_ columns: [RequestedColumn]) {
    places = columns.indices.filter { columns[$0].request == .numeric }
  }

  func profile(_ rows: RowBatch, firstRow: Int) -> ProfileStream.Batch {
    stream.profile(columns(of: rows), firstRow: firstRow, rowCount: rows.rowCount)
  }

  mutating func collect(_ batch: ProfileStream.Batch, _ rows: RowBatch, firstRow: Int) {
    stream.collect(batch, columns(of: rows), rowCount: rows.rowCount)
  }

  func catchUp() { stream.catchUp() }

  mutating func finish(_ counts: TableCounts) { self.counts = counts }

  private func columns(of rows: RowBatch) -> [UnsafeBufferPointer<Double>] {
    places.map(rows.numbers)
  }

  /// The profile of all rows.
  consuming func profile() -> DatasetProfile {
    let ends = counts.columns.enumerated().map {
      place, column -> (name: String, end: ProfileStream.ColumnEnd) in
      guard column.isText else { return (column.name, .numbers(unparseable: column.unparseable)) }
      return (column.name, .levels(categories.sketch(place), missing: column.missing))
    }
    return stream.finish(ends, rowCount: counts.rowCount)
  }
}
