import DriftCheckCore
import DriftKit
import Testing

/// One flag, a way to give it, and what it changes.
struct FlagCase: Sendable, CustomTestStringConvertible {
  let name: String
  let arguments: [String]
  let change: @Sendable (inout CheckOptions) -> Void

  init(
    _ name: String, _ values: String..., change: @escaping @Sendable (inout CheckOptions) -> Void
  ) {
    self.name = name
    arguments = ["--" + name] + values
    self.change = change
  }

  /// A flag that means nothing without a gateway.
  private static func gatewayCase(
    _ name: String, _ values: String..., change: @escaping @Sendable (inout CheckOptions) -> Void
  ) -> FlagCase {
    FlagCase(
      name: name, arguments: ["--pushgateway", "http://g", "--\(name)"] + values
    ) {
      $0.metrics.pushgateway = "http://g"
      change(&$0)
    }
  }

  private init(
    name: String, arguments: [String], change: @escaping @Sendable (inout CheckOptions) -> Void
  ) {
    self.name = name
    self.arguments = arguments
    self.change = change
  }

  var testDescription: String { name }

  static let all: [FlagCase] = [
    FlagCase("baseline", "c", "-", "d") { $0.baseline += ["c", "-", "d"] },
    FlagCase("current", "-", "x y") { $0.current += ["-", "x y"] },
    FlagCase("output", "out/r.json") { $0.output = "out/r.json" },
    FlagCase("html", "out/r.html") { $0.htmlFile = "out/r.html" },
    FlagCase("features", #"a,b c,d\,e,a"#) { $0.configuration.features = ["a", "b c", "d,e"] },
    FlagCase("exclude", "a,b") { $0.configuration.excluded = ["a", "b"] },
    FlagCase("categorical", #"a\b"#) { $0.categorical = [#"a\b"#] },
    FlagCase("numeric", "b,ä") { $0.numeric = ["b", "ä"] },
    FlagCase("psi-bins", "20") { $0.configuration.populationStability.binning.bins = 20 },
    FlagCase("psi-binning", "uniform") {
      $0.configuration.populationStability.binning.kind = .uniform
    },
    FlagCase("psi-missing", "exclude") { $0.configuration.populationStability.missing = .exclude },
    FlagCase("psi-zero", "floor:1e-6") {
      $0.configuration.populationStability.emptyBins = .floor(1e-6)
    },
    FlagCase("psi-warn", "0.2") { $0.configuration.thresholds.stabilityWarn = 0.2 },
    FlagCase("psi-fail", "0.5") { $0.configuration.thresholds.stabilityFail = 0.5 },
    FlagCase("psi-gate", "off") { $0.configuration.thresholds.stabilityGate = false },
    FlagCase("psi-compat", "churn-mlops") { $0.configuration.compatibility = .churnMLOps },
    FlagCase("mean-shift-variance", "pooled") { $0.configuration.meanShiftVariance = .pooled },
    FlagCase("adjust", "bh") { $0.configuration.adjustment = .benjaminiHochberg },
    FlagCase("mean-shift-effect-warn", "0.2") { $0.configuration.thresholds.effectWarn = 0.2 },
    FlagCase("mean-shift-effect", "0.5") { $0.configuration.thresholds.effectFail = 0.5 },
    FlagCase("new-levels-warn", "0.05") { $0.configuration.thresholds.newLevelsWarn = 0.05 },
    FlagCase("new-levels-fail", "0.5") { $0.configuration.thresholds.newLevelsFail = 0.5 },
    FlagCase("lost-levels-warn", "0.05") { $0.configuration.thresholds.lostLevelsWarn = 0.05 },
    FlagCase("lost-levels-fail", "0.5") { $0.configuration.thresholds.lostLevelsFail = 0.5 },
    FlagCase("distance-warn", "0.08") { $0.configuration.thresholds.distanceWarn = 0.08 },
    FlagCase("distance-fail", "0.3") { $0.configuration.thresholds.distanceFail = 0.3 },
    FlagCase("missing-warn", "0.01") { $0.configuration.thresholds.missingWarn = 0.01 },
    FlagCase("missing-fail", "0.2") { $0.configuration.thresholds.missingFail = 0.2 },
    FlagCase("min-rows", "5") { $0.configuration.rowLimits.minimum = 5 },
    FlagCase("rows-ratio-warn", "0.5,2") { $0.configuration.rowLimits.warningRatio = 0.5...2 },
    FlagCase("rows-ratio-fail", "1e-1,4") { $0.configuration.rowLimits.failingRatio = 0.1...4 },
    FlagCase("gate", #"b,a\,c,b"#) { $0.configuration.gating = ["b", "a,c"] },
    FlagCase("importance", "w.csv") { $0.importance = "w.csv" },
    FlagCase("permutations", "1000000") { $0.discrepancy.permutations = 1_000_000 },
    FlagCase("permutation-unit", "blocks") { $0.discrepancy.unit = .blocks },
    FlagCase("mmd-max-rows", "2") { $0.discrepancy.maximumRows = 2 },
    FlagCase("mmd-kernels", "median") { $0.discrepancy.kernels = .median },
    FlagCase("mmd-bandwidth", "2.5") { $0.discrepancy.bandwidth = 2.5 },
    FlagCase("mmd-scale", "none") { $0.discrepancy.scale = .none },
    FlagCase("mmd-precision", "double") { $0.discrepancy.precision = .double },
    FlagCase("mmd-sums", "s0", "s1") { $0.mmdSums = ["s0", "s1"] },
    FlagCase("no-mmd") { $0.runsMMD = false },
    FlagCase("mmd-effect-warn", "0.53") { $0.configuration.thresholds.separabilityWarn = 0.53 },
    FlagCase("mmd-effect", "0.6") { $0.configuration.thresholds.separabilityFail = 0.6 },
    FlagCase("no-dependence") { $0.runsDependence = false },
    FlagCase("dependence-max-features", "50") { $0.dependence.maximumColumns = 50 },
    FlagCase("dependence-warn", "0.15") { $0.configuration.thresholds.dependenceWarn = 0.15 },
    FlagCase("dependence-fail", "0.3") { $0.configuration.thresholds.dependenceFail = 0.3 },
    FlagCase("alpha", "0.001") { $0.configuration.thresholds.alpha = 0.001 },
    FlagCase("warn-alpha", ".1") { $0.configuration.thresholds.warnAlpha = 0.1 },
    FlagCase("fail-on", "never") { $0.failOn = .never },
    FlagCase("seed", "18446744073709551615") { $0.discrepancy.seed = .max },
    FlagCase("memory-limit", "2Gi") { $0.memoryLimit = 2 << 30 },
    FlagCase("threads", "1024") { $0.threads = 1024 },
    FlagCase("missing-values", "NA,,-") { $0.missingValues = ["NA", "-"] },
    FlagCase("time-features", "hour,month") { $0.timeFeatures = [.hour, .month] },
    FlagCase("missing-features", "fail") { $0.configuration.missingFeatures = .fail },
    FlagCase("delimiter", "semicolon") { $0.delimiter = 0x3B },
    FlagCase("decimal", "comma") { $0.dialect.decimal = .comma },
    FlagCase("thousands", "apostrophe") { $0.dialect.thousands = ["'", "\u{2019}"] },
    FlagCase("comment", "#") { $0.dialect.comment = 0x23 },
    FlagCase("skip-rows", "3") { $0.dialect.skippedRows = 3 },
    FlagCase("encoding", "latin1") { $0.dialect.encoding = "latin1" },
    FlagCase("model", "churn v2") { $0.model = "churn v2" },
    FlagCase("log-format", "json") { $0.logFormat = .json },
    FlagCase("quiet") { $0.isQuiet = true },
    FlagCase("format", "json") { $0.format = .json },
    FlagCase("no-progress") { $0.showsProgress = false },
    FlagCase("color", "always") { $0.color = .always },
    FlagCase("termination-log", "/tmp/t") { $0.terminationLog = "/tmp/t" },
    FlagCase("metrics-file", "m.prom") { $0.metrics.file = "m.prom" },
    FlagCase("pushgateway", "https://g:9091/x") { $0.metrics.pushgateway = "https://g:9091/x" },
    gatewayCase("push-required") { $0.metrics.isPushRequired = true },
    gatewayCase("push-basic-auth-file", "p") { $0.metrics.basicAuthFile = "p" },
    gatewayCase("push-bearer-token-file", "t") { $0.metrics.bearerTokenFile = "t" },
    gatewayCase("push-ca-file", "c.pem") { $0.metrics.authorities = "c.pem" },
    gatewayCase("trustyai-metrics") { $0.metrics.includesTrustyAI = true },
  ]
}

@Suite struct EveryFlagTests {
  static let start: CheckOptions = {
    var start = CheckOptions()
    start.baseline = ["a.csv"]
    start.current = ["b.csv"]
    return start
  }()

  /// A flag without a case below would go unseen.
  @Test func everyFlagOfTheTableHasACase() {
    let actions = [
      "help", "version", "generate-completion-script", "generate-man-page", "config",
      "print-config",
    ]
    #expect(
      Check.flags.map(\.name).sorted()
        == (FlagCase.all.map(\.name) + actions).sorted())
  }

  @Test(arguments: FlagCase.all)
  func setsItsOptionAndNothingElse(_ flag: FlagCase) throws {
    var expected = Self.start
    flag.change(&expected)
    #expect(expected != Self.start)
    #expect(try options(flag.arguments) == expected)
  }

  @Test(arguments: FlagCase.all.filter { $0.arguments.count == 2 })
  func takesItsValueAfterAnEqualsSign(_ flag: FlagCase) throws {
    #expect(try options([flag.arguments.joined(separator: "=")]) == options(flag.arguments))
  }

  @Test(arguments: FlagCase.all)
  func isInTheHelpAndTheCompletions(_ flag: FlagCase) throws {
    let row = "  --\(flag.name)"
    let help = HelpText.full(width: 80)
    #expect(
      help.contains(row + " ") || help.contains(row + "\n") || help.contains(", --\(flag.name) "))
    #expect(CompletionShell.bash.script().contains("--\(flag.name) "))
    #expect(CompletionShell.zsh.script().contains("--\(flag.name)"))
    #expect(CompletionShell.fish.script().contains(" -l \(flag.name) "))
  }

  @Test func defaultsAreThoseOfTheInterface() throws {
    let defaults = try options([])
    #expect(defaults == Self.start)
    #expect(defaults.output == "data_drift_latest.json")
    #expect(
      (
        defaults.configuration.populationStability.binning.bins,
        defaults.configuration.thresholds.stabilityWarn,
        defaults.configuration.thresholds.stabilityFail
      ) == (10, 0.10, 0.25))
    #expect(
      (defaults.configuration.thresholds.effectWarn, defaults.configuration.thresholds.effectFail)
        == (0.10, 0.25))
    #expect(
      (
        defaults.discrepancy.permutations, defaults.discrepancy.maximumRows,
        defaults.discrepancy.seed
      ) == (999, 20_000, 0))
    #expect(
      (defaults.configuration.thresholds.alpha, defaults.configuration.thresholds.warnAlpha) == (
        0.01, 0.05
      ))
    #expect(
      defaults.configuration.populationStability.emptyBins == .addHalf
        && defaults.discrepancy.bandwidth == nil && defaults.discrepancy.kernels == .ladder
        && defaults.discrepancy.scale == .ranks && defaults.runsMMD)
    #expect(defaults.configuration.missingFeatures == nil && defaults.threads == nil)
  }

  @Test(arguments: ["-q", "--quiet"])
  func shortFlagsAreTheLongOnes(_ spelling: String) throws {
    #expect(try options([spelling]).isQuiet)
    #expect(try options([spelling, spelling]).isQuiet)
  }
}
