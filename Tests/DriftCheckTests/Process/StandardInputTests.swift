import DriftTestSupport
import Foundation
import Testing

/// What comes on standard input is looked at before it is read: a table or a profile, on either side.
@Suite struct StandardInputTests {
  private static func fixture(_ side: String) -> String {
    Project.fixture("wdbc/\(side).csv").path(percentEncoded: false)
  }

  /// The report of a check, without the names of its inputs.
  private static func report(
    _ baseline: String, _ current: String, input: String = "/dev/null", wrapper: [String] = [],
    _ folder: ScratchFolder
  ) throws -> [Substring] {
    let outcome = try DriftCheckBinary.run(
      ["--baseline", baseline, "--current", current, "--permutations", "99", "--quiet"],
      in: folder.url, wrapper: wrapper, standardInput: input)
    #expect(outcome.exitCode == 2, "\(outcome)")
    let text = String(decoding: try folder.read("data_drift_latest.json"), as: UTF8.self)
    return text.split(separator: "\n").filter {
      !$0.contains(/^  ("(baseline|current|generated_at)": "|  \{"side": )/)
    }
  }

  @Test func tablesAndProfilesOnEitherSide() throws {
    let folder = try ScratchFolder()
    let (before, after) = (Self.fixture("baseline"), Self.fixture("drifted"))
    for (table, profile) in [(before, "b.profile"), (after, "c.profile")] {
      let made = try DriftCheckBinary.run(["profile", table, "--output", profile], in: folder.url)
      #expect(made.exitCode == 0, "\(made)")
    }
    let expected = try Self.report(before, after, folder)
    for file in [before, folder.path("b.profile")] {
      #expect(try Self.report("-", after, input: file, folder) == expected)
      // A pipe that gives its bytes a few at a time.
      let slowly = DriftCheckBinary.shell(
        "{ head -c 3; sleep 0.2; cat; } < '\(file)' | \"$@\"")
      #expect(try Self.report("-", after, wrapper: slowly, folder) == expected)
    }
    for file in [after, folder.path("c.profile")] {
      #expect(try Self.report(before, "-", input: file, folder) == expected)
      #expect(try Self.report("b.profile", "-", input: file, folder) == expected)
    }
  }

  /// Less than what is looked at: a table, nothing, and the beginning of a profile.
  @Test(
    arguments: [
      ("a\n1\n", 0, ""), ("", 65, "standard input: is empty"),
      ("DRIFT", 65, "standard input: has a header but no rows"),
      ("DRIFTPRF", 65, "ends too early"),
    ] as [(String, Int32, String)])
  func shortInput(_ text: String, _ code: Int32, _ message: String) throws {
    let folder = try ScratchFolder()
    try folder.write(text, to: "input")
    try folder.write("a\n" + String(repeating: "1\n2\n", count: 20), to: "b.csv")
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "b.csv", "--current", "-", "--no-mmd"], in: folder.url,
      standardInput: folder.path("input"))
    #expect(outcome.exitCode == code, "\(outcome)")
    #expect(message.isEmpty || outcome.errorText.contains(message), "\(outcome)")
  }
}
