public import DriftColumns
internal import DriftSummaries
internal import Glibc

/// The population stability index of one column, with its sampling noise.
///
/// PSI = sum over bins of (q - p) ln(q / p), where p and q are the shares of the baseline and of
/// the current data in a bin: zero when all shares are equal, symmetric in both sides. Bins are
/// frozen from the baseline; levels that are frequent in the current data alone get bins too. Cells
/// without a value have a bin of their own. Where all rows are in one bin there is no index: nothing
/// was compared.
///
/// When a bin is empty on exactly one side, 1/2 is added to every bin of both samples
/// (Haldane-Anscombe), as the logarithm would be infinite, and smaller shares are raised to
/// ``smallestShare``.
///
/// ```swift
/// let psi = try PopulationStabilityIndex(baseline: x, current: y)
/// if psi.value >= 0.25, let p = psi.pValue, p < 0.01 { print(psi.bins) }
/// ```
///
/// Sources: Siddiqi, "Credit Risk Scorecards", 2006; Yurdakul & Naranjo, "Statistical Properties of
/// the Population Stability Index", Journal of Risk Model Validation 14(4), 2020.
public struct PopulationStabilityIndex: Sendable, Hashable, Codable {
  /// What falls into a bin.
  public enum Content: String, Sendable, Hashable, Codable, CaseIterable {
    /// Numbers of a range, or one number.
    case values
    /// One level.
    case level
    /// All numbers or levels that have no bin of their own.
    case other
    /// Cells without a value.
    case missing
    /// Cells that are not of the kind of their column.
    case invalid
    /// Points in time, which are not compared by value.
    case valid
  }

  /// One bin, as counted on both sides.
  public struct Bin: Sendable, Hashable, Codable {
    /// A name a person can read.
    public let label: String
    /// What falls into it.
    public let content: Content
    /// The lower bound, inclusive; nil where there is none.
    public let lower: Double?
    /// The upper bound, exclusive; nil where there is none. Equal to `lower` for a single number;
    /// inclusive in the last bin of an older job's numbers.
    public let upper: Double?
    /// The baseline's rows in the bin.
    public let baselineCount: Int
    /// The current rows in the bin.
    public let currentCount: Int
    /// The bin's term of the sum.
    public let contribution: Double
  }

  /// The index.
  public let value: Double
  /// Pearson's chi-squared test of homogeneity on the same bins: how likely counts at least as
  /// different are without drift. For a categorical column the larger of this, on the baseline's
  /// levels alone, and of the same test on levels chosen from both samples together, as the bins
  /// favour levels that are frequent in the baseline by chance; nil where both count all levels
  /// together.
  public let pValue: Double?
  /// What the index exceeds with probability alpha when there is no drift:
  /// the chi-squared quantile x (1/n + 1/m).
  public let criticalValue: Double
  /// max(0, index - (bins - 1) (1/n + 1/m)): the index less what it is on average without drift.
  public let biasCorrected: Double
  /// Whether 1/2 was added to every bin.
  public let isSmoothed: Bool
  /// The bins that are not empty on both sides; all of them in an older job's numbers.
  public let bins: [Bin]

  /// The share that a smaller one counts as where some bin is empty on one side. Without it the term
  /// of such a bin would grow with the number of rows.
  public static let smallestShare = 1e-4

  /// The index of two numeric samples.
  ///
  /// - Parameters:
  ///   - baseline: The sample that bins are frozen from; NaN is a missing value.
  ///   - current: The sample that is compared with it.
  ///   - options: How bins are chosen and counted.
  /// - Throws: `StatisticsError.insufficientData` when no row of a side falls in any bin, and when all
  ///   rows fall in the same.
  /// - Complexity: O((n + m) log n).
  public init(
    baseline: some Sequence<Double>, current: some Sequence<Double>, options: Options = Options()
  ) throws(StatisticsError) {
    try options.validate()
    let (x, y) = (Array(baseline), Array(current))
    let binning = NumericBinning(
      fitting: x, method: options.binning, minimumCount: options.minimumCount)
    let counts = BinCounts(
      binning, baseline: binning.counts(of: x), current: binning.counts(of: y),
      missing: options.counted(x.count { $0.isNaN }, y.count { $0.isNaN }))
    try self.init(counts, options: options)
  }

