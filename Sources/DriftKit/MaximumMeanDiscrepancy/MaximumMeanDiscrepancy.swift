/// The kernel two-sample permutation test.
///
/// The null hypothesis: the rows of both samples are drawn from one distribution. The statistic is
/// the unbiased estimate of the squared maximum mean discrepancy with the Gaussian kernel
/// k(a, b) = exp(-||a - b||^2 / (2 sigma^2)); it may be negative, as it estimates zero when the
/// hypothesis holds. The p-value is that of the permutation test,
/// (1 + #{permutations at least as large}) / (1 + permutations), and is never zero. It is exact at
/// any sample size: neither scale, bandwidth nor kernel look at which sample a row is from.
///
/// ```swift
/// let test = try MaximumMeanDiscrepancy(
///   baseline: SampleMatrix(columns: [x]), current: SampleMatrix(columns: [y]))
/// if test.pValue < 0.01 { print(test.statistic) }
/// ```
///
/// Missing values (NaN, infinities) take the pooled mean of their column; constant columns are left
/// out. The result is the same, byte for byte, for any number of threads.
///
/// Sources: Gretton, Borgwardt, Rasch, Schölkopf & Smola, "A Kernel Two-Sample Test", JMLR 13
/// (2012), Lemma 6; Phipson & Smyth, "Permutation P-values Should Never Be Zero", 2010.
public struct MaximumMeanDiscrepancy: Sendable, Hashable {
  /// The unbiased estimate of the squared discrepancy.
  public let statistic: Double
  /// The p-value of the permutation test.
  public let pValue: Double
  /// How many permutations the p-value rests on, the observed one not counted.
  public let permutations: Int
  /// Whether they are all there are, so that the p-value is exact and not sampled.
  public let isExact: Bool
  /// What was permuted.
  public let unit: Unit
  /// How many rows a unit has.
  public let blockSize: Int
  /// The width sigma of the kernel, in the units of the scaled values; 0 when all rows are equal.
  public let bandwidth: Double
  /// How many rows of the baseline took part.
  public let baselineRows: Int
  /// How many rows of the current sample took part.
  public let currentRows: Int
  /// Whether a sample had more rows than `Options.maximumRows`.
  public internal(set) var isSampled: Bool
  /// Which columns took part, counted from 0: all but the constant ones.
  public let columns: [Int]
  /// The statistics of the permutations in the order in which they were drawn, the observed one not
  /// among them: what it is like when the hypothesis holds. Empty when all rows are equal.
  ///
  /// The p-value counts those that are at least as large as the observed statistic; for that, both
  /// come from the same sums, which in single precision are coarser than `statistic`, by less than 1e-5.
  public let nullStatistics: [Double]

  /// Runs the test.
  ///
  /// - Parameters:
  ///   - baseline: n rows.
  ///   - current: m rows of the same columns.
  ///   - options: How the test is made.
  ///   - progress: Called on the calling thread from time to time with the share done, 0 to 1.
  ///     An error that it throws ends the test; `try Task.checkCancellation()` in it makes the
  ///     test cancellable.
  /// - Throws: `StatisticsError.insufficientData` for fewer than two rows on a side,
  ///   `.invalidArgument` for options out of range or differing columns; what `progress` throws.
  /// - Complexity: O((n + m)^2 (d + P)) time for d columns and P permutations of rows,
  ///   O((n + m)^2 d + U^2 P) for U blocks; O((n + m) (d + P / 8)) memory, and a tile, or the sums
  ///   of some blocks with all others, for each thread.
  public init(
    baseline: SampleMatrix, current: SampleMatrix, options: Options = Options(),
    progress: (Double) throws -> Void = { _ in }
  ) throws {
    try options.validate()
    guard baseline.columnCount == current.columnCount else {
      throw StatisticsError(
        code: .invalidArgument,
        message: "the baseline has \(baseline.columnCount) columns, the current sample "
          + "\(current.columnCount)")
    }
    guard baseline.rowCount >= 2, current.rowCount >= 2 else {
      throw StatisticsError(
        code: .insufficientData,
        message: "\(baseline.rowCount) and \(current.rowCount) rows; each sample needs at least 2")
    }
    let plan = PermutationPlan(
      baseline: baseline.rowCount, current: current.rowCount, options: options)
    let rows = try Standardisation(
      baseline: baseline.selecting(rows: plan.baselineRows),
      current: current.selecting(rows: plan.currentRows), scale: options.scale,
      threads: options.threads)
    try self.init(plan: plan, rows: rows, options: options, progress: progress)
  }

  private init(
    plan: PermutationPlan, rows: Standardisation, options: Options,
    progress: (Double) throws -> Void
  ) throws {
    unit = plan.unit
    blockSize = plan.blockSize
    baselineRows = plan.baselineRows.count
    currentRows = plan.currentRows.count
    isSampled = plan.isSampled
    columns = rows.columns

    // The shares are those of a large test of rows; only their order matters.
    let memberships = try Memberships(
      units: plan.units, permutations: options.permutations, seed: options.seed,
      threads: options.threads, progress: { _ in try progress(0) })
    permutations = memberships.count - 1
    isExact = memberships.isExhaustive

    // The median takes several passes; what is reported only ever grows.
    var furthest = 0.0
    let sigma = try Self.bandwidth(rows: rows, options: options) {
      furthest = max(furthest, 0.1 * $0)
      try progress(furthest)
    }
    if case .fixed(let given) = options.bandwidth, sigma > 0 {
      bandwidth = given
    } else {
      bandwidth = sigma * rows.unit
    }
    guard sigma > 0 else {
      statistic = 0
      pValue = 1
      nullStatistics = []
      return
    }
    let engine = PermutationEngine(
      rows: rows, units: plan.units, memberships: memberships, sigma: sigma, options: options)
    let sums = try engine.sums { try progress(0.1 + 0.9 * $0) }
    let null = PermutationNull(sums: sums, units: plan.units, memberships: memberships)
    statistic = null.observed
    pValue = null.pValue
    nullStatistics = null.statistics
  }

  /// sigma in the units of the standardised rows.
  private static func bandwidth(
    rows: Standardisation, options: Options, progress: (Double) throws -> Void
  ) throws -> Double {
    if case .fixed(let sigma) = options.bandwidth {
      guard rows.columnCount > 0 else { return 0 }
      return min(max(sigma / rows.unit, .leastNormalMagnitude), .greatestFiniteMagnitude)
    }
    // Label-blind: drawn from the pooled rows.
    let chosen = Sampling.sample(
      bandwidthRows, of: rows.rowCount, seed: options.seed, stream: 0, purpose: .bandwidthSample)
    var values = rows.values
    if chosen.count < rows.rowCount {
      values = chosen.flatMap {
        rows.values[($0 * rows.columnCount)..<(($0 + 1) * rows.columnCount)]
      }
    }
    let blocks = RowBlocks(
      values: values, rowCount: chosen.count, columnCount: rows.columnCount,
      loops: KernelLoops(options.instructionSet))
    let median = MedianDistance(rows: blocks, options: options)
    return (try median.value(progress: progress) / 2).squareRoot()
  }

  /// The most rows whose distances decide the bandwidth.
  static let bandwidthRows = 5_000
}
