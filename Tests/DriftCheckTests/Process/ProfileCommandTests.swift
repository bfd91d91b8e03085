import DriftTestSupport
import Foundation
import Testing

/// The commands `profile` and `merge`, and checks of what they write.
@Suite struct ProfileCommandTests {
  private static func report(
    _ baseline: String, _ current: [String], _ folder: ScratchFolder, code: Int32
  ) throws -> [String] {
    try DriftCheckBinary.run(
      ["--baseline", baseline, "--current"] + current
        + ["--output", "report.json", "--permutations", "99", "--quiet"], folder, code: code)
    let text = String(decoding: try folder.read("report.json"), as: UTF8.self)
    return text.split(separator: "\n").map(String.init).filter {
      !$0.contains(/^  ("(baseline|current|generated_at)": "|  \{"side": )/)
    }
  }

  private static func fixture(_ table: String, _ side: String) -> String {
    Project.root.appending(path: "fixtures/\(table)/\(side).csv").path
  }

  @Test(arguments: ["wdbc", "jukebox"], [("current", Int32(0)), ("drifted", 2)])
  func tablesAndProfilesGiveTheSameReport(_ table: String, _ current: (String, Int32)) throws {
    let folder = try ScratchFolder()
    let (side, code) = current
    let (before, after) = (Self.fixture(table, "baseline"), Self.fixture(table, side))
    try DriftCheckBinary.run(["profile", before, "--output", "b.profile"], folder)
    try DriftCheckBinary.run(["profile", after, "--output", "c.profile", "-q"], folder)
    try DriftCheckBinary.run(
      ["profile", after, "--output", "e.profile", "--edges-from", "b.profile"], folder)
    let expected = try Self.report(before, [after], folder, code: code)
    for (left, right) in [
      ("b.profile", after), ("b.profile", "c.profile"), (before, "c.profile"),
      ("b.profile", "e.profile"),
    ] {
      #expect(try Self.report(left, [right], folder, code: code) == expected, "\(left) \(right)")
    }
  }

  @Test func shardsAreMergedToTheWhole() throws {
    let folder = try ScratchFolder()
    let lines = try String(contentsOfFile: Self.fixture("jukebox", "drifted"), encoding: .utf8)
      .split(separator: "\n")
    for part in 0..<5 {
      let rows = lines.dropFirst()[(1 + part * 1000)..<(1 + (part + 1) * 1000)]
      try folder.write(([lines[0]] + rows).joined(separator: "\n") + "\n", to: "part-\(part).csv")
    }
    for shard in 0..<3 {
      try DriftCheckBinary.run(
        ["profile", "part-*.csv", "--shard", "\(shard)/3", "--output", "s\(shard).profile"], folder)
    }
    let outcome = try DriftCheckBinary.run(
      ["profile", "part-*.csv", "--shard", "6", "--output", "s5.profile"], in: folder.url,
      environment: ["JOB_COMPLETION_INDEX": "5"])
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.outputText.contains("0 rows"))
    try DriftCheckBinary.run(
      ["merge", "s2.profile", "s0.profile", "s5.profile", "s1.profile", "--output", "m.profile"],
      folder)
    let baseline = Self.fixture("jukebox", "baseline")
    let merged = try Self.report(baseline, ["m.profile"], folder, code: 2)
    let together = try Self.report(
      baseline, ["s1.profile", "s2.profile", "s0.profile"], folder, code: 2)
    let whole = try Self.report(baseline, ["part-*.csv"], folder, code: 2)
    // Means may differ in their last digit.
    func counts(_ report: [String]) -> [String] {
      report.filter { $0.contains("\"count") || $0.contains("mmd") || $0.contains("\"bins\"") }
    }
    #expect(counts(merged) == counts(whole))
    #expect(counts(together) == counts(whole))
    #expect(merged.count == whole.count)
  }

  @Test func aColumnThatTurnsOutToBeTextIsReadAgain() throws {
    let folder = try ScratchFolder()
    try folder.write("a,b\n1,1\n2,2\n", to: "one.csv")
    try folder.write("a,b\n3,x\n4,2\n", to: "two.csv")
    try DriftCheckBinary.run(["profile", "one.csv", "two.csv", "--output", "p"], folder)
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "p", "--current", "two.csv", "--format", "json", "--no-mmd"], folder)
    let report = try OrderedJSON(outcome.standardOutput)
    #expect(report.at("features/@b/kind") == "categorical")
    #expect(report.at("features/@a/kind") == "numeric")
    // What was read of a pipe is gone: a text behind the first chunk comes too late.
    try folder.write(
      "a,b\n" + String(repeating: "1,1\n", count: 1_000_000)
        + String(repeating: "3,x\n", count: 100_000), to: "late.csv")
    let piped = try DriftCheckBinary.run(
      ["profile", "-", "--output", "q"], in: folder.url, standardInput: folder.path("late.csv"))
    #expect(piped.exitCode == 65, "\(piped)")
    #expect(piped.errorText.contains("--categorical"))
  }

  @Test func pipesCanBeMerged() throws {
    let folder = try ScratchFolder()
    try folder.write(CSVTable(["x": CSVTable.normal(50, seed: 1)]).text(), to: "a.csv")
    for name in ["one", "two"] {
      let outcome = try DriftCheckBinary.run(
        ["profile", "-", "--output", name], in: folder.url, standardInput: folder.path("a.csv"))
      #expect(outcome.exitCode == 0, "\(outcome)")
    }
    try DriftCheckBinary.run(["merge", "two", "one", "--output", "m"], folder)
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "m", "--current", "a.csv", "--format", "json"], folder)
    let report = try OrderedJSON(outcome.standardOutput)
    #expect(report.at("rows/baseline") == 100)
    #expect(report.at("mmd/rows/baseline") == 100)
  }

  /// What a column is, is known from the beginning of what can be read only once.
  @Test func columnsOfTextFromStandardInput() throws {
    let folder = try ScratchFolder()
    let rows = (0..<30_000).map { "\($0 % 17).5,\($0 % 3 == 0 ? "pro" : "free"),\($0 % 5)\n" }
    try folder.write("x,plan,code\n" + rows.joined(), to: "a.csv")
    let outcome = try DriftCheckBinary.run(
      ["profile", "-", "--output", "piped"], in: folder.url, standardInput: folder.path("a.csv"))
    #expect(outcome.exitCode == 0, "\(outcome)")
    try DriftCheckBinary.run(["profile", "a.csv", "--output", "read"], folder)
    let features = try ["piped", "read", "a.csv"].map { baseline in
      let check = try DriftCheckBinary.run(
        ["--baseline", baseline, "--current", "a.csv", "--no-mmd", "--format", "json"], folder)
      return try OrderedJSON(check.standardOutput)["features"]
    }
    #expect(features[0] == features[2] && features[1] == features[2])
  }

  /// A column that has texts in one of the files only has levels in all of them.
  @Test(arguments: [
    ["a.csv", "b.csv"], ["b.csv", "a.csv"], ["a.csv", "c.csv"], ["c.csv", "a.csv"],
  ])
  func textInOneFileOnly(files: [String]) throws {
    let folder = try ScratchFolder()
    let numbers = (0..<2_000).map { "\($0 % 7),\($0)\n" }.joined()
    // Far behind the first chunk.
    let many = String(repeating: numbers, count: 200)
    let texts = String(repeating: "A,1\n", count: 500)
    try folder.write("code,x\n" + numbers, to: "a.csv")
    try folder.write("code,x\n" + texts + numbers, to: "b.csv")
    try folder.write(
      "code,x\n" + many + many.replacingOccurrences(of: ",", with: "A,"), to: "c.csv")
    try DriftCheckBinary.run(["profile"] + files + ["--output", "whole"], folder)
    let check = try DriftCheckBinary.run(
      ["--baseline", "whole", "--current"] + files + ["--no-mmd", "--format", "json"], folder)
    let report = try OrderedJSON(check.standardOutput)
    #expect(report.at("features/@code/kind") == "categorical")
    #expect(report.at("features/@x/kind") == "numeric")
    #expect(report.at("features/@code/psi/value") == .number(0))
  }

  /// A table that does not fit is profiled, by a sketch; the verdict stays.
  @Test func aLargeBaselineKeepsToTheMemoryLimit() throws {
    let folder = try ScratchFolder()
    let values = CSVTable.normal(400_000, seed: 3)
    let table = CSVTable([
      "x0": values, "x1": values, "x2": values, "x3": values, "x4": values, "x5": values,
      "x6": values, "x7": values,
    ])
    try folder.write(table.text(), to: "baseline.csv")
    let current = CSVTable.normal(2_000, seed: 4, mean: 0.5)
    try folder.write(CSVTable(["x0": current]).text(), to: "current.csv")
    let arguments = [
      "--baseline", "baseline.csv", "--current", "current.csv", "--no-mmd", "--format", "json",
      "--missing-features", "ignore",
    ]
    let exact = try OrderedJSON(try DriftCheckBinary.run(arguments, folder, code: 2).standardOutput)
    let outcome = try DriftCheckBinary.run(arguments + ["--memory-limit", "64M"], folder, code: 2)
    let bounded = try OrderedJSON(outcome.standardOutput)
    #expect(bounded["notes"]?.texts.contains { $0.contains("quantile sketch") } == true)
    #expect(exact["notes"]?.texts.contains { $0.contains("quantile sketch") } == false)
    #expect(bounded.at("features/@x0/status") == exact.at("features/@x0/status"))
    #expect(
      bounded.at("features/@x0/mean_shift/statistic")
        == exact.at("features/@x0/mean_shift/statistic"))
  }

  /// What is no profile, or more than it announces or fits, is not read to an end that may not be.
  @Test(arguments: [
    (["merge", "/dev/zero"], "exec", "/dev/zero: not a profile"),
    (["merge", "-"], "cat p /dev/zero |", "bytes where it says that it has"),
    (["profile", "a.csv", "--edges-from", "/dev/zero"], "exec", "/dev/zero: not a profile"),
    (
      ["profile", "a.csv", "--edges-from", "/dev/stdin", "--memory-limit", "64M"],
      "{ head -c 16 p; printf '\\377\\377\\377\\377\\377\\377\\377\\000'; cat /dev/zero; } |",
      "/dev/stdin: has more than 64 MB"
    ),
  ])
  func endlessFilesAreRefused(_ arguments: [String], _ before: String, _ phrase: String) throws {
    let folder = try ScratchFolder()
    try folder.write("a\n1\n2\n", to: "a.csv")
    try DriftCheckBinary.run(["profile", "a.csv", "--output", "p", "-q"], folder)
    let outcome = try DriftCheckBinary.run(
      arguments + ["--output", "m"], in: folder.url,
      wrapper: DriftCheckBinary.shell("ulimit -v 4000000; \(before) \"$@\""))
    #expect(outcome.exitCode == 65 && outcome.errorText.contains(phrase), "\(outcome)")
    #expect(try !folder.names().contains("m"))
  }

  @Test func damagedAndMissingProfilesAreRefused() throws {
    let folder = try ScratchFolder()
    try folder.write("a\n1\n2\n", to: "a.csv")
    try DriftCheckBinary.run(["profile", "a.csv", "--output", "p", "--no-rows"], folder)
    try folder.write(try folder.read("p").dropLast(), to: "short")
    for (arguments, code) in [
      (["--baseline", "short", "--current", "a.csv"], Int32(65)),
      (["--baseline", "a.csv", "--current", "short"], 65),
      (["merge", "p", "short", "--output", "m"], 65),
      (["merge", "p", "none", "--output", "m"], 66),
      (["merge", "p", "p", "--output", "m"], 65),
      (["--baseline", "p", "none", "--current", "a.csv"], 66),
      (["--baseline", "p", "a.csv", "--current", "a.csv"], 65),
      (["profile", "a.csv", "--output", "q", "--edges-from", "none"], 66),
    ] as [([String], Int32)] {
      let outcome = try DriftCheckBinary.run(arguments, folder, code: code)
      #expect(!outcome.errorText.isEmpty)
      #expect(try !folder.names().contains("m"))
    }
  }
}
