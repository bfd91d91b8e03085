import DriftCheckCore
import Foundation
import Testing

@Suite struct TerminationLogTests {
  @Test func replacesWhatIsInTheUsualFile() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "log")
      try Data("an older and longer text".utf8).write(to: file)
      #expect(TerminationLog.write("FAIL", to: nil, usualPath: file.path) == nil)
      #expect(try text(of: file) == "FAIL")
    }
  }

  @Test func theUsualFileIsNeverMade() throws {
    try withTemporaryFolder { folder in
      #expect(TerminationLog.write("x", to: nil, usualPath: folder.path + "/log") == nil)
      let left = try names(in: folder)
      #expect(left == [])
    }
  }

  @Test func theNamedFileIsMadeAndWins() throws {
    try withTemporaryFolder { folder in
      let usual = folder.appending(path: "usual")
      try Data("kept".utf8).write(to: usual)
      let named = folder.appending(path: "named")
      #expect(TerminationLog.write("OK", to: named.path, usualPath: usual.path) == nil)
      #expect(try text(of: named) == "OK")
      #expect(try text(of: usual) == "kept")
    }
  }

  @Test(arguments: [
    (String(repeating: "a", count: 4_096), 4_096), (String(repeating: "a", count: 4_097), 4_096),
    ("a" + String(repeating: "é", count: 3_000), 4_095),
    ("a" + String(repeating: "€", count: 3_000), 4_096),
    ("aa" + String(repeating: "😀", count: 3_000), 4_094),
    (String(repeating: "😀", count: 1_024), 4_096), ("", 0),
  ])
  func isCutAtACharacter(_ message: String, _ bytes: Int) throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "log")
      #expect(TerminationLog.write(message, to: file.path) == nil)
      let data = try Data(contentsOf: file)
      #expect(data.count == bytes)
      #expect(try message.hasPrefix(#require(String(data: data, encoding: .utf8))))
    }
  }

  @Test func aFailureIsAWarning() throws {
    try withTemporaryFolder { folder in
      let fifo = folder.path + "/fifo"
      #expect(mkfifo(fifo, 0o600) == 0)
      for (path, reason) in [
        (folder.path, "Is a directory"), (folder.path + "/no/log", "No such file or directory"),
        ("/dev/full", "No space left on device"), (fifo, "No such device or address"),
      ] {
        #expect(
          TerminationLog.write("x", to: path)
            == "cannot write the termination log '\(path)': \(reason)")
      }
    }
  }
}
