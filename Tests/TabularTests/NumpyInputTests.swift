import Foundation
import Tabular
import Testing

/// Arrays as inputs: cut, read by threads, streamed, in partitions.
@Suite struct NumpyInputTests {
  private static func table(
    _ rows: Int, _ columns: Int, using rng: inout SeededGenerator
  ) -> [[Double]] {
    (0..<rows).map { _ in
      (0..<columns).map { _ in
        switch Int.random(in: 0..<12, using: &rng) {
        case 0: .nan
        case 1: -999
        case 2: Double(Int.random(in: -3...3, using: &rng))
        default: Double.random(in: -1e6...1e6, using: &rng)
        }
      }
    }
  }

  /// Keeps the numbers that are streamed.
  private struct Recorder: TableConsumer {
    var categories = LevelRuns()
    var counts = TableCounts()
    var columns: [[Double]] = []

    mutating func begin(_ columns: [RequestedColumn]) { self.columns = columns.map { _ in [] } }

    mutating func finish(_ counts: TableCounts) { self.counts = counts }

    func profile(_ rows: RowBatch, firstRow: Int) -> [[Double]] {
      columns.indices.map { Array(rows.numbers($0)) }
    }

    mutating func collect(_ partial: [[Double]], _ rows: RowBatch, firstRow: Int) {
      for place in columns.indices { columns[place] += partial[place] }
    }
  }

