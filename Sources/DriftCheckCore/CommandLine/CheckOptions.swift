/// What the command line asks for, and the variables and the configuration file behind it, read and
/// checked.
///
/// A property is nil where "not given" means something else than every value it could have.
package struct CheckOptions: Sendable, Equatable {
  // MARK: Command

  /// What is asked for.
  package var command = Command.check
  /// The files of `profile` and `merge`.
  package var inputs: [String] = []
  /// Whether a profile keeps rows for the MMD test.
  package var keepsRows = true
  /// The profile whose bins a profile is counted by; nil to choose bins.
  package var edgesFrom: String?
  /// Which of the files are profiled, nil for all; which part of the MMD sums is computed.
  package var shard: Shard?

  // MARK: Input

  /// The baseline's files, `-` for standard input; never empty after parsing.
  package var baseline: [String] = []
  /// The current files, `-` for standard input; never empty after parsing.
  package var current: [String] = []
  /// The columns to check; nil for all. Without duplicates, in the order given.
  package var features: [String]?
  /// The columns to leave out.
  package var exclude: [String] = []
  /// The columns to take as categorical.
  package var categorical: [String] = []
  /// The columns to take as numeric.
  package var numeric: [String] = []
  /// What single columns have of their own. Those to leave out, or to take as a kind, are in the
  /// lists above too.
  package var overrides: [ColumnOverride] = []
  /// The cells that mean "missing" beside the empty one; nil for the usual list.
  package var missingValues: [String]?
  /// What becomes of features that are gone; nil when not given.
  package var missingFeatures: MissingFeatures?
  /// The byte between two cells; nil when not given.
  package var delimiter: UInt8?

  // MARK: Population stability index

  /// How many bins a numeric feature gets, 2 to 1,000.
  package var psiBins = 10
  /// How numeric bins are made.
  package var psiBinning = Binning.quantile
  /// What is done with missing cells.
  package var psiMissing = MissingCells.bin
  /// What is done with empty bins.
  package var psiZero = EmptyBins.half
  /// PSI from which a feature is WARN; at most `psiFail`.
  package var psiWarn = 0.10
  /// PSI from which a feature is FAIL.
  package var psiFail = 0.25
  /// Whether a PSI above a threshold counts only with a small p-value.
  package var psiGate = Toggle.on
  /// The older job whose PSI is wanted; nil for none.
  package var psiCompatibility: PSICompatibility?

  // MARK: Mean shift

  /// Welch's or Student's test.
  package var meanShiftVariance = Variance.welch
  /// How the p-values of PSI, new levels and mean shift are adjusted over the features.
  package var adjustment = Adjustment.holm
  /// The size of Hedges' g from which a shift is WARN; at most `meanShiftEffect`.
  package var meanShiftEffectWarn = 0.10
  /// The size of Hedges' g from which a shift is FAIL.
  package var meanShiftEffect = 0.25

  // MARK: New levels

  /// The share of rows with new levels, beyond the expected one, from which a feature is WARN; at most
  /// `newLevelsFail`.
  package var newLevelsWarn = 0.02
  /// The share from which it is FAIL.
  package var newLevelsFail = 0.10

  // MARK: Maximum mean discrepancy

  /// Whether the MMD test is run.
  package var runsMMD = true
  /// How many permutations, 1 to 1,000,000.
  package var permutations = 999
  /// What is permuted.
  package var permutationUnit = PermutationUnit.auto
  /// The most rows of a side that take part, at least 2.
  package var mmdMaxRows = 20_000
  /// The kernel's width.
  package var mmdBandwidth = Bandwidth.median
  /// How features are scaled.
  package var mmdScale = Scaling.pooled
  /// The arithmetic of the kernel matrix.
  package var mmdPrecision = Precision.single
  /// The files with the sums of all shards; empty to compute them.
  package var mmdSums: [String] = []

  // MARK: Verdict

  /// The level of FAIL, in (0, 1).
  package var alpha = 0.01
  /// The level of WARN, in (0, 1); at least `alpha`.
  package var warnAlpha = 0.05
  /// The status from which the exit code is 2.
  package var failOn = FailOn.fail

  // MARK: Running

  /// The seed of everything random.
  package var seed: UInt64 = 0
  /// The memory asked for, in bytes; nil when not given (see `MemoryBudget`).
  package var memoryLimit: Int?
  /// The threads asked for, 1 to 1,024; nil when not given (see `ProcessorQuota`).
  package var threads: Int?

  // MARK: Output

  /// The report's path.
  package var output = "data_drift_latest.json"
  /// Where the page for people goes; nil for none.
  package var htmlFile: String?
  /// The model's name in the report; nil for none.
  package var model: String?
  /// What standard output shows.
  package var format = TextFormat.text
  /// Whether standard output stays empty.
  package var isQuiet = false
  /// Whether a progress bar may be shown (on a terminal only).
  package var showsProgress = true
  /// When standard output is coloured.
  package var color = ColorMode.auto
  /// How log lines are written.
  package var logFormat = TextFormat.text
  /// Where the verdict also goes; nil for `/dev/termination-log` when that is there.
  package var terminationLog: String?

  // MARK: Metrics

  /// Where the metrics are written; nil for nowhere.
  package var metricsFile: String?
  /// The Pushgateway that gets the metrics; nil for none.
  package var pushgateway: String?
  /// Whether a push that fails ends with exit code 75.
  package var isPushRequired = false
  /// The file with "user:password" for the Pushgateway.
  package var pushBasicAuthFile: String?
  /// The file with a bearer token for the Pushgateway.
  package var pushBearerTokenFile: String?
  /// The file with the certificates to trust instead of the system's.
  package var pushCAFile: String?
  /// Whether the metrics have TrustyAI's gauge of mean shifts too.
  package var writesTrustyAIMetrics = false

  /// The defaults, without files.
  package init() {}
}
