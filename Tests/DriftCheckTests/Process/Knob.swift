import DriftTestSupport
import Foundation
import Testing

/// A flag and what of the report it must change.
struct Knob: Sendable, CustomTestStringConvertible {
  /// The flag with its value.
  let flag: [String]
  /// Flags that both runs have, where the default alone would hide the change.
  var with: [String] = ["--no-mmd"]
  /// Where the reports must differ.
  let changes: String
  /// What must be there with the flag; nil: anything else than without it.
  var to: OrderedJSON?

  var testDescription: String { (with + flag).joined(separator: " ") }

  /// Tables in which every knob has something to turn.
  static func folder() throws -> CheckFolder {
    let baseline = CSVTable([
      "x": CSVTable.normal(400, seed: 1),
      // Half as many bins, no drift, a PSI that noise explains.
      "noise": CSVTable.normal(400, seed: 3),
      // Far away: some bins are empty now.
      "far": CSVTable.normal(400, seed: 5),
      "holes": CSVTable.normal(400, seed: 7),
      "sparse": CSVTable.normal(400, seed: 21),
      "code": CSVTable.words(["1", "2", "3", "4"], 400),
      // A number among them, as a column that is taken for numeric needs one.
      "plan": CSVTable.words(["free", "basic", "pro"], 400).with([0: "7"]),
      "tier": CSVTable.words(["a", "b", "c"], 400),
      "gone": CSVTable.normal(400, seed: 11),
      "at": (0..<400).map { "2026-01-\(10 + $0 % 20)" },
    ])
    let current = CSVTable([
      "x": CSVTable.normal(300, seed: 2, mean: 0.4, standardDeviation: 1.2),
      "noise": CSVTable.normal(300, seed: 4),
      "far": CSVTable.normal(300, seed: 6, mean: 3),
      "holes": CSVTable.normal(300, seed: 8).with([1: "", 2: "NA", 3: ""]),
      "sparse": CSVTable.words([""], 60) + CSVTable.normal(240, seed: 22),
      "code": CSVTable.words(["1", "2", "3", "4"], 300),
      "plan": CSVTable.words(["free", "basic", "pro", "team"], 300),
      "tier": CSVTable.words(["a", "b"], 300),
      "at": (0..<300).map { "2026-01-\(10 + $0 % 20)" },
    ])
    return try CheckFolder(baseline: baseline, current: current)
  }

  private static let few = ["--permutations", "99"]