  /// Any shape, order, plan, chunk and number of threads, in files and in memory, kept and
  /// streamed.
  @Test(arguments: 0..<120)
  func anyShape(_ seed: Int) throws {
    var rng = SeededGenerator(seed: UInt64(seed + 30_000))
    let columns = Int.random(in: 1...(seed % 10 == 0 ? 700 : 6), using: &rng)
    let parts = (0..<Int.random(in: 1...3, using: &rng)).map { _ in
      Self.table(Int.random(in: 1...200, using: &rng), columns, using: &rng)
    }
    let folder = try TemporaryFolder()
    let inputs = try parts.enumerated().map { index, rows in
      let bytes = NumpyFile(rows, isFortran: Bool.random(using: &rng)).bytes()
      guard Bool.random(using: &rng) else { return TableInput.bytes(bytes, name: "\(index)") }
      let path = "\(folder.path)/\(index).npy"
      try Data(bytes).write(to: URL(filePath: path))
      return TableInput.file(path)
    }
    let requests = (0..<columns).map { _ in
      [ColumnRequest.automatic, .numeric, .skip].randomElement(using: &rng) ?? .numeric
    }
    var options = options(chunk: [1, 50, 3000, 1 << 20][seed % 4])
    options.missingValues.insert("-999.0")
    let threads = [1, 2, 5][seed % 3]
    let expected = NumpyArrayTests.snapshot(
      parts.joined().map { row in
        zip(row, requests).filter { $1 != .skip }.map { $0.0 == -999 ? .nan : $0.0 }
      })
    let kept = try TableReader(options: options).read(
      inputs, plan: { _ in requests }, threads: threads)
    #expect(TableSnapshot(kept) == expected)
    var recorder = Recorder()
    try TableReader(options: options).stream(
      inputs, plan: { _ in requests }, threads: threads, consumer: &recorder)
    #expect(
      TableSnapshot(recorder.counts, values: recorder.columns, levels: recorder.categories)
        == expected)
  }

  /// As text, a number is a level: the exact integer, or the shortest decimal.
  @Test(arguments: [false, true])
  func levels(isFortran: Bool) throws {
    let rows: [[Double]] = [
      [1, 7], [1.5, 7], [-0.0, 0.1], [.nan, 1e300], [3, -999], [.infinity, 7],
    ]
    var options = options(chunk: 20)
    options.missingValues.insert("-999")
    let table = try TableReader(options: options).read(
      [.bytes(NumpyFile(rows, isFortran: isFortran).bytes(), name: "x")], plan: all(.text))
    #expect(
      try #require(table.levels("x0")).summary
        == ["0 x 1", "1 x 1", "1.5 x 1", "3 x 1", "inf x 1"])
    #expect(try #require(table.levels("x0")).missing == 1)
    #expect(try #require(table.levels("x1")).summary == ["7 x 3", "0.1 x 1", "1e+300 x 1"])
    #expect(try #require(table.levels("x1")).missing == 1)

    let large = try #require(NumpyCase.all.first { $0.name == "large integers" })
    #expect(
      try #require(read([large.bytes], .text).levels("x0")).summary
        == ["-4611686018427387905 x 1", "9007199254740993 x 1", "9223372036854775807 x 1"])
    let single = try #require(NumpyCase.all.first { $0.name == ">f4" })
    #expect(try #require(read([single.bytes], .text).levels("x0")).count(of: "0.1") == 1)
  }

  @Test func names() throws {
    let file = NumpyFile([[1, 2, 3]])
    let arrays = [
      TableInput.bytes(file.bytes(), name: "x"), .bytes(file.bytes(), name: "y"),
    ]
    let schema = try TableReader().open(arrays).schema
    #expect(!schema.hasNames && schema.columnNames == ["x0", "x1", "x2"])
    #expect(schema.format == .numpy && schema.storedSize != nil)
    #expect(schema.storedSize == 2 * file.bytes().count)
    let table = try TableReader().read(arrays, names: ["a", "b", "c"], plan: all(.numeric))
    #expect(table.columns.map(\.name) == ["a", "b", "c"])
    #expect(throws: CSVError.self) {
      try TableReader().read(arrays, names: ["a", "b"], plan: all(.numeric))
    }
    let text = try TableReader().open([.bytes(Array("p,q\n1,2\n".utf8), name: "t")]).schema
    #expect(text.columnNames == ["p", "q"] && text.hasNames && text.format == .csv)
    #expect(throws: CSVError.self) { try TableReader().open([.file("/nowhere/x")]) }
  }

  // MARK: Partitions that do not fit

  private func failure(_ inputs: [TableInput]) throws -> CSVError {
    try #require(throws: CSVError.self) { try TableReader().read(inputs, plan: all(.automatic)) }
  }

  @Test func otherColumns() throws {
    let three = TableInput.bytes(NumpyFile([[1, 2, 3]]).bytes(), name: "1.npy")
    let one = TableInput.bytes(NumpyFile([[1], [2]]).bytes(), name: "2.npy")
    let error = try failure([three, one])
    #expect(error.code == .headerMismatch)
    #expect(
      error.description == "2.npy: the array has 1 column, but 3 in 1.npy; "
        + "all partitions of a table need the same columns")
  }

  @Test func otherFormats() throws {
    let array = TableInput.bytes(NumpyFile([[1, 2]]).bytes(), name: "1.npy")
    let text = TableInput.bytes(Array("x0,x1\n1,2\n".utf8), name: "2.csv")
    let error = try failure([array, text])
    #expect(error.code == .headerMismatch)
    #expect(
      error.description == "2.csv: is CSV text, but 1.npy is a NumPy array; "
        + "all partitions of a table need the same format")
    #expect(
      try failure([text, array]).description
        == "1.npy: is a NumPy array, but 2.csv is CSV text; "
        + "all partitions of a table need the same format")
  }

  // MARK: Sizes

  /// Cut off or continued at any byte: an error, whatever the input is.
  @Test(arguments: [false, true], [1, 1 << 20])
  func wrongSize(isFortran: Bool, chunk: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/x.npy"
    let bytes = NumpyFile([[1, 2], [3, 4], [5, 6]], isFortran: isFortran).bytes()
    let reader = TableReader(options: options(chunk: chunk))
    func check(_ changed: [UInt8]) throws {
      try Data(changed).write(to: URL(filePath: path))
      for input in [TableInput.bytes(changed, name: path), .file(path)] {
        let error = try #require(throws: CSVError.self) {
          try reader.read([input], plan: all(.automatic), threads: 2)
        }
        #expect(error.code == .damaged, "\(changed.count): \(error)")
        let what = changed.count < bytes.count ? "ends early" : "something else follows"
        #expect(error.detail.contains(what))
      }
    }
    for count in 6..<bytes.count { try check(Array(bytes.prefix(count))) }
    try check(bytes + [0])
    try check(bytes + bytes)
    let error = try failure([.bytes(Array(bytes.dropLast(9)), name: "x.npy")])
    if !isFortran {
      #expect(
        error.description
          == "x.npy: the array ends early, after \(bytes.count - 9) bytes; expected "
          + "\(bytes.count) (shape (3, 2) of f8); copy or save the file again")
    }
    #expect(
      try failure([.bytes(bytes + [0], name: "x.npy")]).description
        == "x.npy: something else follows the array at byte \(bytes.count) (shape (3, 2) of f8); "
        + "save one array a file")
  }

  private func fifo(_ folder: TemporaryFolder, _ bytes: [UInt8]) throws -> TableInput {
    let path = "\(folder.path)/fifo\(bytes.count)"
    try #require(mkfifo(path, 0o600) == 0)
    Thread.detachNewThread {
      // The reader may go before the end.
      var signals = sigset_t()
      sigaddset(&signals, SIGPIPE)
      pthread_sigmask(SIG_BLOCK, &signals, nil)
      try? FileHandle(forWritingTo: URL(filePath: path)).write(contentsOf: Data(bytes))
    }
    return .file(path)
  }

  @Test func streams() throws {
    var rng = SeededGenerator(seed: 4)
    let rows = Self.table(5000, 3, using: &rng)
    let folder = try TemporaryFolder()
    let bytes = NumpyFile(rows).bytes()
    let table = try TableReader(options: options(chunk: 1000)).read(
      [fifo(folder, bytes)], plan: all(.automatic), threads: 3)
    #expect(TableSnapshot(table) == NumpyArrayTests.snapshot(rows))
    #expect(try failure([fifo(folder, bytes.dropLast())]).code == .damaged)
    #expect(try failure([fifo(folder, bytes + [1])]).code == .damaged)
    let fortran = NumpyFile(rows.dropLast(), isFortran: true).bytes()
    let error = try failure([fifo(folder, fortran)])
    #expect(error.code == .unsupported)
    #expect(
      error.detail == "the array is in Fortran order, which is not read from a stream; "
        + "give it as a file, or save it in C order with numpy.ascontiguousarray")
  }

  @Test(arguments: [false, true])
  func progressAndChanges(isFortran: Bool) throws {
    var rng = SeededGenerator(seed: 5)
    let file = NumpyFile(Self.table(2000, 4, using: &rng), isFortran: isFortran).bytes()
    let folder = try TemporaryFolder()
    let path = folder.path + "/x.npy"
    try Data(file).write(to: URL(filePath: path))
    var steps: [TableReader.Progress] = []
    _ = try TableReader(options: options(chunk: 1000)).read(
      [.file(path), .file(path)], plan: all(.automatic), progress: { steps.append($0) })
    #expect(steps.count >= 128)
    #expect(steps.allSatisfy { $0.bytesTotal == 2 * file.count && $0.pass == 1 })
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.bytesRead <= $1.bytesRead })
    #expect(steps.last?.bytesRead == 2 * file.count)

    guard isFortran else { return }
    let error = try #require(throws: CSVError.self) {
      try TableReader(options: options(chunk: 1000)).read(
        [.file(path)], plan: all(.automatic),
        progress: { _ in try Data(file.dropLast()).write(to: URL(filePath: path)) })
    }
    #expect(error.code == .inputChanged)
  }
}
