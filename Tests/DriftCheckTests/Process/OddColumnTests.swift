import DriftTestSupport
import Foundation
import Testing

/// Data that are odd but can be checked: what the report says about them, and the exit code.
struct OddColumn: Sendable, CustomTestStringConvertible {
  let name: String
  let baseline: [String]
  /// Nil: the column is not there.
  let current: [String]?
  var arguments: [String] = ["--no-mmd"]
  let exitCode: Int32
  let status: OrderedJSON
  /// Values below the feature, by path.
  var values: [String: OrderedJSON] = [:]
  /// The reasons of the whole report; nil: not looked at.
  var reasons: [String]? = []
  /// A note that must be there; nil: there must be none.
  var note: String?
  /// Beside it there is a column without drift, unless the odd one has another number of rows.
  var isAlone = false

  var testDescription: String { name }

  /// The two tables.
  var tables: (baseline: CSVTable, current: CSVTable) {
    var baseline = CSVTable(["odd": baseline])
    var current = CSVTable([:])
    if let cells = self.current { current.columns.append(("odd", cells)) }
    if !isAlone {
      baseline.columns.append(("quiet", CSVTable.normal(400, seed: 3)))
      current.columns.append(("quiet", CSVTable.normal(400, seed: 4)))
    }
    return (baseline, current)
  }
}

@Suite struct OddColumnTests {
  private static let count = 400
  private static let before = CSVTable.normal(count, seed: 1)
  private static let after = CSVTable.normal(count, seed: 2)
  private static let nothing = [String](repeating: "", count: count)

