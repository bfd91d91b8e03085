import Foundation
import Tabular
import Testing

@Suite struct InputPatternTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["b10.csv", "b9.csv", "B.csv", "é.csv", "b[1].csv", ".b.csv", "x.txt", "-"] {
      _ = try folder.write(name, "")
    }
  }

  private func files(_ pattern: String) throws -> [String] {
    try InputPattern.files("\(folder.path)/\(pattern)").map {
      #expect($0.hasPrefix(folder.path + "/"))
      return String($0.dropFirst(folder.path.count + 1))
    }
  }

  /// In the order of their bytes, whatever the language.
  @Test func matches() throws {
    #expect(try files("*.csv") == ["B.csv", "b10.csv", "b9.csv", "b[1].csv", "é.csv"])
    #expect(try files("b?.csv") == ["b9.csv"])
    #expect(try files("[bB]*.csv") == ["B.csv", "b10.csv", "b9.csv", "b[1].csv"])
    #expect(try files("[!a-z]*.csv") == ["B.csv", "é.csv"])
    #expect(try files("*.[tx]xt") == ["x.txt"])
    #expect(try files("?") == ["-"])
  }

  @Test func whatIsNoPattern() throws {
    for path in ["", "-", "none.csv", "/nowhere/x.csv", "a\0*"] {
      #expect(try InputPattern.files(path) == [path])
    }
    // There is a file of this name.
    #expect(try files("b[1].csv") == ["b[1].csv"])
    // A link to nothing is a file that cannot be read, not one that is not there.
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/a*", withDestinationPath: "nothing")
    _ = try folder.write("a1", "")
    #expect(try files("a*") == ["a*"])
  }

  @Test func noMatch() throws {
    for pattern in ["*.parquet", "b[2-8].csv", "?/x.csv", "[", "\\*.csv"] {
      let path = "\(folder.path)/\(pattern)"
      let error = try #require(throws: CSVError.self) { try InputPattern.files(path) }
      #expect(error.code == .inputMissing)
      #expect(
        error.description
          == "\(path): no file has this name, and none matches it as a pattern; check the path")
    }
  }

  @Test func nameThatIsNotUTF8() throws {
    let path = folder.path + "/q"
    let bytes = Array(path.utf8) + [0xFF, 0]
    let descriptor = open(bytes.map { CChar(bitPattern: $0) }, O_WRONLY | O_CREAT, 0o600)
    try #require(descriptor >= 0)
    close(descriptor)
    let error = try #require(throws: CSVError.self) { try files("q*") }
    #expect(error.code == .inputUnreadable)
    #expect(error.detail.hasSuffix("which matches, is not UTF-8; rename the file"))
  }
}
