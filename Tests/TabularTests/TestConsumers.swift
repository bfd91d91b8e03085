import Tabular

extension TableReader {
  /// Opens inputs and keeps all of the table; `plan` says what is wanted, by the names.
  func read(
    _ inputs: [TableInput], names: [String]? = nil,
    plan: ([String]) throws -> [ColumnRequest], threads: Int = 1,
    progress: (Progress) throws -> Void = { _ in }
  ) throws -> Table {
    let source = try open(inputs, progress: progress)
    return try source.table(
      plan(names ?? source.schema.columnNames), names: names, threads: threads,
      progress: progress)
  }

  /// Opens inputs and reads them into a consumer that takes no row back.
  func stream<Consumer: TableConsumer>(
    _ inputs: [TableInput], plan: ([String]) throws -> [ColumnRequest], threads: Int = 1,
    consumer: inout Consumer, progress: (Progress) throws -> Void = { _ in }
  ) throws {
    let source = try open(inputs, progress: progress)
    let requests = try source.deciding(plan(source.schema.columnNames))
    try source.read(into: &consumer, requests, threads: threads, progress: progress)
  }
}

/// The levels of each run of chunks.
struct LevelRuns: CategoryConsumer {
  let chunksPerRun: Int
  var runs: [[LevelTally]] = []

  init(chunks: Int = .max) { chunksPerRun = chunks }

  mutating func take(_ tallies: [LevelTally]) { runs.append(tallies) }
}

extension TableSnapshot {
  /// What was streamed.
  init(_ counts: TableCounts, values: [[Double]], levels: LevelRuns) {
    self.init(
      rowCount: counts.rowCount,
      columns: counts.columns.enumerated().map { place, column in
        guard column.isText else {
          return .numbers(
            values[place].map { ($0.isNaN ? .nan : $0).bitPattern }, missing: column.missing,
            unparseable: column.unparseable, column.examples)
        }
        let tally = levels.runs.first.map { $0[place] } ?? LevelTally()
        return .text(
          Dictionary(uniqueKeysWithValues: tally.sortedLevels().map { ($0.level, $0.count) }),
          missing: column.missing)
      })
  }
}
