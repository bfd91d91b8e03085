import DriftTestSupport
import Foundation
import Testing

enum Python {
  /// Debian's: another one does not see Debian's modules.
  static let path = "/usr/bin/python3"
  static let hasJSONSchema = Capability.succeeds([path, "-c", "import jsonschema"])
}

/// Reports against `fixtures/report.schema.json`, by a validator that is not ours: Debian's
/// `python3-jsonschema`.
@Suite(.enabled(if: Python.hasJSONSchema, "python3-jsonschema is not installed"))
struct SchemaTests {
  /// Validates documents with one start of Python.
  /// - Returns: What is wrong, a line each: the file, the place and the message.
  private static func problems(_ names: [String], in folder: ScratchFolder) throws -> [String] {
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1], encoding="utf-8"))
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      def refuse(text): raise ValueError(text)
      for name in sys.argv[2:]:
          report = json.load(open(name, encoding="utf-8"), parse_constant=refuse)
          for error in validator.iter_errors(report):
              print(name, error.json_path, error.message[:200])
      print("checked", len(sys.argv) - 2)
      """
    let schema = Project.fixture("report.schema.json").path(percentEncoded: false)
    let outcome = try ChildProcess(
      [Python.path, "-c", script, schema] + names, in: folder.url,
      environment: DriftCheckBinary.environment
    ).wait()
    #expect(outcome.exitCode == 0, "\(outcome)")
    let lines = outcome.outputText.split(separator: "\n").map(String.init)
    #expect(lines.last == "checked \(names.count)")
    return lines.dropLast()
  }

  @Test func reportsOfTheFixtures() throws {
    let folder = try ScratchFolder()
    var names: [String] = []
    for name in FixtureRun.names {
      for (table, run) in [
        ("current", try FixtureRun.current(name)), ("drifted", try FixtureRun.drifted(name)),
      ] {
        try folder.write(run.report, to: "\(name)-\(table).json")
        names.append("\(name)-\(table).json")
      }
      let compatible = folder.path("\(name)-compatible.json")
      _ = try DriftCheckBinary.run(
        FixtureRun.inputs(name, "drifted")
          + ["--psi-compat", "churn-mlops", "--no-mmd", "--output", compatible], in: Project.root)
      names.append("\(name)-compatible.json")
    }
    #expect(try Self.problems(names, in: folder) == [])
  }

  @Test func reportsWithEveryKnob() throws {
    let check = try Knob.folder()
    var names: [String] = []
    for (index, knob) in Knob.all.enumerated() where !knob.with.contains(knob.flag[0]) {
      _ = try check.check(knob.with + knob.flag)
      try check.folder.write(check.folder.read("report.json"), to: "\(index).json")
      names.append("\(index).json")
    }
    #expect(names.count > 30)
    #expect(try Self.problems(names, in: check.folder) == [])
  }

  @Test func reportsOfOddColumns() throws {
    let folder = try ScratchFolder()
    var names: [String] = []
    for (index, column) in OddColumnTests.columns.enumerated() {
      let (baseline, current) = column.tables
      let check = try CheckFolder(baseline: baseline, current: current)
      _ = try check.check(column.arguments)
      try folder.write(check.folder.read("report.json"), to: "\(index).json")
      names.append("\(index).json")
    }
    #expect(try Self.problems(names, in: folder) == [])
  }

  /// The schema must refuse what is no report, or the tests above would say nothing.
  @Test func wrongReportsAreRefused() throws {
    let good = try #require(String(validating: FixtureRun.drifted("churn").report, as: UTF8.self))
    let changes: [(String, String)] = [
      ("\"status\": \"FAIL\"", "\"status\": \"BAD\""), ("\"seed\": 0,", ""),
      ("\"seed\": 0,", "\"seed\": -1,"), ("\"seed\": 0,", "\"seed\": 0, \"more\": 1,"),
      ("\"schema_version\": 1", "\"schema_version\": 2"), ("T00:00:00Z", "T00:00:00"),
      ("\"baseline_count\": ", "\"baseline_count\": -"),
      ("\"kind\": \"numeric\"", "\"kind\": null"),
      ("\"kind\": \"numeric\"", "\"kind\": \"categorical\""),
      ("\"permutation_unit\": \"blocks\"", "\"permutation_unit\": \"cells\""),
      ("\"mean_shift\": null", "\"mean_shift\": {}"),
      ("\"smoothed\": ", "\"smoothed\": 0.5, \"x\": "),
    ]
    let folder = try ScratchFolder()
    for (index, change) in changes.enumerated() {
      let range = try #require(good.range(of: change.0), "\(change.0)")
      try folder.write(good.replacingCharacters(in: range, with: change.1), to: "\(index).json")
    }
    let problems = try Self.problems(changes.indices.map { "\($0).json" }, in: folder)
    let refused = Set(problems.compactMap { $0.split(separator: ".").first.flatMap { Int($0) } })
    #expect(refused == Set(changes.indices))
  }
}
