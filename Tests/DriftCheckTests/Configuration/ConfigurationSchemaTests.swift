import DriftCheckCore
import DriftReport
import DriftTestSupport
import Foundation
import Testing

/// The schema for editors says what the program says.
@Suite struct ConfigurationSchemaTests {
  static let file = Project.fixture("drift-check-config.schema.json")

  /// The schema that is shipped is that of the tables; `DRIFT_RECORD=1` writes it anew.
  @Test func isThatOfTheTables() throws {
    let data = Data(ConfigurationSchema.json.bytes())
    if ProcessInfo.processInfo.environment["DRIFT_RECORD"] == "1" { try data.write(to: Self.file) }
    #expect(try Data(contentsOf: Self.file) == data)
  }

  /// Every member alone: those that are taken, and those that are refused.
  static let good = [
    "\"alpha\": 0.5", "\"alpha\": 1e-300", "\"psi-warn\": 0", "\"psi-bins\": 2",
    "\"psi-bins\": 1000",
    "\"seed\": 18446744073709551615", "\"no-mmd\": false", "\"psi-gate\": true",
    "\"psi-gate\": \"off\"",
    "\"features\": \"a,b\"", "\"features\": [\"a\", 2019]", "\"missing-values\": []",
    "\"baseline\": [\"a.csv\"]", "\"baseline\": \"-\"", "\"model\": 7", "\"mmd-bandwidth\": 2.5",
    "\"adjust\": \"none\"", "\"overrides\": {}", "\"overrides\": {\"x\": {}}", "\"threads\": 1024",
    "\"overrides\": {\"x\": {\"psi-edges\": [-1, 0, 1.5], \"kind\": \"numeric\"}}",
    "\"overrides\": {\"x\": {\"ignore\": true}, \"y\": {\"kind\": \"categorical\", \"alpha\": 0.1}}",
    "\"overrides\": {\"x\": {\"ignore\": false, \"psi-fail\": 1}}", "\"memory-limit\": \"2Gi\"",
    "\"gate\": [\"a\"]", "\"overrides\": {\"x\": {\"gate\": false}, \"y\": {\"gate\": true}}",
  ]
  static let bad = [
    "\"alpha\": 0", "\"alpha\": 1", "\"alpha\": \"0.1\"", "\"alpha\": null", "\"psi-warn\": -0.1",
    "\"psi-bins\": 1", "\"psi-bins\": 2.5", "\"seed\": -1", "\"no-mmd\": \"true\"", "\"no-mmd\": 1",
    "\"psi-gate\": \"yes\"", "\"features\": []", "\"features\": [true]", "\"baseline\": []",
    "\"baseline\": {}", "\"adjust\": \"bonferroni\"", "\"model\": true", "\"threads\": 1025",
    "\"beta\": 1", "\"help\": true", "\"config\": \"x\"", "\"psi_warn\": 0.1", "\"overrides\": []",
    "\"overrides\": {\"x\": 1}", "\"overrides\": {\"x\": {\"psi-edges\": []}}",
    "\"overrides\": {\"x\": {\"psi-edges\": [1, 1]}}", "\"overrides\": {\"x\": {\"edges\": [1]}}",
    "\"overrides\": {\"x\": {\"ignore\": true, \"alpha\": 0.1}}",
    "\"overrides\": {\"x\": {\"kind\": \"categorical\", \"psi-bins\": 4}}",
    "\"overrides\": {\"x\": {\"psi-edges\": [1], \"psi-bins\": 4}}", "\"gate\": []",
    "\"overrides\": {\"x\": {\"gate\": \"off\"}}",
    "\"overrides\": {\"x\": {\"ignore\": true, \"gate\": true}}",
  ]

  @Test(.enabled(if: Python.hasJSONSchema, "python3-jsonschema is not installed"))
  func agreesWithTheProgram() throws {
    let folder = try ScratchFolder()
    let documents = (Self.good + Self.bad).map { "{\($0)}" }
    for (index, document) in documents.enumerated() {
      try folder.write(document, to: "\(index).json")
      let errors = try Configured(document, name: "x.json").errors()
      #expect(errors.isEmpty == (index < Self.good.count), "\(document) \(errors)")
    }
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1], encoding="utf-8"))
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      for index in range(int(sys.argv[2])):
          document = json.load(open(f"{index}.json", encoding="utf-8"))
          print(int(validator.is_valid(document)))
      """
    let outcome = try ChildProcess(
      [
        Python.path, "-c", script, Self.file.path(percentEncoded: false), "\(documents.count)",
      ], in: folder.url, environment: DriftCheckBinary.environment
    ).wait()
    #expect(outcome.exitCode == 0, "\(outcome)")
    let verdicts = outcome.outputText.split(separator: "\n").map { $0 == "1" }
    #expect(verdicts == documents.indices.map { $0 < Self.good.count })
  }

  /// An editor offers all there is.
  @Test func everyKeyIsInIt() throws {
    let schema = try OrderedJSON(Data(contentsOf: Self.file))
    let keys = CommandTable.current.flags.filter(\.isSetting).map(\.name) + ["overrides"]
    #expect(schema["properties"]?.keys == keys)
    #expect(schema.at("$defs/column/properties")?.keys == OverrideKey.all.map(\.name))
  }
}
