import Foundation
import Tabular
import Testing

@Suite struct CSVInputTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func read(_ paths: [String], chunk: Int = 1 << 20, threads: Int = 1) throws -> Table {
    try TableReader(options: options(chunk: chunk)).read(
      paths.map(TableInput.file), plan: all(.automatic), threads: threads)
  }

  private func failure(_ path: String) throws -> CSVError {
    try #require(throws: CSVError.self) { try read([path]) }
  }

  @Test func files() throws {
    let first = try folder.write("1.csv", "a,b\n1,2\n3,4\n")
    let second = try folder.write("2.csv", "a,b\n5,x\n")
    let table = try read([first, second])
    #expect(try #require(table.numbers("a")).values == [1, 3, 5])
    #expect(try #require(table.levels("b")).summary == ["2 x 1", "4 x 1", "x x 1"])
  }

  @Test func missing() throws {
    for path in ["/nowhere/x.csv", folder.path + "/none.csv", ""] {
      let error = try failure(path)
      #expect(error.code == .inputMissing)
      #expect(error.description == "\(path): no such file; check the path")
    }
    let file = try folder.write("x.csv", "a\n1\n")
    #expect(try failure(file + "/y.csv").code == .inputMissing)
    #expect(try failure(file + "\0").code == .inputMissing)
  }

  @Test func missingIsFoundBeforeReading() throws {
    let file = try folder.write("x.csv", "a\n1\n")
    var isPlanned = false
    let error = try #require(throws: CSVError.self) {
      try TableReader().read([.file(file), .file(folder.path + "/none.csv")]) { names in
        isPlanned = true
        return names.map { _ in .skip }
      }
    }
    #expect(error.code == .inputMissing)
    #expect(!isPlanned)
  }

  @Test func directory() throws {
    let error = try failure(folder.path)
    #expect(error.code == .inputIsDirectory)
    #expect(error.description == "\(folder.path): is a directory; give a CSV file")
  }

  @Test func unreadable() throws {
    let loop = folder.path + "/loop.csv"
    try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
    let error = try failure(loop)
    #expect(error.code == .inputUnreadable)
    #expect(
      error.description
        == "\(loop): cannot be opened: Too many levels of symbolic links; check its permissions")
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func forbidden() throws {
    let file = try folder.write("x.csv", "a\n1\n")
    #expect(chmod(file, 0) == 0)
    let error = try failure(file)
    #expect(error.code == .inputUnreadable)
    #expect(
      error.description == "\(file): cannot be opened: Permission denied; check its permissions")
  }

  /// Nothing is mapped at address 0, so reading it fails as a bad disk would.
  @Test func readError() throws {
    let error = try failure("/proc/self/mem")
    #expect(error.code == .ioError)
    #expect(error.description == "/proc/self/mem: cannot be read at byte 0: Input/output error")
  }

  @Test func oddPathsStayOnOneLine() throws {
    #expect(
      try failure("a\nb\u{1B}.csv").description == "a\\nb\\u{1b}.csv: no such file; check the path")
  }

  // MARK: Inputs that cannot be read twice

  /// A FIFO that gives the text once.
  private func fifo(_ name: String, _ text: String) throws -> String {
    let path = folder.path + "/" + name
    try #require(mkfifo(path, 0o600) == 0)
    let bytes = Array(text.utf8)
    Thread.detachNewThread {
      let descriptor = open(path, O_WRONLY)
      var written = 0
      while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes {
          write(descriptor, $0.baseAddress, $0.count)
        }
        if count <= 0 { break }
        written += count
      }
      close(descriptor)
    }
    return path
  }

  @Test(arguments: [7, 1000, 1 << 20], [1, 2, 5])
  func demotionOnAFIFO(chunk: Int, threads: Int) throws {
    let rows = (0..<20_000).map { "\($0),\($0 % 5).0\n" }.joined()
    let path = try fifo("x.csv", "\u{FEFF}a,b\n" + rows + String(repeating: "7,x\n", count: 2000))
    let table = try read([path], chunk: chunk, threads: threads)
    #expect(try #require(table.numbers("a")).values.count == 22_000)
    #expect(
      try #require(table.levels("b")).summary
        == ["0.0 x 4000", "1.0 x 4000", "2.0 x 4000", "3.0 x 4000", "4.0 x 4000", "x x 2000"])
  }

  /// The text comes last, in a column that was taken for numbers in hundreds of pieces.
  @Test(arguments: [1, 2, 5])
  func lateTextInFiles(threads: Int) throws {
    let paths = try (0..<3).map { part in
      let rows = (0..<5000).map { "\($0),\($0 % 5).0,\"\($0 % 3)\"\n" }.joined()
      return try folder.write(
        "\(part).csv",
        "a,b,c\n" + rows + (part == 2 ? String(repeating: "1,x,\n", count: 1000) : ""))
    }
    let table = try read(paths, chunk: 500, threads: threads)
    #expect(
      try #require(table.numbers("a")).values == (0..<3).flatMap { _ in (0..<5000).map(Double.init)
      } + Array(repeating: 1, count: 1000))
    #expect(
      try #require(table.levels("b")).summary
        == ["0.0 x 3000", "1.0 x 3000", "2.0 x 3000", "3.0 x 3000", "4.0 x 3000", "x x 1000"])
    #expect(try #require(table.numbers("c")).missing == 1000)
  }

  /// What the first rows show is all that is known of what cannot be read again, until its end.
  @Test func guessOnAFIFO() throws {
    let rows = (0..<20_000).map { "\($0 % 5)\n" }.joined()
    let path = try fifo("x.csv", "b\n1.0\n1.0\nx\n" + rows)
    let table = try read([path], chunk: 16)
    #expect(try #require(table.numbers("b")).unparseable == 1)
    // Where these are wrong, and the column had to be read again as numbers, its counts say so.
    let wrong = try read([try fifo("y.csv", "b\nx\nx\nx\nx\nx\n" + rows)], chunk: 8)
    #expect(try #require(wrong.levels("b")).total == 20_005)
    #expect(wrong.columns[0].counts.misread == .numeric)
  }

  @Test func filesAndFIFOs() throws {
    let first = try folder.write("1.csv", "a\n1\n2\n")
    let second = try fifo("2.csv", "a\n3\n3\n")
    let third = try folder.write("3.csv", "a\n4\nx\n")
    let table = try read([first, second, third], chunk: 2)
    #expect(
      try #require(table.levels("a")).summary == ["3 x 2", "1 x 1", "2 x 1", "4 x 1", "x x 1"])
  }

  @Test func standardInput() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let text = Array("a,b\n1,1\n2,2\n3,x\n".utf8)
    try #require(write(ends[1], text, text.count) == text.count)
    close(ends[1])
    let saved = dup(0)
    defer {
      dup2(saved, 0)
      close(saved)
    }
    dup2(ends[0], 0)
    close(ends[0])
    let table = try TableReader().read([.standardInput], plan: all(.automatic))
    #expect(try #require(table.numbers("a")).values == [1, 2, 3])
    #expect(try #require(table.levels("b")).summary == ["1 x 1", "2 x 1", "x x 1"])
    let error = try #require(throws: CSVError.self) {
      try TableReader().read([.standardInput], plan: all(.automatic))
    }
    #expect(error.description == "standard input: is empty; expected a header and at least one row")
  }

  @Test func changedBetweenThePasses() throws {
    let path = try folder.write("x.csv", "a\n1\n2\nx\n")
    let error = try #require(throws: CSVError.self) {
      // Small chunks: a piece that holds all rows is not read again.
      try TableReader(options: options(chunk: 4)).read([.file(path)], plan: all(.automatic)) {
        progress in
        if progress.pass == 1 { _ = try folder.write("x.csv", "a\n1\n2\nx\ny\n") }
      }
    }
    #expect(error.code == .inputChanged)
    #expect(
      error.description
        == "\(path): changed while it was read; run again when nothing writes to it")
  }
}
