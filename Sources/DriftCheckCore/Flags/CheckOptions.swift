package import DriftDetection

/// What the command line asks for, and the variables and the configuration file behind it, read and
/// checked.
///
/// A property is nil where "not given" means something else than every value it could have.
package struct CheckOptions: Sendable, Equatable {
  // MARK: What is checked

  /// The columns, tests and limits. What the run decides (threads, kernels) and what follows from other
  /// options (`no-mmd`, overrides) is in `detectorConfiguration`.
  package var configuration = DriftConfiguration()
  /// Whether the MMD test is run.
  package var runsMMD = true
  /// Whether the test for a change of dependence is run.
  package var runsDependence = true
  /// The columns to take as categorical.
  package var categorical: [String] = []
  /// The columns to take as numeric.
  package var numeric: [String] = []
  /// The features that are made of columns of points in time.
  package var timeFeatures: [TimeFeature] = []
  /// What single columns have of their own. Those to leave out, or to take as a kind, are in the
  /// lists too.
  package var overrides: [ColumnOverride] = []

  // MARK: Input

  /// The files that are named without a flag.
  package var inputs: [String] = []
  /// The baseline's files, `-` for standard input; never empty after parsing.
  package var baseline: [String] = []
  /// The current files, `-` for standard input; never empty after parsing.
  package var current: [String] = []
  /// The file with the weights of features; nil for none.
  package var importance: String?
  /// The files with the sums of all shards; empty to compute them.
  package var mmdSums: [String] = []
  /// Which of the files are profiled, nil for all; which part of the MMD sums is computed.
  package var shard: ShardChoice?
  /// The cells that mean "missing" beside the empty one; nil for the usual list.
  package var missingValues: [String]?
  /// The byte between two cells; nil to find it in each file.
  package var delimiter: UInt8?
  /// How tables of text are written otherwise.
  package var dialect = DialectOptions()

  // MARK: Running

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
  /// The status from which the exit code is 2.
  package var failOn = FailOn.fail
  /// Where the metrics go.
  package var metrics = MetricsOptions()

  /// What single commands have beside all this.
  private var own = OwnOptionsStore()

  /// The defaults, without files.
  package init() {}

  /// What one command has beside all this.
  package subscript<Own: OwnOptions>(type: Own.Type) -> Own {
    get { own[type] }
    set { own[type] = newValue }
  }

  /// The options of the MMD test, also where it is left out.
  package var discrepancy: MaximumMeanDiscrepancy.Options {
    get { configuration.maximumMeanDiscrepancy ?? .init() }
    set { configuration.maximumMeanDiscrepancy = newValue }
  }

  /// The options of the test for a change of dependence, also where it is left out.
  package var dependence: DependenceChange.Options {
    get { configuration.dependence ?? .init() }
    set { configuration.dependence = newValue }
  }

  /// The files that are read, but the one of settings.
  var files: [String] {
    baseline + current + inputs + mmdSums + [importance].compactMap { $0 } + own.files
      + metrics.inputs
  }
}

extension CheckOptions {
  /// When standard output is coloured.
  package enum ColorMode: String, Sendable, Hashable, CaseIterable {
    /// On a terminal, unless NO_COLOR is set.
    case auto
    /// Always.
    case always
    /// Never.
    case never
  }

  /// The status from which the exit code is `ExitCode.drift`.
  package enum FailOn: String, Sendable, Hashable, CaseIterable {
    /// FAIL.
    case fail
    /// WARN or FAIL.
    case warn
    /// None.
    case never
  }
}
