/// The kernel two-sample permutation test.
///
/// The null hypothesis: the rows of both samples are drawn from one distribution. The statistic of a
/// kernel is the unbiased estimate of the squared maximum mean discrepancy with the Gaussian kernel
/// k(a, b) = exp(-||a - b||^2 / (2 sigma^2)); it may be negative, as it estimates zero when the
/// hypothesis holds. Several kernels look at the same rows, narrow ones at details and wide ones at
/// the whole: each statistic is brought to one scale by the mean and the standard deviation of all
/// its permutations, and the test is that of the largest. The p-value is that of the permutation test,
/// (1 + #{permutations at least as large}) / (1 + permutations), and is never zero. It is exact at
/// any sample size: neither scale, bandwidths nor kernels look at which sample a row is from.
///
/// How large the difference is, is what ``separability`` says.
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
/// (2012), Lemma 6; Schrab, Kim, Albert, Laurent, Guedj & Gretton, "MMD Aggregated Two-Sample Test",
/// JMLR 24 (2023); Biggs, Schrab & Gretton, "MMD-FUSE", NeurIPS 2023; Phipson & Smyth, "Permutation P-values Should Never Be Zero", 2010.
public struct MaximumMeanDiscrepancy: Sendable, Hashable, Codable {
  /// What one kernel says.
  public struct Kernel: Sendable, Hashable, Codable {
    /// Its name, which tells how its width was chosen.
    public let name: String
    /// Its width sigma, in the units of the scaled values.
    public let bandwidth: Double
    /// The unbiased estimate of the squared discrepancy.
    public let statistic: Double
    /// The statistic less the mean of those of all permutations, in their standard deviations; 0 where
    /// they are all the same.
    public let studentised: Double
  }

  /// The kernels, the narrowest first; none when all rows are equal.
  public let kernels: [Kernel]
  /// The place of the one that decided: the first of those with the largest studentised statistic.
  public let decidingPlace: Int
  /// The unbiased estimate of the squared discrepancy, by the kernel that decided.
  public let statistic: Double
  /// How well single rows are told apart: the chance that of a row of each sample the one that looks
  /// more like the baseline, by the kernel that decided, is the baseline's, 0.5 at least. It is that
  /// of 5,000 rows of each sample at most.
  ///
  /// It tells how large the difference is, which the p-value does not: near 0.5 for one that is too
  /// small to matter, however many rows prove it, and 1 for samples that have nothing in common.
  public let separability: Double
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
  /// The width sigma of the kernel that decided, in the units of the scaled values; 0 when all rows are
  /// equal.
  public let bandwidth: Double
  /// How many rows of the baseline took part.
  public let baselineRows: Int
  /// How many rows of the current sample took part.
  public let currentRows: Int
  /// Whether a sample had more rows than `Options.maximumRows`.
  public package(set) var isSampled: Bool
  /// Which columns took part, counted from 0: all but the constant ones.
  public let columns: [Int]
  /// The statistics of the permutations by the kernel that decided, in the order in which they were
  /// drawn, the observed one not among them. Empty when all rows are equal.
  public let nullStatistics: [Double]
  /// The largest studentised statistic of each permutation, in the same order: what the test's own is
  /// like when the hypothesis holds. Empty when all rows are equal.
  ///
  /// The p-value counts those that are at least as large as the observed one.
  public let nullStudentised: [Double]

  /// The kernel that decided; nil when all rows are equal.
  public var decidingKernel: Kernel? {
    kernels.indices.contains(decidingPlace) ? kernels[decidingPlace] : nil
  }

  /// The largest studentised statistic: what the p-value is of.
  public var studentised: Double { decidingKernel?.studentised ?? 0 }

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
    let null = try test.null { try progress(0.1 + 0.8 * $0) }
    try self.init(test, null: null) { try progress(0.9 + 0.1 * $0) }
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
  /// - Complexity: O(B^2 d) for the bandwidths from B = 5,000 rows at most and for the separability of
  ///   5,000 rows of each sample at most, O((n + m) (d + P)) for permutations.
  public init(
    baseline: SampleMatrix, current: SampleMatrix, options: Options = Options(),
    partialSums: PartialSums, progress: (Double) throws -> Void = { _ in }
  ) throws {
    let test = try KernelTest(
      baseline: baseline, current: current, options: options,
      progress: { try progress(0.5 * $0) })
    let null = try test.null(of: partialSums.whole(of: test))
    try self.init(test, null: null) { try progress(0.5 + 0.5 * $0) }
  }

  /// The result of a test, from the statistics of its permutations; nil when all rows are equal.
  package init(_ test: KernelTest, null: PermutationNull?, progress: (Double) throws -> Void) throws
  {
    unit = test.plan.unit
    blockSize = test.plan.blockSize
    baselineRows = test.plan.baselineRows.count
    currentRows = test.plan.currentRows.count
    isSampled = test.plan.isSampled
    columns = test.rows.columns
    permutations = test.permutations.count - 1
    isExact = test.permutations.isExhaustive
    guard let null else {
      kernels = []
      (decidingPlace, statistic, bandwidth, pValue, separability) = (0, 0, 0, 1, 0.5)
      (nullStatistics, nullStudentised) = ([], [])
      return
    }
    let decision = null.decision()
    let widths = test.options.bandwidth.map { [$0] } ?? test.widths.map { $0 * test.rows.unit }
    kernels = test.options.kernelNames(count: widths.count).enumerated().map { place, name in
      Kernel(
        name: name, bandwidth: widths[place], statistic: null.kernels[place].observed,
        studentised: decision.studentised[place])
    }
    decidingPlace = decision.deciding
    statistic = null.kernels[decision.deciding].observed
    bandwidth = widths[decision.deciding]
    pValue = decision.pValue
    nullStatistics = null.kernels[decision.deciding].statistics
    nullStudentised = decision.maxima
    separability = try Separability(of: test, width: test.widths[decision.deciding])
      .value(progress: progress)
  }
}
