internal import DriftKit
internal import Tabular

/// Hands the rows of the current table to the stream that profiles them.
struct CurrentRows: TableConsumer {
  var categories: CountedLevels
  private var stream: CurrentStream
  /// The place of each numeric feature among the columns of the table; nil where it is gone.
  private var places: [Int?] = []
  /// What was counted, at the end.
  private var counts = TableCounts()

  init(_ detector: DriftDetector, _ levels: CountedLevels) {
    stream = CurrentStream(detector)
    categories = levels
  }

  mutating func begin(_ columns: [RequestedColumn]) {
    let known = Dictionary(
      columns.enumerated().map { (ByteString($1.name), $0) },
      uniquingKeysWith: { first, _ in first })
    places = stream.numericFeatures.map { known[ByteString($0)] }
  }

  func profile(_ rows: RowBatch, firstRow: Int) -> CurrentStream.Batch {
    stream.profile(columns(of: rows), firstRow: firstRow, rowCount: rows.rowCount)
  }

  mutating func collect(_ batch: CurrentStream.Batch, _ rows: RowBatch, firstRow: Int) {
    stream.collect(batch, columns(of: rows), rowCount: rows.rowCount)
  }

  mutating func finish(_ counts: TableCounts) { self.counts = counts }

  private func columns(of rows: RowBatch) -> [UnsafeBufferPointer<Double>?] {
    places.map { $0.map(rows.numbers) }
  }

  /// What is known of the table.
  ///
  /// - Parameter unloaded: The columns that were skipped, in order.
  /// - Returns: What `DriftDetector.check` takes.
  consuming func data(unloaded: [String]) -> CurrentData {
    let ends = counts.columns.enumerated().map {
      place, column -> (name: String, end: CurrentStream.ColumnEnd) in
      guard column.isText else { return (column.name, .numbers(unparseable: column.unparseable)) }
      return (
        column.name, .levels(LevelCounts(categories.sketch(place), missing: column.missing))
      )
    }
    return stream.finish(ends, unloaded: unloaded, rowCount: counts.rowCount)
  }
}