  static let columns: [OddColumn] = [
    OddColumn(
      name: "gone", baseline: before, current: nil, exitCode: 2, status: "FAIL",
      values: ["psi": .null, "mean_shift": .null, "current": .null, "status": "FAIL"],
      reasons: [
        "odd: not in the current data; '--missing-features ignore' makes this a note, '--exclude' leaves "
          + "the column out"
      ]),
    OddColumn(
      name: "all missing now", baseline: before, current: nothing, exitCode: 2, status: "FAIL",
      values: ["psi": .null, "mean_shift": .null, "current/missing": 400, "current/mean": .null],
      reasons: ["odd: no data any more: all 400 cells are missing"]),
    OddColumn(
      name: "all missing before", baseline: nothing, current: after, exitCode: 0, status: "WARN",
      values: ["psi": .null, "mean_shift": .null, "baseline/missing": 400, "current/missing": 0],
      reasons: ["odd: empty in the baseline, has data now: 400 of 400 cells"]),
    OddColumn(
      name: "all missing on both sides", baseline: nothing, current: nothing, exitCode: 0,
      status: "OK",
      values: ["psi": .null, "mean_shift": .null, "status": "NOT_COMPARED"],
      note: "odd: not compared, no data on either side"),
    OddColumn(
      name: "text instead of numbers", baseline: before, current: CSVTable.words(["x"], count),
      exitCode: 2, status: "FAIL",
      values: ["kind": "numeric", "psi": .null, "current/unparseable": 400, "current/missing": 0],
      reasons: ["odd: no data any more: all 400 cells are missing or not numbers"],
      note: "odd: 400 cells are not numbers (100.0 %) in the current data; the first is 'x' "
        + "(current.csv:2); most frequent: 'x' 400 x"),
    OddColumn(
      name: "text among numbers", baseline: before,
      current: after.with([3: "oops", 5: "1,5", 7: "0x10"]), exitCode: 0, status: "OK",
      values: [
        "kind": "numeric", "current/unparseable": 3, "current/missing": 0, "current/rows": 400,
        "psi/bins/10/label": "invalid", "psi/bins/10/current_count": 3,
        "invalid_examples/0/text": "0x10", "invalid_examples/0/count": 1,
      ],
      note: "odd: 3 cells are not numbers (0.8 %) in the current data; the first is 'oops' "
        + "(current.csv:5); most frequent: '0x10' 1 x, '1,5' 1 x, 'oops' 1 x"),
    OddColumn(
      name: "every spelling of a missing cell", baseline: before,
      current: after.with([
        0: "", 1: "NA", 2: "N/A", 3: "NaN", 4: "nan", 5: "null", 6: "NULL", 7: "None",
      ]), exitCode: 0, status: "WARN",
      values: [
        "current/missing": 8, "current/unparseable": 0, "psi/bins/10/label": "missing",
        "psi/bins/10/baseline_count": 0, "psi/bins/10/current_count": 8,
      ], reasons: ["odd: missing cells 0.0 % -> 2.0 %, changed by >= 2.0 % (p = 0.015)"]),
    OddColumn(
      // The outer bins have 40 of the baseline's rows; 12 more of the current ones join them.
      name: "infinities", baseline: before,
      current: CSVTable.words(["0"], count - 12) + CSVTable.words(["inf", "-Infinity"], 12),
      exitCode: 2, status: "FAIL",
      values: [
        "current/infinite": 12, "current/unparseable": 0, "current/mean": 0.0,
        "current/minimum": 0.0, "current/maximum": 0.0, "psi/bins/0/lower": .null,
        "psi/bins/0/current_count": 6, "psi/bins/9/upper": .null, "psi/bins/9/current_count": 6,
      ], reasons: nil),
    OddColumn(
      name: "infinities in the baseline", baseline: before.with([0: "INF", 1: "-inf"]),
      current: after, exitCode: 0, status: "OK",
      values: ["kind": "numeric", "baseline/infinite": 2, "baseline/missing": 0]),
    OddColumn(
      name: "numbers out of range", baseline: before,
      current: after.with([0: "1e400", 1: "-1e400", 2: "1e-400"]), exitCode: 0, status: "OK",
      values: ["current/infinite": 2, "current/unparseable": 0, "current/missing": 0]),
    OddColumn(
      name: "one row now", baseline: before, current: ["0.5"], arguments: [], exitCode: 0,
      status: "WARN",
      values: [
        "current/rows": 1, "current/standard_deviation": .null, "mean_shift/statistic": .null,
        "mean_shift/p_value": .null, "mean_shift/effect_size_interval": .null,
      ],
      reasons: ["too few rows to find drift: 1 current row, fewer than 30"],
      note: "odd: insufficient data for the mean shift, each side needs 2 finite values",
      isAlone: true),
    OddColumn(
      name: "one row before", baseline: ["0.5"], current: after, arguments: [], exitCode: 0,
      status: "WARN", values: ["baseline/rows": 1, "mean_shift/p_value": .null],
      reasons: [
        "too few rows to find drift: 1 baseline row, fewer than 30"
      ], note: "MMD not run: it needs a numeric feature and 2 rows on both sides", isAlone: true),
    OddColumn(
      name: "constant and equal", baseline: CSVTable.words(["3"], 50),
      current: CSVTable.words(["3.0"], 60), exitCode: 0, status: "OK",
      values: [
        "psi": .null, "status": "OK", "mean_shift/statistic": 0.0, "mean_shift/p_value": 1.0,
        "mean_shift/status": "OK",
      ], isAlone: true),
    OddColumn(
      name: "constant and different", baseline: CSVTable.words(["3"], 50),
      current: CSVTable.words(["4"], 60), exitCode: 2, status: "FAIL",
      values: [
        "mean_shift/statistic": .null, "mean_shift/p_value": 0.0, "mean_shift/effect_size": .null,
        "mean_shift/difference": 1.0, "mean_shift/status": "FAIL", "psi/status": "FAIL",
      ], reasons: nil, isAlone: true),
    OddColumn(
      name: "the same rows", baseline: before, current: before, arguments: [], exitCode: 0,
      status: "WARN",
      values: [
        "psi/value": 0.0, "psi/p_value": 1.0, "mean_shift/statistic": 0.0,
        "mean_shift/effect_size": 0.0,
      ],
      reasons: [
        "100.0 % of the current rows are in the baseline, too, more than chance explains: the same rows "
          + "on both sides hide what changed"
      ], isAlone: true),
  ]

