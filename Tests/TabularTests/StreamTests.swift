import CInstructionSets
import Synchronization
import Tabular
import Testing

/// Keeps what it is handed, and notes what streaming promises.
private struct Recorder: TableConsumer {
  struct Partial: Sendable {
    var columns: [[Double]]
    var places: Set<Int>
    var firstRow: Int
  }

  var categories = LevelRuns()
  var counts = TableCounts()
  var requests: [ColumnRequest] = []
  var columns: [[Double]] = []
  /// Where the numbers of the first column were in memory.
  var places: Set<Int> = []
  var batches = 0
  var isInOrder = true

  mutating func begin(_ columns: [RequestedColumn]) {
    requests = columns.map(\.request)
    self.columns = columns.map { _ in [] }
  }

  mutating func finish(_ counts: TableCounts) { self.counts = counts }

  var snapshot: TableSnapshot { TableSnapshot(counts, values: columns, levels: categories) }

  func profile(_ rows: RowBatch, firstRow: Int) -> Partial {
    Partial(
      columns: columns.indices.map { Array(rows.numbers($0)) },
      places: Set([rows.numbers(0).baseAddress.map { Int(bitPattern: $0) } ?? 0]),
      firstRow: firstRow)
  }

  mutating func collect(_ partial: Partial, _ rows: RowBatch, firstRow: Int) {
    isInOrder = isInOrder && columns[0].count == firstRow && rows.rowCount > 0
    isInOrder = isInOrder && partial.firstRow == firstRow
    for (place, values) in partial.columns.enumerated() {
      columns[place] += values
      // Still there, and the same.
      isInOrder = isInOrder && rows.numbers(place).count == values.count
    }
    places.formUnion(partial.places)
    batches += 1
  }
}

/// Keeps nothing but how many rows there were and where.
private struct Counter: TableConsumer {
  var categories = LevelRuns()
  var counts = TableCounts()
  var rows = 0
  var places: Set<Int> = []

  mutating func begin(_ columns: [RequestedColumn]) {}
  mutating func finish(_ counts: TableCounts) { self.counts = counts }

  func profile(_ rows: RowBatch, firstRow: Int) -> Int {
    rows.numbers(0).baseAddress.map { Int(bitPattern: $0) } ?? 0
  }

  mutating func collect(_ place: Int, _ batch: RowBatch, firstRow: Int) {
    rows += batch.rowCount
    places.insert(place)
  }
}

@Suite struct StreamTests {
  @Test(arguments: 0..<150)
  func equalsRead(_ seed: Int) throws {
    var rng = SeededGenerator(seed: UInt64(seed + 9000))
    let columns = Int.random(in: 1...6, using: &rng)
    let parts = (0..<Int.random(in: 1...3, using: &rng)).map { part in
      TableInput.bytes(
        FastPathTests.text(
          columns: columns, rows: Int.random(in: 1...200, using: &rng), using: &rng),
        name: "\(part).csv")
    }
    let plan =
      [.numeric]
      + FastPathTests.requests(columns - 1, using: &rng).map {
        $0 == .automatic ? ColumnRequest.numeric : $0
      }
    let set = InstructionSet.available[seed % InstructionSet.available.count]
    let options = FastPathTests.options(chunk: [16, 100, 1000, 1 << 20][seed % 4], set)
    let threads = [1, 2, 5][seed % 3]
    let stored = Reading {
      TableSnapshot(try TableReader(options: options).read(parts, plan: { _ in plan }))
    }

    var recorder = Recorder()
    let streamed = Reading {
      try TableReader(options: options).stream(
        parts, plan: { _ in plan }, threads: threads, consumer: &recorder)
      return recorder.snapshot
    }
    #expect(recorder.isInOrder)
    #expect(streamed == stored)
  }

  /// The same buffers however many rows there are.
  @Test(arguments: [1, 2, 4])
  func memoryDoesNotGrow(threads: Int) throws {
    let text = "a,b\n" + (0..<200_000).map { "\($0),x\n" }.joined()
    var counter = Counter()
    try TableReader(options: options(chunk: 4096)).stream(
      [.bytes(Array(text.utf8), name: "x.csv")], plan: { _ in [.numeric, .text] },
      threads: threads, consumer: &counter)
    #expect(counter.counts.rowCount == 200_000 && counter.rows == 200_000)
    #expect(try #require(counter.categories.runs.first)[1].count(of: "x") == 200_000)
    // Some 400 batches; a buffer may grow once or twice while sizes settle.
    #expect(counter.places.count <= 4 * threads)
  }

  @Test func errorsComeBehindTheRowsBefore() throws {
    let rows = (0..<5000).map { "\($0)\n" }.joined()
    let text = Array(("a\n" + rows + "1,2\n" + rows + "\0").utf8)
    for threads in [1, 2, 5] {
      var counter = Counter()
      let error = try #require(throws: CSVError.self) {
        try TableReader(options: options(chunk: 256)).stream(
          [.bytes(text, name: "x.csv")], plan: all(.numeric), threads: threads,
          consumer: &counter)
      }
      #expect(error.code == .raggedRow && error.line == 5002)
      #expect(counter.rows <= 5000 && counter.rows > 4700)
    }
  }

  @Test func progressEndsIt() {
    struct Stop: Error {}
    let text = Array(("a\n" + String(repeating: "1\n", count: 100_000)).utf8)
    var counter = Counter()
    #expect(throws: Stop.self) {
      try TableReader(options: options(chunk: 100)).stream(
        [.bytes(text, name: "x.csv")], plan: all(.numeric), threads: 3, consumer: &counter,
        progress: { _ in throw Stop() })
    }
    #expect(counter.rows < 100_000)
  }

  /// What an automatic column is read as, its first rows say; no row of it is lost, and the counts tell
  /// where all rows say something else.
  @Test(arguments: [1, 2, 5], [64, 1000, 1 << 20])
  func theFirstChunkDecidesWhatIsAutomatic(threads: Int, chunk: Int) throws {
    // Texts before numbers, texts behind numbers, forced text.
    let rows = (0..<3_000).map { "\($0),\($0 < 2_000 ? "x" : "7"),\($0 < 200 ? "1.5" : "y"),8\n" }
    let text = Array(("a,b,c,d\n" + rows.joined()).utf8)
    func stream(_ plan: [ColumnRequest]) throws -> Recorder {
      var recorder = Recorder()
      try TableReader(options: options(chunk: chunk)).stream(
        [.bytes(text, name: "x.csv")], plan: { _ in plan }, threads: threads,
        consumer: &recorder)
      return recorder
    }
    let isWhole = chunk > text.count
    let expected: [ColumnRequest] = [.numeric, .text, isWhole ? .text : .numeric, .text]
    let found = try stream([.automatic, .automatic, .automatic, .text])
    let given = try stream(expected)
    #expect(found.snapshot == given.snapshot && found.isInOrder)
    #expect(found.requests == expected && given.requests == expected)
    #expect(found.counts.columns.map(\.misread) == [nil, nil, isWhole ? nil : .text, nil])
    #expect(given.counts.columns.allSatisfy { $0.kinds == nil })
  }

  @Test func anUnreadableFirstChunkIsAnError() throws {
    var counter = Counter()
    let error = try #require(throws: CSVError.self) {
      try TableReader().stream(
        [.bytes(Array("a\n1\n1,2\n".utf8), name: "x.csv")], plan: all(.automatic),
        consumer: &counter)
    }
    #expect(error.code == .raggedRow && error.line == 3)
  }
}
