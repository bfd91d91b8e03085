import Tabular
import Testing

private struct NoRows: TableConsumer {
  var categories: LevelRuns
  var counts = TableCounts()

  mutating func begin(_ columns: [RequestedColumn]) {}
  mutating func finish(_ counts: TableCounts) { self.counts = counts }
  func profile(_ rows: RowBatch, firstRow: Int) {}
  mutating func collect(_ partial: Void, _ rows: RowBatch, firstRow: Int) {}
}

/// Levels that are handed on while a table is read.
@Suite struct LevelRunTests {
  private static func text(rows: Int, seed: UInt64) -> [UInt8] {
    var rng = SeededGenerator(seed: seed)
    let lines = (0..<rows).map { row in
      let level =
        ["", "NA", "a,b", "id-\(row)", "x\(Int.random(in: 0..<9, using: &rng))"]
        .randomElement(using: &rng) ?? ""
      return "\(row),\(level.contains(",") ? "\"\(level)\"" : level),u\(row % 3)\n"
    }
    return Array(("n,a,b\n" + lines.joined()).utf8)
  }

  /// What is handed on, run by run: for each column its levels and the cells without one.
  private static func runs(
    _ inputs: [TableInput], chunk: Int, chunks: Int, threads: Int
  ) throws -> (runs: [[String]], rowCount: Int) {
    var options = CSVOptions()
    options.chunkSize = chunk
    var consumer = NoRows(categories: LevelRuns(chunks: chunks))
    try TableReader(options: options).stream(
      inputs, plan: { _ in [.numeric, .text, .text] }, threads: threads, consumer: &consumer)
    let runs = consumer.categories.runs.map { tallies in
      tallies.map { tally in
        tally.sortedLevels().map { "\($0.level) x \($0.count)" }.joined(separator: ";")
          + " + \(tally.missing)"
      }
    }
    return (runs, consumer.counts.rowCount)
  }

  @Test(arguments: [1, 3, 16], [200, 4_096, 1 << 20])
  func runsDoNotDependOnThreads(chunks: Int, chunk: Int) throws {
    let inputs = (0..<3).map { part in
      TableInput.bytes(Self.text(rows: 3_000, seed: UInt64(part)), name: "\(part).csv")
    }
    let (expected, rowCount) = try Self.runs(inputs, chunk: chunk, chunks: chunks, threads: 1)
    for threads in [2, 5, 16] {
      let found = try Self.runs(inputs, chunk: chunk, chunks: chunks, threads: threads)
      #expect(found.runs == expected)
      #expect(found.rowCount == 9_000 && rowCount == 9_000)
    }
    if chunk == 200 { #expect(expected.count > 100 / chunks) }
  }

  @Test func allLevelsAreHandedOn() throws {
    let input = TableInput.bytes(Self.text(rows: 5_000, seed: 9), name: "a.csv")
    var options = CSVOptions()
    options.chunkSize = 500
    let kept = try TableReader(options: options).read(
      [input], plan: { _ in [.numeric, .text, .text] }, threads: 3)
    var consumer = NoRows(categories: LevelRuns(chunks: 4))
    try TableReader(options: options).stream(
      [input], plan: { _ in [.numeric, .text, .text] }, threads: 3, consumer: &consumer)
    var sums = [LevelTally](repeating: LevelTally(), count: 3)
    for tallies in consumer.categories.runs {
      for place in tallies.indices {
        tallies[place].forEachLevel { level, count in
          for _ in 0..<count { sums[place].add(ByteString(Array(level))) }
        }
      }
    }
    for (place, name) in ["a", "b"].enumerated() {
      let expected = try #require(kept.levels(name))
      let found = sums[place + 1]
      #expect(found.sortedLevels().map(\.level) == expected.sortedLevels().map(\.level))
      #expect(found.sortedLevels().map(\.count) == expected.sortedLevels().map(\.count))
      #expect(consumer.counts.columns[place + 1].missing == expected.missing)
    }
  }

  @Test func errorsEndTheReading() {
    let text = Array(("n,a,b\n" + (0..<4_000).map { "\($0),x,y\n" }.joined() + "1,2\n").utf8)
    for threads in [1, 4] {
      #expect(throws: CSVError.self) {
        try Self.runs([.bytes(text, name: "a.csv")], chunk: 300, chunks: 3, threads: threads)
      }
    }
  }
}
