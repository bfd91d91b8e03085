import DriftTestSupport
import Foundation
import Testing

/// What can be read only one time, however much it is: the report is that of the same bytes in a file.
@Suite struct InputStreamTests {
  /// The report of a check, without the names of its inputs.
  private static func report(
    _ folder: ScratchFolder, _ script: String, _ arguments: [String]
  ) throws -> [Substring] {
    let outcome = try DriftCheckBinary.run(
      arguments + ["--permutations", "99", "--quiet"], in: folder.url,
      wrapper: DriftCheckBinary.shell(script))
    #expect(outcome.exitCode == 0, "\(outcome)")
    let text = String(decoding: try folder.read("data_drift_latest.json"), as: UTF8.self)
    return text.split(separator: "\n").filter {
      !$0.contains(/^  ("(baseline|current|generated_at)": "|  \{"side": )/)
    }
  }

  private static func table(_ rows: Int, seed: UInt64) -> CSVTable {
    CSVTable([
      "x": CSVTable.normal(rows, seed: seed), "y": CSVTable.normal(rows, seed: seed + 1),
      "text": CSVTable.words(["a", "b", "c"], rows),
    ])
  }

  /// As `<(...)` of a shell gives it: a FIFO with a table or a profile in it, on either side.
  @Test func processSubstitution() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table(300, seed: 1).text(), to: "b.csv")
    try folder.write(Self.table(200, seed: 3).text(), to: "c.csv")
    for side in ["b", "c"] {
      let made = try DriftCheckBinary.run(
        ["profile", "\(side).csv", "--output", "\(side).profile"], in: folder.url)
      #expect(made.exitCode == 0, "\(made)")
    }
    let expected = try Self.report(
      folder, "exec \"$@\"", ["--baseline", "b.csv", "--current", "c.csv"])
    for (one, two) in [("b.csv", "c.csv"), ("b.profile", "c.csv"), ("b.csv", "c.profile")] {
      let script = "exec \"$@\" --baseline <(cat \(one)) --current <(sleep 0.1; cat \(two))"
      #expect(try Self.report(folder, script, []) == expected, "\(one), \(two)")
    }
    // Parts that are read one after the other.
    let parts = try DriftCheckBinary.run(
      ["--current", "c.csv", "--quiet"], in: folder.url,
      wrapper: DriftCheckBinary.shell(
        "exec \"$@\" --baseline <(head -101 b.csv) <(head -1 b.csv; tail -200 b.csv)"))
    #expect(parts.exitCode == 0, "\(parts)")
  }

  /// Whoever writes fills one FIFO after the other, or the same one twice.
  @Test(arguments: [
    ("(cat b.csv > one; cat c.csv > two)", ["--baseline", "one", "--current", "two"]),
    ("(cat b.csv > one; sleep 0.3; cat c.csv > one)", ["--baseline", "one", "--current", "one"]),
    ("(cat b1.csv > one; cat b2.csv > two)", ["--baseline", "one", "two", "--current", "c.csv"]),
  ])
  func oneAfterTheOther(_ writer: String, _ inputs: [String]) throws {
    let folder = try ScratchFolder()
    let (first, second) = (Self.table(9000, seed: 11), Self.table(9000, seed: 13))
    try folder.write(first.text(), to: "b1.csv")
    try folder.write(second.text(), to: "b2.csv")
    try folder.write(
      first.text() + second.text().split(separator: "\n").dropFirst().joined(separator: "\n"),
      to: "b.csv")
    try folder.write(Self.table(9000, seed: 15).text(), to: "c.csv")
    let expected = try Self.report(
      folder, "exec \"$@\"", ["--baseline", "b.csv", "--current", "c.csv"])
    let script = "mkfifo one two; \(writer) & exec timeout 20 \"$@\""
    #expect(try Self.report(folder, script, inputs) == expected)
  }

