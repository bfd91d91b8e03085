import Foundation
import Glibc
import Testing

@testable import DriftCheckCore

/// Temporary files that killed runs left: those of the same output go, and nothing else does.
@Suite struct LeftFilesTests {
  private static let old = Date(timeIntervalSinceNow: -90_000)

  @discardableResult
  private static func put(_ name: String, in folder: URL, at date: Date? = old) throws -> String {
    let file = folder.appending(path: name)
    try Data("left".utf8).write(to: file)
    if let date {
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file.path)
    }
    return file.path
  }

  private static func write(in folder: URL, _ name: String = "r.json") throws {
    try AtomicFile.write(Array("new\n".utf8), to: folder.path + "/" + name)
  }

  @Test func oldOnesGo() throws {
    try withTemporaryFolder { folder in
      for name in [".r.json.1.tmp", ".r.json.4194303.tmp", ".r.json.1.99.tmp"] {
        try Self.put(name, in: folder)
      }
      try Self.write(in: folder)
      #expect(try names(in: folder) == ["r.json"])
    }
  }

  @Test func youngOnesStay() throws {
    try withTemporaryFolder { folder in
      try Self.put(".r.json.1.tmp", in: folder, at: nil)
      try Self.put(".r.json.2.tmp", in: folder, at: Date(timeIntervalSinceNow: -80_000))
      try Self.write(in: folder)
      #expect(try names(in: folder) == [".r.json.1.tmp", ".r.json.2.tmp", "r.json"])
    }
  }

  /// Of other outputs, and of nobody known.
  @Test func otherNamesStay() throws {
    let others = [
      ".r.json.tmp", ".r.json.x.tmp", ".r.json.1.2.3.tmp", ".r.json.1.tmp.gz", "r.json.1.tmp",
      ".s.json.1.tmp", ".r.json.-1.tmp", ".r.json..tmp", ".r.json.1..tmp", ".ar.json.1.tmp",
      ".r.json.٣.tmp",
    ]
    try withTemporaryFolder { folder in
      for name in others { try Self.put(name, in: folder) }
      try Self.write(in: folder)
      #expect(try names(in: folder) == (others + ["r.json"]).sorted())
    }
  }

  /// However old: another process writes on it.
  @Test func oneThatIsBeingWrittenStays() throws {
    try withTemporaryFolder { folder in
      let (descriptor, path) = try TemporaryFile.create(beside: folder.path + "/r.json", "r.json")
      try FileManager.default.setAttributes([.modificationDate: Self.old], ofItemAtPath: path)
      try Self.write(in: folder)
      #expect(try names(in: folder).count == 2)
      close(descriptor)
      try Self.write(in: folder)
      #expect(try names(in: folder) == ["r.json"])
    }
  }

  @Test func linksAndOtherKindsStay() throws {
    try withTemporaryFolder { folder in
      let target = try Self.put("data.csv", in: folder)
      let names = (1...4).map { folder.path + "/.r.json.\($0).tmp" }
      symlink(target, names[0])
      link(target, names[1])
      mkfifo(names[2], 0o600)
      mkdir(names[3], 0o700)
      for name in names {
        var times = [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)]
        lutimes(name, &times)
      }
      try Self.write(in: folder)
      #expect(try DriftCheckTests.names(in: folder).count == 6)
      #expect(try text(of: folder.appending(path: "data.csv")) == "left")
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can make files of others"))
  func filesOfOthersStay() throws {
    try withTemporaryFolder { folder in
      chown(try Self.put(".r.json.1.tmp", in: folder), 65_534, 65_534)
      try Self.write(in: folder)
      #expect(try names(in: folder) == [".r.json.1.tmp", "r.json"])
    }
  }

  /// Names that are cut so that the file system takes them.
  @Test func longNamesAreTheSame() throws {
    for length in [240, 244, 245, 246, 250, 255] {
      try withTemporaryFolder { folder in
        let name = String(repeating: "n", count: length)
        let (descriptor, path) = try TemporaryFile.create(
          beside: folder.path + "/" + name, name)
        close(descriptor)
        try FileManager.default.setAttributes([.modificationDate: Self.old], ofItemAtPath: path)
        try Self.write(in: folder, name)
        #expect(try names(in: folder) == [name])
      }
    }
  }
}