  @Test(arguments: columns)
  func reports(_ column: OddColumn) throws {
    let (baseline, current) = column.tables
    let check = try CheckFolder(baseline: baseline, current: current)
    let report = try check.check(column.arguments, exitCode: column.exitCode)
    #expect(report["status"] == column.status)
    let feature = try #require(report.at("features/@odd"))
    for (path, expected) in column.values {
      #expect(feature.at(path) == expected, "\(path)")
    }
    #expect(report.at("psi_by_feature/odd") == feature.at("psi/value") ?? .null)
    if let reasons = column.reasons { #expect(report["reasons"]?.texts == reasons) }
    let notes = try #require(report["notes"]?.texts)
    if let note = column.note { #expect(notes.contains(note)) } else { #expect(notes == []) }
    // The odd column stops none of the others.
    if !column.isAlone { #expect(report.at("features/@quiet/status") == "OK") }
  }

  @Test func oneRowLeavesOutTheKernelTest() throws {
    for rows in [(1, 300), (300, 1), (1, 1)] {
      let check = try CheckFolder(
        baseline: CSVTable(["x": CSVTable.normal(rows.0, seed: 1)]),
        current: CSVTable(["x": CSVTable.normal(rows.1, seed: 2)]))
      let report = try check.check(exitCode: 0)
      #expect(report["mmd"] == .null)
    }
  }

  @Test func missingFeaturesCanBeIgnored() throws {
    let check = try CheckFolder(
      baseline: CSVTable(["x": Self.before, "gone": Self.before]),
      current: CSVTable(["x": Self.after]))
    let report = try check.check(["--missing-features", "ignore"], exitCode: 0)
    #expect(report["status"] == "OK")
    #expect(report["psi_by_feature"]?.keys == ["x"])
    #expect(report["notes"]?.texts == ["not in the current data, ignored: gone"])
  }

  @Test func columnsOnlyInTheCurrentDataAreNoted() throws {
    let check = try CheckFolder(
      baseline: CSVTable(["x": Self.before]),
      current: CSVTable(["x": Self.after, "new": Self.after]))
    let report = try check.check(exitCode: 0)
    #expect(report["psi_by_feature"]?.keys == ["x"])
    #expect(report["notes"]?.texts == ["only in the current data: new"])
  }

  @Test func identicalFilesHaveNoDrift() throws {
    for name in ["jukebox", "churn", "wdbc"] {
      let file = Project.fixture("\(name)/baseline.csv").path(percentEncoded: false)
      let folder = try ScratchFolder()
      let outcome = try DriftCheckBinary.run(
        ["--baseline", file, "--current", file, "--output", "report.json", "--permutations", "19"],
        in: folder.url)
      #expect(outcome.exitCode == 0, "\(outcome)")
      let report = try OrderedJSON(folder.read("report.json"))
      // That they are the same rows is worth a warning, and all there is to say.
      #expect(report["status"] == "WARN")
      #expect(report["overall_max_psi"] == 0.0)
      let reasons = report["reasons"]?.texts ?? []
      #expect(reasons.count == 1 && reasons[0].contains("100.0 % of the current rows"))
      #expect(report.at("mmd/p_value") == 1.0)
    }
  }

  @Test func tenThousandColumns() throws {
    func text(_ seed: UInt64) -> String {
      var source = SeededNormal(seed: seed)
      var text = (0..<10_000).map { "c\($0)" }.joined(separator: ",") + "\n"
      for _ in 0..<20 {
        text += source.sample(10_000).map { "\(Float($0))" }.joined(separator: ",") + "\n"
      }
      return text
    }
    let check = try CheckFolder(baseline: text(1), current: text(2))
    let outcome = try check.run()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.seconds < 30)
    let report = try check.report()
    #expect(report["features"]?.elements.count == 10_000)
    #expect(report["psi_by_feature"]?.keys.last == "c9999")
  }
}
