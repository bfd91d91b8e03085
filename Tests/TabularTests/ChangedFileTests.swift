import DriftTestSupport
import Foundation
import Tabular
import Testing

/// A file that is another one, or in another state, when all of it was read makes no table.
@Suite struct ChangedFileTests {
  /// What somebody does to a file that is being read.
  enum Change: String, CaseIterable, Sendable {
    case appended, halfRowAppended, truncated, cutInARow, rewritten, replaced, removed

    func make(_ path: String) throws {
      let url = URL(filePath: path)
      let old = try Data(contentsOf: url)
      switch self {
      case .appended: try Self.write(old.suffix(24), at: path, append: true)
      case .halfRowAppended: try Self.write(Data("7,\"".utf8), at: path, append: true)
      case .truncated: #expect(truncate(path, off_t(old.count / 3 / 24 * 24)) == 0)
      case .cutInARow: #expect(truncate(path, off_t(old.count / 3 / 24 * 24 + 5)) == 0)
      case .rewritten:
        try Self.write(Data(old.map { $0 == UInt8(ascii: "1") ? UInt8(ascii: "2") : $0 }), at: path)
        // The clock of a file system may stand still for as long as this test takes.
        let times = [timespec(tv_sec: 1_000, tv_nsec: 1), timespec(tv_sec: 1_000, tv_nsec: 1)]
        #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
      case .replaced:
        try old.write(to: URL(filePath: path + ".new"))
        #expect(rename(path + ".new", path) == 0)
      case .removed: #expect(unlink(path) == 0)
      }
    }

    /// In place: `Data` would make another file of that name.
    private static func write(_ data: Data, at path: String, append: Bool = false) throws {
      let handle = try FileHandle(forUpdating: URL(filePath: path))
      if append { try handle.seekToEnd() }
      try handle.write(contentsOf: data)
      try handle.close()
    }
  }

  /// What is read: lines of 24 bytes where it is text.
  enum Source: String, CaseIterable, Sendable {
    case text, gzip, rows, columns

    func write(to path: String) throws {
      var bytes: [UInt8] = []
      switch self {
      case .text, .gzip:
        let text =
          "a,b\(String(repeating: " ", count: 20))\n"
          + (0..<4_000).map { "\(10_000_000 + $0),\(String(repeating: "1", count: 14))\n" }.joined()
        bytes = try self == .gzip ? Compressed.gzip.bytes(text.utf8) : Array(text.utf8)
      case .rows, .columns:
        let rows = (0..<2_000).map { [Double($0), 0.5, 1.5] }
        bytes = NumpyFile(rows, isFortran: self == .columns).bytes()
      }
      try Data(bytes).write(to: URL(filePath: path))
    }
  }

  private static func read(
    _ input: CSVInput, threads: Int, whenBegun: () throws -> Void
  ) throws {
    var isDone = false
    // On a busy machine other threads may have read all before this one was told of anything.
    for _ in 0..<1_000 where !isDone {
      _ = try CSVReader(options: options(chunk: 3_000)).read(
        [input], plan: all(.automatic), threads: threads
      ) { progress in
        guard !isDone, progress.bytesRead > 0 else { return }
        isDone = true
        try whenBegun()
      }
    }
    #expect(isDone)
  }

  @Test(arguments: Change.allCases, Source.allCases)
  func isNoTable(_ change: Change, _ source: Source) throws {
    for threads in [1, 3] {
      let folder = try TemporaryFolder()
      let path = folder.path + "/x"
      try source.write(to: path)
      let error = try #require(throws: CSVError.self, "\(change) \(source) \(threads)") {
        try Self.read(.file(path), threads: threads) { try change.make(path) }
      }
      #expect(error.code == .inputChanged, "\(error)")
      #expect(
        error.description
          == "\(path): changed while it was read; run again when nothing writes to it")
    }
  }

  /// A file that somebody else has opened, as a shell does for standard input, has no path.
  @Test(arguments: [Change.appended, .halfRowAppended, .truncated, .cutInARow, .rewritten])
  func openedByOthers(_ change: Change) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/x"
    try Source.text.write(to: path)
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    let input = CSVInput.stream(descriptor, name: "standard input", after: [])
    let error = try #require(throws: CSVError.self) {
      try Self.read(input, threads: 1) { try change.make(path) }
    }
    #expect([.inputChanged, .unterminatedQuote, .raggedRow].contains(error.code), "\(error)")
  }

  /// Of several files it is told which one; one that was read before the others counts too.
  @Test func earlierFile() throws {
    let folder = try TemporaryFolder()
    let paths = ["\(folder.path)/a", "\(folder.path)/b"]
    for path in paths { try Source.text.write(to: path) }
    let size = try Data(contentsOf: URL(filePath: paths[0])).count
    var isDone = false
    let error = try #require(throws: CSVError.self) {
      try CSVReader(options: options(chunk: 3_000)).read(
        paths.map(CSVInput.file), plan: all(.automatic)
      ) { progress in
        guard !isDone, progress.bytesRead > size else { return }
        isDone = true
        try Change.appended.make(paths[0])
      }
    }
    #expect(isDone && error.code == .inputChanged && error.file == paths[0])
  }

  /// What is nothing to the rows: others read the file, or write beside it.
  @Test(arguments: Source.allCases)
  func unchanged(_ source: Source) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/x"
    try source.write(to: path)
    try Self.read(.file(path), threads: 2) {
      _ = try Data(contentsOf: URL(filePath: path))
      try Data([1]).write(to: URL(filePath: path + ".other"))
    }
  }

  /// Every change makes another identity of a file, by its path; a replaced one is what it was where
  /// it is open.
  @Test(arguments: Change.allCases)
  func identities(_ change: Change) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/x"
    try Source.text.write(to: path)
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    let before = try #require(FileIdentity(descriptor: descriptor))
    #expect(FileIdentity(at: path) == before)
    try change.make(path)
    #expect(FileIdentity(at: path) != before)
    let isElsewhere = change == .replaced || change == .removed
    #expect((FileIdentity(descriptor: descriptor) == before) == isElsewhere)
  }
}