  /// The index of two samples of numbers of any type.
  ///
  /// - Throws: `StatisticsError.insufficientData` when no row of a side falls in any bin, and when all
  ///   rows fall in the same.
  /// - Complexity: O((n + m) log n).
  public init<Value: NumericValue>(
    baseline: some Sequence<Value>, current: some Sequence<Value>, options: Options = Options()
  ) throws(StatisticsError) {
    try self.init(
      baseline: baseline.map(\.nearestDouble), current: current.map(\.nearestDouble),
      options: options)
  }

  /// The index of counts in bins that are already known.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's rows by bin.
  ///   - current: The current rows by bin.
  ///   - options: `emptyBins` and `alpha` are used.
  /// - Throws: `StatisticsError.invalidArgument` when the numbers of bins differ or a count is
  ///   negative, `.insufficientData` when a side has no rows or all rows are in one bin.
  public init(
    baselineCounts baseline: [Int], currentCounts current: [Int], options: Options = .init()
  )
    throws(StatisticsError)
  {
    guard baseline.count == current.count else {
      throw StatisticsError(
        code: .invalidArgument,
        message: "\(baseline.count) bins of the baseline, \(current.count) current ones")
    }
    guard baseline.allSatisfy({ $0 >= 0 }), current.allSatisfy({ $0 >= 0 }) else {
      throw StatisticsError(code: .invalidArgument, message: "a count is negative")
    }
    try self.init(BinCounts(baseline: baseline, current: current), options: options)
  }

  /// The index of counted bins, and the p-value of the test on them.
  package init(_ counts: BinCounts, options: Options) throws(StatisticsError) {
    try self.init(counts, options: options, pValue: counts.homogeneity)
  }

  /// The index of counted bins with a p-value of its own.
  package init(_ counts: BinCounts, options: Options, pValue: Double?) throws(StatisticsError) {
    let bins = counts.filled
    let p = bins.map { Double($0.baseline) }
    let q = bins.map { Double($0.current) }
    let (n, m) = (p.reduce(0, +), q.reduce(0, +))
    guard n > 0, m > 0 else {
      throw StatisticsError(
        code: .insufficientData,
        message: "\(n == 0 ? "the baseline" : "the current data") has no rows in any bin")
    }
    guard bins.count > 1 else {
      throw StatisticsError(
        code: .insufficientData,
        message: "all rows are in the bin '\(bins[0].label)', where nothing could be compared")
    }
    let shares = Shares(baseline: p, current: q, emptyBins: options.emptyBins)
    let contributions = zip(shares.baseline, shares.current).map(Self.contribution)
    let freedom = Double(bins.count - 1)
    let noise = 1 / n + 1 / m
    value = contributions.reduce(0, +)
    self.pValue = pValue
    criticalValue = ChiSquared(degreesOfFreedom: freedom).upperQuantile(options.alpha) * noise
    biasCorrected = max(0, value - freedom * noise)
    isSmoothed = shares.isSmoothed
    self.bins = zip(bins, contributions).map { bin, contribution in
      Bin(
        label: bin.label, content: bin.content, lower: bin.lower, upper: bin.upper,
        baselineCount: bin.baseline, currentCount: bin.current, contribution: contribution)
    }
  }

  /// One bin's term: (q - p) ln(q / p); 0 where both shares are equal, 0 included.
  package static func contribution(baseline p: Double, current q: Double) -> Double {
    guard p != q else { return 0 }
    let ratio = q / p
    // Shares as small as a floor may be have no ratio.
    return (q - p) * (ratio.isNormal ? log(ratio) : log(q) - log(p))
  }

  /// The sum over shares as they are.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's shares by bin.
  ///   - current: The current shares, as many.
  /// - Returns: The index; infinite when a share is zero on exactly one side.
  /// - Throws: `StatisticsError.invalidArgument` when the numbers of bins differ.
  public static func value(baselineShares baseline: [Double], currentShares current: [Double])
    throws(StatisticsError) -> Double
  {
    guard baseline.count == current.count else {
      throw StatisticsError(
        code: .invalidArgument,
        message: "\(baseline.count) bins of the baseline, \(current.count) current ones")
    }
    return zip(baseline, current).map(contribution).reduce(0, +)
  }
}
