import CInstructionSets
import Foundation
import Tabular
import Testing

/// Compressed inputs against the same text as it is.
@Suite struct CompressedInputTests {
  private static let text = Array(
    ("a,b\n" + (0..<3000).map { "\($0).5,\($0 % 7)\n" }.joined()).utf8)

  /// Texts of all kinds, those with errors too, in members and frames cut anywhere: the same
  /// table, or the same message with the same places.
  @Test(arguments: 0..<200, Compressed.allCases)
  func equalsText(_ seed: Int, compressed: Compressed) throws {
    var rng = SeededGenerator(seed: UInt64(seed + 20_000))
    let columns = Int.random(in: 1...5, using: &rng)
    let rows = Int.random(in: 1...(seed % 10 == 0 ? 2000 : 60), using: &rng)
    let texts = (0..<Int.random(in: 1...3, using: &rng)).map { _ in
      FastPathTests.text(columns: columns, rows: rows, using: &rng)
    }
    let requests = FastPathTests.requests(columns, using: &rng)
    let options = FastPathTests.options(
      chunk: [7, 100, 4096, 1 << 20][seed % 4], InstructionSet.best)
    func reading(_ parts: [[UInt8]]) -> Reading {
      let inputs = parts.enumerated().map { TableInput.bytes($0.element, name: "\($0.offset).csv") }
      return Reading {
        TableSnapshot(
          try TableReader(options: options).read(
            inputs, plan: { _ in requests }, threads: [1, 2, 5][seed % 3]))
      }
    }
    let parts = try texts.map { text -> [UInt8] in
      guard Int.random(in: 0..<5, using: &rng) > 0 else { return text }
      let cuts = (0..<Int.random(in: 0...3, using: &rng)).map { _ in
        Int.random(in: 0...text.count, using: &rng)
      }
      return try compressed.bytes(text, cutAt: cuts, level: Int32.random(in: 1...9, using: &rng))
    }
    #expect(reading(parts) == reading(texts))
  }

  @Test(arguments: Compressed.allCases)
  func byteOrderMark(_ compressed: Compressed) throws {
    let table = try read([compressed.bytes(Array("\u{FEFF}a,b\n1,2\n3,x\n".utf8))])
    #expect(try #require(table.numbers("a")).values == [1, 3])
    #expect(try #require(table.levels("b")).summary == ["2 x 1", "x x 1"])
  }

  // MARK: Damage

