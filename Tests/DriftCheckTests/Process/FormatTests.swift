import DriftTestSupport
import Foundation
import Testing

/// The same tables in other formats give the same report. The files: `fixtures/formats/make.py`.
@Suite struct FormatTests {
  private static let source = Project.root.appending(path: "fixtures/formats")

  /// A folder with both tables in every format.
  private static func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path()) {
      try folder.write(Data(contentsOf: source.appending(path: name)), to: name)
    }
    return folder
  }

  private static func report(
    _ baseline: [String], _ current: [String], in folder: ScratchFolder,
    standardInput: String = "/dev/null", wrapper: [String] = []
  ) throws -> OrderedJSON {
    let outcome = try DriftCheckBinary.run(
      ["--baseline"] + baseline + ["--current"] + current + ["--output", "report.json"],
      in: folder.url, wrapper: wrapper, standardInput: standardInput)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.standardError.isEmpty, "\(outcome)")
    let report = try OrderedJSON(folder.read("report.json"))
    guard case .object(let members) = report else { return report }
    return .object(members.filter { !["baseline", "current"].contains($0.key) })
  }

  static let endings = [".csv", ".csv.gz", ".csv.zst"]

  @Test(arguments: endings, endings)
  func anyFormat(_ baseline: String, _ current: String) throws {
    let folder = try Self.folder()
    let expected = try Self.report(["baseline.csv"], ["current.csv"], in: folder)
    let found = try Self.report(["baseline\(baseline)"], ["current\(current)"], in: folder)
    #expect(found == expected)
    let file = try OrderedJSON(folder.read("report.json"))["baseline"]
    #expect(file == .string("baseline\(baseline)"))
  }

  @Test(arguments: endings)
  func streams(_ ending: String) throws {
    let folder = try Self.folder()
    let expected = try Self.report(["baseline.csv"], ["current.csv"], in: folder)
    #expect(
      try Self.report(
        ["baseline.csv"], ["-"], in: folder, standardInput: folder.path("current\(ending)"))
        == expected)
    #expect(
      try Self.report(
        ["-"], ["current.csv"], in: folder, standardInput: folder.path("baseline\(ending)"))
        == expected)
    let script = "mkfifo one; cat baseline\(ending) > one & exec \"$@\""
    #expect(
      try Self.report(
        ["one"], ["current.csv"], in: folder, wrapper: DriftCheckBinary.shell(script))
        == expected)
  }

  /// A name says nothing about a format.
  @Test func oddNames() throws {
    let folder = try Self.folder()
    let expected = try Self.report(["baseline.csv"], ["current.csv"], in: folder)
    try folder.write(folder.read("baseline.csv.gz"), to: "b.csv")
    try folder.write(folder.read("current.csv"), to: "c.csv.zst")
    #expect(try Self.report(["b.csv"], ["c.csv.zst"], in: folder) == expected)
  }

  /// 1 GiB of rows that takes 3 MB on disk, and a line of 4 GiB: what comes out is never kept.
  @Test func bombs() throws {
    let folder = try ScratchFolder()
    let script = """
      { echo x; head -c 1048576 /dev/zero | tr '\\0' '7' | fold -w 15; } | gzip > one
      head -c 1048576 /dev/zero | tr '\\0' '7' | fold -w 15 | gzip > rows
      head -c 1048576 /dev/zero | tr '\\0' '7' | gzip > line
      { cat one; for i in {1..10}; do cat rows rows > more; mv more rows; done; cat rows; } > b
      { cat one; for i in {1..12}; do cat line line > more; mv more line; done; cat line; } > c
      ulimit -v 1000000
      exec "$@"
      """
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "one", "--current", "b", "--no-mmd", "--threads", "2"], in: folder.url,
      wrapper: DriftCheckBinary.shell(script))
    #expect(outcome.exitCode == 0, "\(outcome)")
    let endless = try DriftCheckBinary.run(
      ["--baseline", "one", "--current", "c"], in: folder.url,
      wrapper: DriftCheckBinary.shell("ulimit -v 1000000; exec \"$@\""))
    #expect(endless.exitCode == 65, "\(endless)")
    #expect(endless.errorText.contains("the cell is longer than 16777216 bytes"), "\(endless)")
  }
}
