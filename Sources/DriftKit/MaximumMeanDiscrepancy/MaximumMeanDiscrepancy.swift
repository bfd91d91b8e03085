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
public struct MaximumMeanDiscrepancy: Sendable, Hashable, Codable {
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
  ///   O((n + m)^2 d + U^2 P) for U blocks; O((n + m) d + P) memory, and for each thread a tile, or
  ///   the sums of some blocks with all others. The bits of who is permuted where are drawn for as
  ///   many permutations at a time as take 256 MiB.
  public init(
    baseline: SampleMatrix, current: SampleMatrix, options: Options = Options(),
    progress: (Double) throws -> Void = { _ in }
  ) throws {
    let test = try KernelTest(baseline: baseline, current: current, options: options) {
      try progress(0.1 * $0)
    }
    self.init(test, null: try test.null { try progress(0.1 + 0.9 * $0) })
  }

  /// Finishes a test whose kernel sums were computed in shards: the result is that of one process,
  /// byte for byte.
  ///
  /// - Parameters:
  ///   - baseline: The n rows that the sums are of.
  ///   - current: The m rows that the sums are of.
  ///   - options: The options that the sums were computed with; threads may differ.
  ///   - partialSums: The sums of all shards, merged.
  ///   - progress: As for a test in one process.
  /// - Throws: ``PartialSumsError`` when a shard is missing, or when the sums are of other rows or
  ///   options; else as a test in one process.
  /// - Complexity: O(B^2 d) for the bandwidth from B = 5,000 rows at most, O((n + m) (d + P)) for
  ///   permutations.
  public init(
    baseline: SampleMatrix, current: SampleMatrix, options: Options = Options(),
    partialSums: PartialSums, progress: (Double) throws -> Void = { _ in }
  ) throws {
    let test = try KernelTest(
      baseline: baseline, current: current, options: options, progress: progress)
    self.init(test, null: try test.null(of: partialSums.whole(of: test)))
  }

  /// The result of a test, from the statistics of its permutations; nil when all rows are equal.
  init(_ test: KernelTest, null: PermutationNull?) {
    unit = test.plan.unit
    blockSize = test.plan.blockSize
    baselineRows = test.plan.baselineRows.count
    currentRows = test.plan.currentRows.count
    isSampled = test.plan.isSampled
    columns = test.rows.columns
    permutations = test.permutations.count - 1
    isExact = test.permutations.isExhaustive
    if case .fixed(let given) = test.options.bandwidth, test.sigma > 0 {
      bandwidth = given
    } else {
      bandwidth = test.sigma * test.rows.unit
    }
    guard let null else {
      statistic = 0
      pValue = 1
      nullStatistics = []
      return
    }
    statistic = null.observed
    pValue = null.pValue
    nullStatistics = null.statistics
  }
}
