import DriftCheckCore
import DriftKit
import Testing

/// Which features gate, by flags and a configuration file together.
@Suite struct GateSettingTests {
  @Test("What the command line checks decides what of the file's list can gate")
  func precedence() throws {
    let file = try Configured("gate: [a, b]\noverrides: {c: {gate: true}, d: {gate: false}}")
    func gating(_ arguments: String...) throws -> [String]? {
      try file.options(twoFiles + arguments).configuration.gating
    }
    #expect(try gating() == ["a", "b"])
    #expect(try gating("--gate", "x") == ["x"])
    #expect(try gating("--features", "b,x") == ["b"])
    #expect(try gating("--exclude", "a") == ["b"])
    #expect(try file.options().overrides.map(\.gates) == [true, false])
    // A flag that names a column wins over what the file says of it.
    #expect(try file.options(twoFiles + ["--gate", "d"]).overrides.last?.gates == nil)
    let whole = try Configured("{}").options(twoFiles, ["DRIFT_CHECK_GATE": "a,a,b"])
    #expect(whole.configuration.gating == ["a", "b"])
  }

  @Test(
    "Contradictions are told with their place",
    arguments: [
      (
        "features: [a]\ngate: [b]",
        "2:1: The column 'b' is in 'gate' and not in 'features'; check it too, or take it out."
      ),
      (
        "exclude: [a]\ngate: [a]",
        "2:1: The column 'a' is in both 'gate' and 'exclude'; choose one."
      ),
      (
        "gate: [a]\noverrides: {a: {gate: false}}",
        "2:17: 'gate: false' of 'a', which is in 'gate' too; choose one"
      ),
      (
        "gate: [a]\noverrides: {a: {ignore: true}}",
        "2:13: 'a' has 'ignore: true', but is in 'gate' too; choose one"
      ),
      (
        "overrides: {a: {ignore: true, gate: false}}",
        "1:31: 'gate' of 'a' has no effect on a column with 'ignore: true'; choose one"
      ),
      ("overrides: {a: {gate: 1}}", "1:23: 'gate': found the number 1, expected true or false"),
    ])
  func contradictions(_ text: String, _ error: String) throws {
    #expect(try Configured(text).errors() == ["drift.yaml:\(error)"])
  }

  @Test("Flags that contradict each other are refused")
  func flags() {
    let error = usageError(twoFiles + ["--features", "a", "--gate", "a,b"])
    #expect(
      error?.message
        == "The column 'b' is in '--gate' and not in '--features'; check it too, or take it out.")
    #expect(usageError(twoFiles + ["--exclude", "a", "--gate", "a"])?.code == .contradiction)
    #expect(usageError(twoFiles + ["--features", "a,b", "--gate", "b"]) == nil)
  }
}
