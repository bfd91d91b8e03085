import DriftTestSupport
import Testing

/// A change of dependence as the program tells it: two columns that went together, and do no more.
@Suite struct DependenceCommandTests {
  private static func report(_ flags: [String], exitCode: Int32) throws -> OrderedJSON {
    let x = CSVTable.normal(400, seed: 1)
    let baseline = CSVTable(["x": x, "y": x, "z": CSVTable.normal(400, seed: 2)])
    let current = CSVTable([
      "x": CSVTable.normal(400, seed: 3), "y": CSVTable.normal(400, seed: 4),
      "z": CSVTable.normal(400, seed: 5),
    ])
    return try CheckFolder(baseline: baseline, current: current)
      .check(["--mmd-effect-warn", "1", "--mmd-effect", "1.1"] + flags, exitCode: exitCode)
  }

  @Test func thePairIsNamedAndFails() throws {
    let report = try Self.report([], exitCode: 2)
    #expect(report.at("dependence/status") == "FAIL")
    #expect(report.at("dependence/pairs/0/features") == ["x", "y"])
    let finding = try #require(report["findings"]?.elements.first)
    #expect(finding["test"] == "dependence" && finding["feature"] == .null)
    #expect(finding["limit"] == 0.2 && finding["observed"] == report.at("dependence/effect"))
    let text = finding["text"]?.text ?? ""
    #expect(text.contains("x") && text.contains("y") && text.contains("1.00"), "\(text)")
  }

  @Test(arguments: [
    (["--dependence-fail", "2.5"], "WARN"),
    (["--dependence-fail", "2.5", "--dependence-warn", "2.4"], "OK"),
  ])
  func limitsDecide(_ flags: [String], _ status: String) throws {
    let report = try Self.report(flags, exitCode: 0)
    #expect(report.at("dependence/status")?.text == status)
  }
}
