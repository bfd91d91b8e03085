import DriftTestSupport
import Foundation
import Testing

/// Inputs named by patterns that no shell has seen.
@Suite struct PatternTests {
  private static func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    for (part, seed) in [("b/2", 1), ("b/10", 2), ("c/1", 3), ("c/2", 4)] {
      try folder.write(
        CSVTable(["x": CSVTable.normal(100, seed: UInt64(seed))]).text(), to: part + ".csv")
    }
    return folder
  }

  private static func run(
    _ inputs: [String], in folder: ScratchFolder, output: String = "report.json"
  ) throws -> Outcome {
    try DriftCheckBinary.run(inputs + ["--output", output], in: folder.url)
  }

  @Test func asFromTheShell() throws {
    let folder = try Self.folder()
    let named = [
      "--baseline", "b/10.csv", "b/2.csv", "--current", "c/1.csv", "--current", "c/2.csv",
    ]
    #expect(try Self.run(named, in: folder).exitCode == 0)
    let expected = try folder.read("report.json")
    let outcome = try Self.run(["--baseline", "b/*.csv", "--current", "c/[0-9].csv"], in: folder)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(try folder.read("report.json") == expected)
    let report = try OrderedJSON(expected)
    #expect(report["baseline"] == "b/10.csv (+1 more)" && report["current"] == "c/1.csv (+1 more)")
    // One match is one file.
    #expect(try Self.run(["--baseline", "b/2*", "--current", "c/?.csv"], in: folder).exitCode == 0)
    #expect(try OrderedJSON(folder.read("report.json"))["baseline"] == "b/2.csv")
  }

  @Test func noMatch() throws {
    let refusal = RefusedRun(
      name: "pattern", exitCode: 66,
      phrases: ["parts/*.csv: no file has this name, and none matches it", "check the path"],
      arguments: ["--baseline", "good.csv", "--current", "parts/*.csv", "--output", "report.json"])
    try refusal.verify(in: refusal.makeFolder())
  }

  @Test func messagesNameTheFile() throws {
    let folder = try Self.folder()
    try folder.write("x\n1\n2,3\n", to: "c/3.csv")
    let outcome = try Self.run(["--baseline", "b/*.csv", "--current", "c/*"], in: folder)
    #expect(outcome.exitCode == 65, "\(outcome)")
    #expect(outcome.errorText.contains("c/3.csv:3: row has 2 cells"), "\(outcome)")
  }

  @Test func matchThatIsTheOutput() throws {
    let folder = try Self.folder()
    let before = try folder.read("c/2.csv")
    let outcome = try Self.run(
      ["--baseline", "b/*.csv", "--current", "c/*"], in: folder, output: "c/2.csv")
    #expect(outcome.exitCode == 64, "\(outcome)")
    #expect(outcome.errorText.contains("is 'c/2.csv', which is also an input"), "\(outcome)")
    #expect(try folder.read("c/2.csv") == before)
  }

  /// A file named `-` that a pattern matches is not standard input.
  @Test func hyphen() throws {
    let folder = try Self.folder()
    try folder.write(folder.read("c/1.csv"), to: "-")
    let outcome = try Self.run(["--baseline", "b/*.csv", "--current", "?"], in: folder)
    // `b` and `c` match too, and are directories.
    #expect(outcome.exitCode == 66, "\(outcome)")
    let only = try Self.run(["--baseline", "b/*.csv", "--current", "[-]"], in: folder)
    #expect(only.exitCode == 0, "\(only)")
    #expect(try OrderedJSON(folder.read("report.json"))["current"] == "./-")
  }
}