  static let all: [Knob] = [
    // Columns
    Knob(flag: ["--features", "x"], changes: "features/@far"),
    Knob(flag: ["--features", "far,x"], changes: "psi_by_feature"),
    Knob(flag: ["--exclude", "x"], changes: "features/@x"),
    Knob(flag: ["--categorical", "code"], changes: "features/@code/kind", to: "categorical"),
    Knob(flag: ["--numeric", "plan"], changes: "features/@plan/kind", to: "numeric"),
    Knob(
      flag: ["--time-features", "weekday"], changes: "features/@at.weekday/kind",
      to: "categorical"),
    Knob(
      flag: ["--missing-values", "free"], changes: "features/@plan/baseline/missing", to: 133),
    Knob(flag: ["--missing-features", "ignore"], changes: "features/@gone"),
    // PSI
    Knob(flag: ["--psi-bins", "5"], changes: "features/@x/psi/bins"),
    Knob(flag: ["--psi-binning", "uniform"], changes: "features/@x/psi/bins"),
    Knob(flag: ["--psi-missing", "exclude"], changes: "features/@holes/psi/bins"),
    Knob(flag: ["--psi-zero", "floor:0.001"], changes: "features/@far/psi/smoothed", to: false),
    Knob(
      flag: ["--psi-warn", "0.24"], with: ["--no-mmd", "--psi-fail", "0.9"],
      changes: "features/@x/psi/status", to: "OK"),
    Knob(flag: ["--psi-fail", "50"], changes: "features/@far/psi/status", to: "WARN"),
    Knob(
      flag: ["--psi-gate", "off"], with: ["--no-mmd", "--psi-warn", "0.01"],
      changes: "features/@noise/psi/status", to: "WARN"),
    Knob(flag: ["--psi-compat", "churn-mlops"], changes: "features/@far/psi/value"),
    // Mean shift
    Knob(
      flag: ["--mean-shift-variance", "pooled"],
      changes: "features/@x/mean_shift/degrees_of_freedom", to: 698.0),
    Knob(flag: ["--adjust", "bh"], changes: "features/@x/mean_shift/p_value_adjusted"),
    Knob(flag: ["--adjust", "none"], changes: "features/@x/psi/p_value_adjusted"),
    Knob(
      flag: ["--mean-shift-effect-warn", "0.9"], with: ["--no-mmd", "--mean-shift-effect", "1"],
      changes: "features/@x/mean_shift/status", to: "OK"),
    Knob(
      flag: ["--mean-shift-effect", "1"], changes: "features/@x/mean_shift/status", to: "WARN"),
    // New levels
    Knob(
      flag: ["--new-levels-fail", "0.9"], changes: "features/@plan/new_levels/status", to: "WARN"),
    Knob(
      flag: ["--new-levels-warn", "0.9"], with: ["--no-mmd", "--new-levels-fail", "1"],
      changes: "features/@plan/new_levels/status", to: "OK"),
    // Lost levels
    Knob(
      flag: ["--lost-levels-fail", "0.9"], with: ["--no-mmd", "--features", "tier"],
      changes: "features/@tier/lost_levels/status", to: "WARN"),
    Knob(
      flag: ["--lost-levels-warn", "0.9"],
      with: ["--no-mmd", "--features", "tier", "--lost-levels-fail", "1"],
      changes: "features/@tier/lost_levels/status", to: "OK"),
    // Distributions and cells
    Knob(
      flag: ["--distance-fail", "1"], changes: "features/@x/distribution/status", to: "WARN"),
    Knob(
      flag: ["--distance-warn", "1"], with: ["--no-mmd", "--distance-fail", "1"],
      changes: "features/@x/distribution/status", to: "OK"),
    Knob(
      flag: ["--missing-fail", "0.5"], changes: "features/@sparse/cells/status", to: "WARN"),
    Knob(
      flag: ["--missing-warn", "0.5"], with: ["--no-mmd", "--missing-fail", "1"],
      changes: "features/@sparse/cells/status", to: "OK"),
    // MMD
    Knob(flag: ["--permutations", "19"], with: few, changes: "mmd/permutations", to: 19),
    Knob(
      flag: ["--permutation-unit", "blocks"], with: few, changes: "mmd/permutation_unit",
      to: "blocks"),
    Knob(flag: ["--mmd-max-rows", "50"], with: few, changes: "mmd/sampled", to: true),
    Knob(flag: ["--mmd-bandwidth", "1.5"], with: few, changes: "mmd/bandwidth", to: 1.5),
    Knob(flag: ["--mmd-scale", "none"], with: few, changes: "mmd/statistic"),
    Knob(flag: ["--mmd-precision", "double"], with: few, changes: "mmd/statistic"),
    Knob(
      flag: ["--mmd-kernels", "median"], with: few, changes: "mmd/kernels/0/name", to: "median"),
    Knob(flag: ["--mmd-effect", "1.1"], with: [], changes: "mmd/status", to: "WARN"),
    Knob(
      flag: ["--mmd-effect-warn", "1.1"], with: ["--mmd-effect", "1.2"], changes: "mmd/status",
      to: "OK"),
    Knob(flag: ["--no-mmd"], with: [], changes: "mmd", to: .null),
    Knob(flag: ["--no-dependence"], with: few, changes: "dependence", to: .null),
    Knob(flag: ["--dependence-max-features", "2"], with: few, changes: "dependence/statistic"),
    // Verdict
    Knob(flag: ["--alpha", "0.04"], changes: "features/@x/psi/critical_value"),
    Knob(flag: ["--alpha", "0.04"], changes: "alpha", to: 0.04),
    Knob(flag: ["--min-rows", "301"], changes: "reasons"),
    Knob(flag: ["--rows-ratio-warn", "0.9,2"], changes: "reasons"),
    Knob(flag: ["--rows-ratio-fail", "0.9,2"], changes: "reasons"),
    Knob(
      flag: ["--warn-alpha", "0.999"],
      with: ["--no-mmd", "--psi-warn", "0.01", "--adjust", "none"],
      changes: "features/@noise/psi/status", to: "WARN"),
    Knob(
      flag: ["--seed", "1"], with: few + ["--mmd-max-rows", "50"], changes: "mmd/statistic"),
    Knob(flag: ["--seed", "18446744073709551615"], changes: "seed"),
    Knob(flag: ["--model", "churn \"v2\""], changes: "model", to: "churn \"v2\""),
  ]

  /// The flags that change something else than the report, and where that is tested.
  static let elsewhere: Set<String> = [
    "baseline", "current",  // every test
    "html",  // PageFileTests
    "gate", "importance",  // GateProcessTests
    "output", "format", "quiet", "fail-on",  // VerdictTests, ReportFileTests
    "delimiter", "comment", "skip-rows",  // OddSourceTests
    "decimal", "thousands", "encoding",  // DialectProcessTests
    "threads",  // ReportFileTests: it changes nothing
    "color", "no-progress",  // KnobTests, TerminalTests
    "log-format", "termination-log",  // LogTests
    "memory-limit",  // ProfileCommandTests
    "mmd-sums",  // ShardedSumsTests
    "dependence-warn", "dependence-fail",  // DependenceCommandTests
    "metrics-file", "trustyai-metrics",  // MetricsFileTests
    "pushgateway", "push-required", "push-basic-auth-file", "push-bearer-token-file",
    "push-ca-file",  // MetricsFileTests, and with real servers in k8s/tests
    "generate-completion-script", "generate-man-page", "version", "help",  // VerdictTests
    "config", "print-config",  // ConfigurationRunTests
  ]
}
