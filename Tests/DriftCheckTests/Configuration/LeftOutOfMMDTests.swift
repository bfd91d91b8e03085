import DriftTestSupport
import Testing

/// `mmd: false` of a column.
@Suite struct LeftOutOfMMDTests {
  private static func report(_ override: String) throws -> OrderedJSON {
    let check = try Knob.folder()
    try check.folder.write("overrides: {gone: {ignore: true}, \(override)}", to: "drift.yaml")
    return try check.check(["--permutations", "99", "--config", "drift.yaml"], exitCode: 2)
  }

  @Test func theColumnTakesNoPart() throws {
    let plain = try Self.report("far: {mmd: true}")
    let changed = try Self.report("far: {mmd: false}")
    #expect(plain.at("mmd/features")?.elements.contains("far") == true)
    #expect(changed.at("mmd/features")?.elements.contains("far") == false)
    #expect(changed.at("features/@far") == plain.at("features/@far"))
    let notes = changed["notes"]?.elements ?? []
    #expect(notes.contains("left out of MMD and the change of dependence: far"))
  }

  @Test func aColumnOfTextHasNoPartToTake() throws {
    let check = try Knob.folder()
    try check.folder.write("overrides: {plan: {mmd: false}}", to: "drift.yaml")
    let outcome = try check.run(["--config", "drift.yaml"])
    #expect(outcome.exitCode == 78)
    #expect(outcome.errorText.contains("drift.yaml:1:20: 'mmd' is for numbers, but 'plan'"))
  }
}
