import DriftCheckCore
import DriftKit
import Testing

/// The command line wins over variables, these over the file, and the file over defaults.
@Suite struct PrecedenceTests {
  @Test func theStrongerLayerWins() throws {
    let file = try Configured("psi-warn: 0.01\nfeatures: [a, b]\nquiet: true\nseed: 1\n")
    #expect(try file.options().configuration.thresholds.stabilityWarn == 0.01)
    let variables = ["DRIFT_CHECK_PSI_WARN": "0.02", "DRIFT_CHECK_QUIET": "false"]
    let between = try file.options(twoFiles, variables)
    #expect(
      (between.configuration.thresholds.stabilityWarn, between.isQuiet, between.discrepancy.seed)
        == (0.02, false, 1))
    let flags = twoFiles + ["--psi-warn", "0.03", "--features", "c", "--quiet"]
    let top = try file.options(flags, variables)
    #expect(
      (top.configuration.thresholds.stabilityWarn, top.isQuiet, top.discrepancy.seed) == (
        0.03, true, 1
      ))
    // Lists of one layer come together, those of two do not.
    #expect(try file.options().configuration.features == ["a", "b"])
    #expect(top.configuration.features == ["c"])
    #expect(
      try file.options(twoFiles, ["DRIFT_CHECK_FEATURES": "d,e"]).configuration.features == [
        "d", "e",
      ])
    #expect(try file.options(["--baseline", "x", "--current", "y"]).baseline == ["x"])
  }

  @Test func theVariableNamesAFile() throws {
    let environment = Environment(["DRIFT_CHECK_CONFIG": "/nowhere/drift.yaml"])
    let error = try #require(throws: ConfigurationError.self) {
      try ParsedCommand(twoFiles, environment: environment)
    }
    #expect(
      error.lines == [
        "/nowhere/drift.yaml: cannot read the configuration: No such file or directory; "
          + "give a file of YAML or JSON"
      ])
    // The flag wins here too.
    let file = try Configured("seed: 3")
    #expect(
      try file.options(twoFiles, ["DRIFT_CHECK_CONFIG": "/nowhere/drift.yaml"]).discrepancy.seed
        == 3)
  }

  @Test(arguments: [
    (["--psi-warn", "0.3"], 0.3, 0.3), (["--psi-fail", "0.15"], 0.15, 0.15),
    (["--psi-warn", "0.1"], 0.1, 0.25), ([], 0.2, 0.25),
  ])
  func theWeakerLimitGivesWay(_ flags: [String], _ warn: Double, _ fail: Double) throws {
    let options = try Configured("psi-warn: 0.2\npsi-fail: 0.25").options(twoFiles + flags)
    #expect(
      (
        options.configuration.thresholds.stabilityWarn,
        options.configuration.thresholds.stabilityFail
      ) == (warn, fail))
  }

  @Test func whatContradictsAStrongerLayerGivesWay() throws {
    let file = try Configured(
      """
      permutations: 99
      psi-bins: 5
      format: json
      features: [a, b, c]
      categorical: d
      """)
    #expect(try !file.options(twoFiles + ["--no-mmd"]).runsMMD)
    #expect(
      try file.options(twoFiles + ["--psi-compat", "churn-mlops"]).configuration.compatibility
        == .churnMLOps)
    #expect(try file.options(twoFiles + ["--quiet"]).isQuiet)
    #expect(try file.options(twoFiles + ["--exclude", "b"]).configuration.features == ["a", "c"])
    let kinds = try file.options(twoFiles, ["DRIFT_CHECK_NUMERIC": "d"])
    #expect((kinds.categorical, kinds.numeric) == ([], ["d"]))
    let off = try Configured("no-mmd: true\nexclude: 'x,a\\,b'")
    #expect(try off.options(twoFiles + ["--features", "x"]).configuration.excluded == ["a,b"])
    let both = ["DRIFT_CHECK_NO_MMD": "false", "DRIFT_CHECK_PERMUTATIONS": "9"]
    #expect(try off.options(twoFiles, both).discrepancy.permutations == 9)
  }

  /// Leaving the test out wins over how it would be made, also where a stronger layer says it: the
  /// arguments of a CronJob are not a wish for the test.
  @Test(arguments: [
    ["--permutations", "9"], ["--permutation-unit", "rows"], ["--mmd-max-rows", "9"],
    ["--mmd-bandwidth", "1"], ["--mmd-scale", "none"], ["--mmd-precision", "double"],
    ["--mmd-sums", "x", "y"],
  ])
  func noMMDWinsInEveryLayer(_ flag: [String]) throws {
    let flags = twoFiles + ["--alpha", "0.02", "--features", "a", "--features", "b"] + flag
    var expected = try options(["--alpha", "0.02", "--features", "a,b"])
    expected.runsMMD = false
    let variable = ["DRIFT_CHECK_NO_MMD": "true"]
    let empty = try Configured("{}")
    #expect(try empty.options(flags, variable) == expected)
    let file = try Configured("no-mmd: true")
    #expect(try file.options(flags) == expected)
    #expect(try file.options(flags, ["DRIFT_CHECK_PERMUTATIONS": "9"]) == expected)
    #expect(try empty.options(flags, ["DRIFT_CHECK_NO_MMD": "false"]).runsMMD)
    #expect(try file.options(flags, ["DRIFT_CHECK_NO_MMD": "false"]).runsMMD)
    let name = flag[0].dropFirst(2)
    #expect(try empty.printed(flags, variable).contains("\n# \(name): no effect with no-mmd\n"))
    // In one layer it is a mistake.
    #expect(throws: UsageError.self) { try empty.options(flags + ["--no-mmd"]) }
  }

  static let contradictions: [(text: String, error: String)] = [
    (
      "psi-fail: 0.2\npsi-warn: 0.3",
      "2:1: 'psi-warn: 0.3' is greater than 'psi-fail: 0.2'; FAIL would come before WARN."
    ),
    (
      "no-mmd: true\npermutations: 9",
      "1:1: 'permutations' has no effect with 'no-mmd'; choose one."
    ),
    (
      "psi-bins: 5\npsi-compat: churn-mlops",
      "2:1: 'psi-bins' is fixed by 'psi-compat'; choose one."
    ),
    (
      "quiet: true\nformat: json",
      "1:1: 'quiet' prints nothing, but 'format: json' asks for the report; choose one."
    ),
    (
      "exclude: [b]\nfeatures: [a, b]",
      "2:1: The column 'b' is in both 'features' and 'exclude'; choose one."
    ),
    ("push-required: true", "1:1: 'push-required' needs '--pushgateway <url>'."),
    (
      "pushgateway: http://me:secret@g",
      "1:1: 'pushgateway' holds credentials, which others could read; "
        + "give them by '--push-basic-auth-file <file>'."
    ),
    ("html: a.csv", "1:1: '--html' is 'a.csv', which is also an input; it would be overwritten."),
  ]

  @Test(arguments: contradictions)
  func contradictionsInOneFile(_ text: String, _ error: String) throws {
    #expect(try Configured(text).errors() == ["drift.yaml:" + error])
  }

  @Test func contradictionsInVariables() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try ParsedCommand(
        twoFiles,
        environment: Environment(["DRIFT_CHECK_NO_MMD": "true", "DRIFT_CHECK_PERMUTATIONS": "9"]))
    }
    #expect(
      error.lines == [
        "'DRIFT_CHECK_PERMUTATIONS' has no effect with 'DRIFT_CHECK_NO_MMD'; choose one."
      ])
  }

  /// `check` and `profile` can share a file: keys of the other command are checked and not used.
  @Test func commandsShareAFile() throws {
    let file = try Configured(
      """
      output: report.json
      alpha: 0.001
      psi-bins: 5
      no-rows: true
      threads: 3
      baseline: b.csv
      overrides: {x: {psi-bins: 7, psi-warn: 0.2}, y: {ignore: true}}
      """)
    let profile = try file.options(["profile", "t.csv", "--output", "t.profile"])
    #expect((profile.output, profile.inputs) == ("t.profile", ["t.csv"]))
    #expect(
      (
        profile.configuration.populationStability.binning.bins, profile.threads,
        profile[Profile.Options.self].keepsRows
      ) == (5, 3, false))
    #expect((profile.configuration.thresholds.alpha, profile.baseline) == (0.01, []))
    #expect(profile.configuration.excluded == ["y"] && profile.overrides.first?.psiBins == 7)
    let check = try file.options(["--current", "c.csv"])
    #expect(
      (check.output, check.configuration.thresholds.alpha, check[Profile.Options.self].keepsRows)
        == ("report.json", 0.001, true))
    #expect(throws: UsageError.self) { try file.options(["profile", "t.csv"]) }
    let wrong = try Configured("shard: 3/3\nno-rows: 1")
    #expect(
      try wrong.errors() == [
        "drift.yaml:1:8: 'shard': found the text '3/3', expected 'i/n' with i from 0 to n - 1, "
          + "or 'n', and n from 1 to 100000",
        "drift.yaml:2:10: 'no-rows': found the number 1, expected true or false",
      ])
  }
}
