import DriftCheckCore
import Foundation
import Testing

@Suite struct AtomicFileTests {
  static let content = Array("new\n".utf8)

  /// What writing `content` to `path` throws; nil when it works.
  static func failure(_ path: String) -> OutputError? {
    do throws(OutputError) {
      try AtomicFile.write(content, to: path)
      return nil
    } catch {
      return error
    }
  }

  @Test func writesTheWholeFileAndMakesItsFolders() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "a/b/r.json")
      let inFlight = OutputInFlight()
      let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
      try AtomicFile.write(bytes, to: file.path, inFlight: inFlight)
      #expect(try Data(contentsOf: file) == Data(bytes))
      #expect(try names(in: folder.appending(path: "a/b")) == ["r.json"])
      #expect(inFlight.isWritten)
    }
  }

  @Test func theModeFollowsTheMask() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "r.json")
      let probe = folder.appending(path: "probe")
      try AtomicFile.write(Self.content, to: file.path)
      close(open(probe.path, O_CREAT | O_WRONLY, 0o644))
      let modes = try [file, probe].map {
        try FileManager.default.attributesOfItem(atPath: $0.path)[.posixPermissions] as? Int
      }
      #expect(modes[0] == modes[1])
    }
  }

  @Test func replacesAnOlderFile() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "r.json")
      try Data("a longer and older text".utf8).write(to: file)
      try AtomicFile.write(Self.content, to: file.path)
      #expect(try text(of: file) == "new\n")
      #expect(try names(in: folder) == ["r.json"])
    }
  }

  @Test func replacesTheTargetOfASymbolicLink() throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      try manager.createDirectory(
        at: folder.appending(path: "d"), withIntermediateDirectories: true)
      for (link, target) in [("link", "other"), ("other", "d/real"), ("dangling", "d/later")] {
        try manager.createSymbolicLink(
          atPath: folder.appending(path: link).path, withDestinationPath: target)
      }
      try Data("old".utf8).write(to: folder.appending(path: "d/real"))
      try AtomicFile.write(Self.content, to: folder.appending(path: "link").path)
      try AtomicFile.write(Self.content, to: folder.appending(path: "dangling").path)
      #expect(try text(of: folder.appending(path: "d/real")) == "new\n")
      #expect(try text(of: folder.appending(path: "d/later")) == "new\n")
      #expect(try manager.destinationOfSymbolicLink(atPath: folder.path + "/link") == "other")
      #expect(try names(in: folder.appending(path: "d")) == ["later", "real"])
    }
  }

  @Test func refusesFoldersCirclesAndFilesAsFolders() throws {
    try withTemporaryFolder { folder in
      let manager = FileManager.default
      try manager.createSymbolicLink(atPath: folder.path + "/x", withDestinationPath: "y")
      try manager.createSymbolicLink(atPath: folder.path + "/y", withDestinationPath: "x")
      try Data().write(to: folder.appending(path: "file"))
      let cases: [(String, Int32)] = [
        (folder.path, EISDIR), (folder.path + "/", EISDIR), (folder.path + "/new/", EISDIR),
        (folder.path + "/x", ELOOP), (folder.path + "/file/r.json", ENOTDIR),
        (folder.path + "/file/d/r.json", ENOTDIR),
        (folder.path + "/" + String(repeating: "n", count: 256), ENAMETOOLONG),
      ]
      for (path, number) in cases {
        let error = try #require(Self.failure(path), "\(path)")
        #expect(error.errorNumber == number, "\(path)")
        #expect(error.code == .cannotCreate)
        #expect(error.exitCode == .cannotCreate)
        #expect(throws: error) { try AtomicFile.preflight(path) }
      }
      #expect(try names(in: folder) == ["file", "x", "y"])
    }
  }

  @Test func theLongestNameIsNotTooLong() throws {
    try withTemporaryFolder { folder in
      let name = String(repeating: "é", count: 127) + "x"
      let path = folder.path + "/" + name
      #expect(name.utf8.count == 255)
      #expect(Self.failure(path) == nil)
      #expect(throws: Never.self) { try AtomicFile.preflight(path) }
    }
  }

  @Test func devicesAreWrittenToAsTheyAre() throws {
    let error = try #require(Self.failure("/dev/full"))
    #expect(error.code == .ioError && error.errorNumber == ENOSPC)
    #expect(
      error.description == """
        cannot write '/dev/full': No space left on device; \
        free some space or choose another path
        """)
    #expect(Self.failure("/dev/null") == nil)
    var info = stat()
    #expect(stat("/dev/null", &info) == 0 && info.st_mode & S_IFMT == S_IFCHR)
  }

  @Test func aPipeBehindADescriptorIsWrittenTo() throws {
    let pipe = Pipe()
    let number = pipe.fileHandleForWriting.fileDescriptor
    for path in ["/dev/fd/\(number)", "/proc/self/fd/\(number)"] {
      try AtomicFile.preflight(path)
      try AtomicFile.write(Self.content, to: path)
    }
    try pipe.fileHandleForWriting.close()
    #expect(try pipe.fileHandleForReading.readToEnd() == Data("new\nnew\n".utf8))
  }

  /// In a container the process id is always the same, so a killed run's file is in the way.
  @Test(arguments: [(0.0, 2), (-7_200.0, 1)])
  func aTemporaryFileThatIsLeftDoesNotStopTheNextRun(_ age: Double, _ filesAfter: Int) throws {
    try withTemporaryFolder { folder in
      let left = folder.appending(path: ".r.json.\(getpid()).tmp")
      try Data("left".utf8).write(to: left)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: age)], ofItemAtPath: left.path)
      try AtomicFile.write(Self.content, to: folder.path + "/r.json")
      #expect(try text(of: folder.appending(path: "r.json")) == "new\n")
      #expect(try names(in: folder).count == filesAfter)
    }
  }

  @Test func preflightLeavesNothingBehind() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.preflight(folder.path + "/a/b/r.json")
      try AtomicFile.preflight(folder.path + "/r.json")
      try AtomicFile.preflight("/dev/null")
      #expect(try names(in: folder) == [])
    }
  }
}
