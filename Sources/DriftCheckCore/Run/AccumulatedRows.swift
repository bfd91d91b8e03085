internal import DriftDetection
internal import Tabular

/// Hands the rows of a table to the accumulator that summarises them.
struct AccumulatedRows: TableConsumer {
  /// What is found in a batch.
  struct Partial: Sendable {
    let rows: RowAccumulator.Batch
    let times: [TimeFeatureCounts]
  }

  var categories: CountedLevels
  private var accumulator: RowAccumulator
  /// The places of the columns of numbers and points in time among those of the table.
  private var places: [Int] = []
  /// The features of time that are made of columns, by the names of these.
  private let timeFeatures: @Sendable (String) -> [TimeFeature]
  /// The features that are made, each of the column at a place in the table.
  private var derived: [(place: Int, name: String)] = []
  private var times: [TimeFeatureCounts] = []
  /// What was counted, at the end.
  private(set) var counts = TableCounts()

  /// - Parameters:
  ///   - accumulator: Has no rows yet, of the columns of numbers and points in time of the table.
  ///   - levels: Gets the levels of the other columns.
  ///   - timeFeatures: The features that are made of a column of points in time, by its name.
  init(
    _ accumulator: RowAccumulator, _ levels: CountedLevels,
    timeFeatures: @escaping @Sendable (String) -> [TimeFeature] = { _ in [] }
  ) {
    self.accumulator = accumulator
    self.timeFeatures = timeFeatures
    categories = levels
  }

  mutating func begin(_ columns: [RequestedColumn]) {
    places = columns.indices.filter { columns[$0].request != .text }
    for (place, column) in columns.enumerated() where column.request == .time {
      for feature in timeFeatures(column.name) {
        derived.append((place, feature.name(of: column.name)))
        times.append(TimeFeatureCounts(feature))
      }
    }
  }

  func profile(_ rows: RowBatch, firstRow: Int) -> Partial {
    // `times` are those of no rows here.
    var times = times
    for (index, feature) in derived.enumerated() { times[index].add(rows.numbers(feature.place)) }
    return Partial(
      rows: accumulator.profile(columns(of: rows), firstRow: firstRow, rowCount: rows.rowCount),
      times: times)
  }

  mutating func collect(_ partial: Partial, _ rows: RowBatch, firstRow: Int) {
    accumulator.collect(partial.rows, columns(of: rows), rowCount: rows.rowCount)
    for index in times.indices { times[index].merge(partial.times[index]) }
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
    var ends = counts.columns.enumerated().map {
      place, column -> (name: String, end: RowAccumulator.ColumnEnd) in
      if column.isText {
        return (column.name, .levels(categories.sketch(place), missing: column.missing))
      }
      let unparseable = column.unparseable
      return (
        column.name,
        column.isTime ? .times(unparseable: unparseable) : .numbers(unparseable: unparseable)
      )
    }
    for (feature, times) in zip(derived, times) {
      var sketch = LevelSketch()
      sketch.add(times.counts)
      ends.append((feature.name, .levels(sketch, missing: times.counts.missing)))
    }
    let details = counts.columns.map { ColumnDetails($0) } + derived.map { _ in ColumnDetails() }
    return accumulator.finish(
      ends, details: details, unread: unread,
      rowCount: counts.rowCount)
  }
}