  /// Wherever it is cut: never a table.
  @Test(arguments: Compressed.allCases)
  func cutOff(_ compressed: Compressed) throws {
    let whole = try compressed.bytes(Self.text.prefix(3000))
    for count in 6..<whole.count {
      let error = try #require(throws: CSVError.self) {
        try read([Array(whole.prefix(count))], options: options(chunk: 256))
      }
      #expect(error.code == .damaged && error.byteOffset == count, "\(count)")
      let format = compressed == .gzip ? "gzip" : "Zstandard"
      #expect(
        error.description == "test.csv: the \(format) data ends early, after \(count) bytes; "
          + "copy or compress the file again")
    }
  }

  /// Any bit turned over: the same table where nothing depends on the bit, else an error. It is
  /// `damaged` also where the text turned to nonsense first, except in the first bytes, by which
  /// the format is known, and in a few flags that ask for what is not given.
  @Test(arguments: Compressed.allCases, [64, 1 << 20])
  func anyBit(_ compressed: Compressed, chunk: Int) throws {
    let text = Array(("a,b\n" + (0..<60).map { "\($0).5,\($0 % 7)\n" }.joined()).utf8)
    let whole = try compressed.bytes(text)
    let expected = TableSnapshot(try read([text]))
    for place in 4..<whole.count {
      for bit in 0..<8 {
        var bytes = whole
        bytes[place] ^= 1 << bit
        switch Reading({ TableSnapshot(try read([bytes], options: options(chunk: chunk))) }) {
        case .table(let table): #expect(table == expected, "byte \(place), bit \(bit)")
        case .failure(let error):
          #expect(
            error.code == .damaged || (place < 10 && error.code == .unsupported),
            "byte \(place), bit \(bit): \(error)")
        case .ragged(let message, _, _), .noRows(let message):
          Issue.record("byte \(place), bit \(bit): \(message)")
        }
      }
    }
  }

  /// The rows before come first, and their errors; then the damage.
  @Test(arguments: Compressed.allCases, [1, 3])
  func damageBehindAnError(_ compressed: Compressed, threads: Int) throws {
    let ragged = Array("1,2,3\n".utf8)
    let good = try compressed.bytes(Self.text + ragged + Self.text.dropFirst(4))
    func failure(_ bytes: [UInt8]) throws -> CSVError {
      try #require(throws: CSVError.self) {
        try TableReader(options: options(chunk: 500)).read(
          [.bytes(bytes, name: "x.csv")], plan: all(.automatic), threads: threads)
      }
    }
    #expect(try failure(good).code == .raggedRow)
    #expect(try failure(Array(good.dropLast())).code == .damaged)
    // What follows whole data does not explain a row that came before; it is still said.
    #expect(try failure(good + [1]).code == .damaged)
    let header = Array("a,a\n".utf8) + Self.text
    #expect(try failure(compressed.bytes(header)).code == .duplicateName)
    #expect(try failure(compressed.bytes(header).dropLast()).code == .damaged)
  }

  /// The limits hold for what comes out, and it is not read to its end.
  @Test(arguments: Compressed.allCases)
  func lineThatNeverEnds(_ compressed: Compressed) throws {
    let megabyte = try compressed.bytes([UInt8](repeating: 0x37, count: 1 << 20))
    // Four gigabytes.
    let bomb = try compressed.bytes(Array("a\n".utf8)) + (0..<4000).flatMap { _ in megabyte }
    var limits = options(chunk: 1 << 16)
    limits.maximumCellBytes = 1 << 20
    let error = try #require(throws: CSVError.self) { try read([bomb], options: limits) }
    #expect(error.code == .cellTooLong && error.line == 2)
  }

  // MARK: Reading twice

  private static let late =
    Array("a,b\n".utf8)
    + (0..<20_000).flatMap { Array("\($0),\($0 % 5).0\n".utf8) }
    + (0..<2_000).flatMap { _ in Array("7,x\n".utf8) }

  private func checkLate(_ inputs: [TableInput], chunk: Int, threads: Int) throws {
    let table = try TableReader(options: options(chunk: chunk)).read(
      inputs, plan: all(.automatic), threads: threads)
    let count = inputs.count
    #expect(try #require(table.numbers("a")).values.count == 22_000 * count)
    #expect(
      try #require(table.levels("b")).summary
        == ["0.0", "1.0", "2.0", "3.0", "4.0"].map { "\($0) x \(4000 * count)" }
        + ["x x \(2000 * count)"])
  }

  @Test(arguments: Compressed.allCases, [100, 5000, 1 << 20])
  func lateTextInFiles(_ compressed: Compressed, chunk: Int) throws {
    let folder = try TemporaryFolder()
    let paths = try (0..<3).map { part in
      // One of them is not compressed.
      let bytes = part == 1 ? Self.late : try compressed.bytes(Self.late, cutAt: [70_000])
      let path = folder.path + "/\(part)"
      try Data(bytes).write(to: URL(filePath: path))
      return TableInput.file(path)
    }
    for threads in [1, 2, 5] { try checkLate(paths, chunk: chunk, threads: threads) }
    let bytes = try compressed.bytes(Self.late)
    try checkLate([.bytes(bytes, name: "x")], chunk: chunk, threads: 3)
  }

  @Test(arguments: Compressed.allCases)
  func lateTextInAFIFO(_ compressed: Compressed) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/fifo"
    try #require(mkfifo(path, 0o600) == 0)
    let data = Data(try compressed.bytes(Self.late))
    Thread.detachNewThread {
      // A write to a FIFO opens it, and ends when all is read.
      try? FileHandle(forWritingTo: URL(filePath: path)).write(contentsOf: data)
    }
    try checkLate([.file(path)], chunk: 5000, threads: 2)
  }

  @Test(arguments: Compressed.allCases)
  func changedBetweenThePasses(_ compressed: Compressed) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/x"
    try Data(compressed.bytes(Self.late)).write(to: URL(filePath: path))
    let error = try #require(throws: CSVError.self) {
      try TableReader(options: options(chunk: 5000)).read([.file(path)], plan: all(.automatic)) {
        if $0.pass == 1 {
          try Data(compressed.bytes(Self.late, level: 1)).write(to: URL(filePath: path))
        }
      }
    }
    #expect(error.code == .inputChanged)
  }

  // MARK: Progress

  @Test(arguments: Compressed.allCases)
  func progressCountsStoredBytes(_ compressed: Compressed) throws {
    let bytes = try compressed.bytes(Self.text, cutAt: [10_000, 20_000])
    var steps: [TableReader.Progress] = []
    _ = try TableReader(options: options(chunk: 1000)).read(
      [.bytes(bytes, name: "1"), .bytes(bytes, name: "2")], plan: all(.numeric),
      progress: { steps.append($0) })
    #expect(steps.count > 40)
    #expect(steps.allSatisfy { $0.bytesTotal == 2 * bytes.count && $0.pass == 1 })
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.bytesRead <= $1.bytesRead })
    #expect(steps.last?.bytesRead == 2 * bytes.count)
  }
}
