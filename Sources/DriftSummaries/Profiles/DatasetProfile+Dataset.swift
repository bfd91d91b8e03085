public import DriftColumns

extension DatasetProfile {
  /// The bins of the numeric columns for which some were chosen, by their names.
  /// - Complexity: O(columns).
  var chosenBinnings: [Level: NumericBinning] {
    var binnings: [Level: NumericBinning] = [:]
    for column in columns {
      guard let numbers = column.numbers else { continue }
      binnings[Level(column.name)] =
        column.kind == .time ? numbers.tally.moments.rangeBinning : numbers.frozen?.binning
    }
    return binnings
  }

  /// A table in memory as a profile, with bins chosen.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - options: What is kept.
  ///   - segment: What tells this part of a table from others that it is merged with: the name of
  ///     its file, say.
  ///   - edges: A profile whose bins the rows are counted by; nil to choose bins.
  /// - Complexity: O(n) a column.
  public init(
    _ table: Dataset, options: Options = Options(), segment: String = "",
    edges: DatasetProfile? = nil
  ) {
    var names: [String] = []
    var numbers: [[Double]] = []
    var ends: [(name: String, end: RowAccumulator.ColumnEnd)] = []
    for column in table.columns {
      switch column.cells {
      case .numeric(let values, let unparseable):
        names.append(column.name)
        numbers.append(values)
        ends.append((column.name, .numbers(unparseable: unparseable)))
      case .categorical(let counts):
        var sketch = LevelSketch(levelLimit: options.levels, byteLimit: options.levelBytes)
        sketch.add(counts)
        ends.append((column.name, .levels(sketch, missing: counts.missing)))
      case .time(let values, let unparseable):
        names.append(column.name)
        numbers.append(values)
        ends.append((column.name, .times(unparseable: unparseable)))
      }
    }
    let times = table.columns.filter { $0.kind == .time }.map(\.name)
    var stream = RowAccumulator(
      numericColumns: names, times: times, options: options, segment: segment, edges: edges,
      work: PieceWork())
    let step = 1 << 14
    for first in stride(from: 0, to: table.rowCount, by: step) {
      let count = min(step, table.rowCount - first)
      let parts = numbers.map { Array($0[first..<(first + count)]) }
      Self.withBuffers(parts) { columns in
        let batch = stream.profile(columns, firstRow: first, rowCount: count)
        stream.collect(batch, columns, rowCount: count)
        stream.catchUp()
      }
    }
    self = stream.finish(
      ends, details: table.columns.map(\.details), rowCount: table.rowCount)
    settle(options, work: PieceWork())
  }

  private static func withBuffers(
    _ columns: [[Double]], _ done: [UnsafeBufferPointer<Double>] = [],
    _ body: ([UnsafeBufferPointer<Double>]) -> Void
  ) {
    guard done.count < columns.count else { return body(done) }
    columns[done.count].withUnsafeBufferPointer { withBuffers(columns, done + [$0], body) }
  }
}