  /// What was read is gone: the same bytes are not given a second time.
  @Test func standardInputByItsPathTwice() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table(300, seed: 1).text(), to: "b.csv")
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "/dev/stdin", "--current", "/dev/stdin", "--no-mmd"], in: folder.url,
      wrapper: DriftCheckBinary.shell("cat b.csv | \"$@\""))
    #expect(outcome.exitCode == 65, "\(outcome)")
    #expect(outcome.errorText.contains("/dev/stdin: is empty"), "\(outcome)")
  }

  /// A FIFO of a shell has the same name each time.
  @Test func profilesOfFIFOs() throws {
    let folder = try ScratchFolder()
    for (name, seed) in [("p", 1), ("q", 3)] as [(String, UInt64)] {
      try folder.write(Self.table(300, seed: seed).text(), to: "\(name).csv")
      let made = try DriftCheckBinary.run(
        ["--output", name, "--quiet"], in: folder.url,
        wrapper: DriftCheckBinary.shell(
          "binary=$1; shift; exec $binary profile <(cat \(name).csv) \"$@\""))
      #expect(made.exitCode == 0, "\(made)")
    }
    let merged = try DriftCheckBinary.run(["merge", "p", "q", "--output", "r"], in: folder.url)
    #expect(merged.exitCode == 0, "\(merged)")
    #expect(merged.outputText.contains("600 rows"), "\(merged)")
  }

  /// More than is kept of a stream to see how large it is: the baseline is profiled.
  @Test func longBaseline() throws {
    let folder = try ScratchFolder()
    let baseline = Self.table(60_000, seed: 5).text()
    try folder.write(baseline, to: "b.csv")
    try folder.write(Self.table(2000, seed: 7).text(), to: "c.csv")
    try #require(baseline.utf8.count > 1 << 20)
    let (flags, whole) = (["--memory-limit", "64M"], ["--mmd-max-rows", "1500"])
    let inputs = ["--baseline", "-", "--current", "c.csv"]
    let file = ["--baseline", "b.csv", "--current", "c.csv"]
    let expected = try Self.report(folder, "exec \"$@\"", file + whole)
    for script in ["cat b.csv | \"$@\"", "\"$@\" < b.csv", "gzip -c b.csv | \"$@\""] {
      #expect(try Self.report(folder, script, inputs + flags + whole) == expected, "\(script)")
      #expect(try Self.report(folder, script, inputs + whole) == expected, "\(script)")
    }
    #expect(try Self.report(folder, "exec \"$@\"", file + flags + whole) == expected)
  }

  /// Where it is long for the memory, and anywhere.
  @Test(arguments: [(1_000_000, ["--memory-limit", "64M"]), (3_000_000, [])])
  func textBehindNumbersOfALongStream(_ rows: Int, _ flags: [String]) throws {
    let folder = try ScratchFolder()
    try folder.write("a\n1\n2\n", to: "c.csv")
    let script = "{ echo a; seq \(rows); yes text | head -n \(rows / 10); } | \"$@\""
    let inputs = ["--baseline", "-", "--current", "c.csv", "--no-mmd"] + flags
    let refused = try DriftCheckBinary.run(
      inputs, in: folder.url, wrapper: DriftCheckBinary.shell(script))
    #expect(refused.exitCode == 65, "\(refused)")
    #expect(
      refused.errorText.contains("the input cannot be read twice; give --categorical a"),
      "\(refused)")
    let told = try DriftCheckBinary.run(
      inputs + ["--numeric", "a"], in: folder.url,
      wrapper: DriftCheckBinary.shell(script))
    #expect([0, 2].contains(told.exitCode), "\(told)")
  }

  /// A stream that cannot be read is not one that has ended.
  @Test(arguments: ["--baseline", "--current"])
  func streamThatFails(_ side: String) throws {
    let folder = try ScratchFolder()
    try folder.write("a\n1\n2\n", to: "t.csv")
    let other = side == "--baseline" ? "--current" : "--baseline"
    let outcome = try DriftCheckBinary.run(
      [side, "-", other, "t.csv", "--no-mmd"], in: folder.url,
      wrapper: DriftCheckBinary.shell("\"$@\" < ."))
    #expect(outcome.exitCode == 66, "\(outcome)")
    #expect(outcome.errorText.contains("standard input: is a directory"), "\(outcome)")
  }

  /// The bins of the older job need every number.
  @Test func streamThatHasToFit() throws {
    let folder = try ScratchFolder()
    try folder.write("a\n1\n2\n", to: "c.csv")
    for script in ["cat", "gzip -1"] {
      let outcome = try DriftCheckBinary.run(
        [
          "--baseline", "-", "--current", "c.csv", "--no-mmd", "--psi-compat", "churn-mlops",
          "--memory-limit", "64M",
        ], in: folder.url,
        wrapper: DriftCheckBinary.shell("{ echo a; seq 5000000; } | \(script) | \"$@\""))
      #expect(outcome.exitCode == 65, "\(outcome)")
      #expect(outcome.errorText.contains("give a higher --memory-limit"), "\(outcome)")
    }
  }
}
