package import DriftColumns
internal import DriftSummaries

/// The permutation test for a change of dependence: whether columns go together as they did.
///
/// Values are replaced by the normal scores of their pooled ranks, missing ones by 0. T is the largest
/// |atanh r - atanh s| over all pairs of columns, r and s their correlations in the two samples. The
/// p-value is (1 + #{permutations at least as large}) / (1 + permutations), with the units and the
/// permutations of ``MaximumMeanDiscrepancy``: exact at any sample size. A pair's own p-value compares
/// it with the largest of every permutation, so that all of them hold together.
///
/// A correlation is held to 1 - 2^-30, and 0 where a column has one value only.
///
/// Sources: Fisher, "On the probable error of a coefficient of correlation", Metron 1 (1921); Westfall &
/// Young, "Resampling-Based Multiple Testing", 1993 (max-T).
public struct DependenceChange: Sendable, Hashable, Codable {
  /// How the test is made.
  public struct Options: Sendable, Hashable {
    /// The most columns; of more, those with the most different values are looked at.
    public var maximumColumns: Int
    /// Pairs with p-values below this are given.
    public var level: Double

    /// Options; those that are not given are the defaults.
    public init(maximumColumns: Int = 300, level: Double = 0.05) {
      self.maximumColumns = maximumColumns
      self.level = level
    }

    package func validate() throws(StatisticsError) {
      guard maximumColumns >= 2 else {
        throw StatisticsError(
          code: .invalidArgument,
          message: "maximumColumns is \(maximumColumns), expected at least 2")
      }
    }
  }

  /// A pair of columns.
  public struct Pair: Sendable, Hashable, Codable {
    /// The first column's place in the samples.
    public let first: Int
    /// The second column's place.
    public let second: Int
    /// The correlation in the baseline.
    public let baselineCorrelation: Double
    /// The correlation in the current sample.
    public let currentCorrelation: Double
    /// The p-value, corrected for all pairs.
    public let pValue: Double

    /// By how much the correlation changed.
    public var change: Double { abs(currentCorrelation - baselineCorrelation) }
  }

  /// T.
  public let statistic: Double
  /// The p-value of the permutation test.
  public let pValue: Double
  /// How many permutations the p-value rests on, the observed one not counted.
  public let permutations: Int
  /// Which columns were looked at, by their places in the samples.
  public let columns: [Int]
  /// Whether there were more columns that are not constant.
  public let isReduced: Bool
  /// Up to 100 pairs with p-values below the level, the one whose correlation changed most first.
  public let pairs: [Pair]

  /// The most pairs that are given.
  private static let mostPairs = 100

  /// The largest change of a correlation among the pairs with p-values below a level; 0 without such a
  /// pair.
  public func effect(below level: Double) -> Double {
    pairs.filter { $0.pValue < level }.map(\.change).max() ?? 0
  }

  /// Runs the test on the rows and with the permutations of another; nil with fewer than two columns
  /// that are not constant.
  ///
  /// - Parameters:
  ///   - baseline: The baseline of the kernel test.
  ///   - current: The current sample of the kernel test.
  ///   - kernel: The kernel test up to its sums.
  ///   - options: How the test is made.
  ///   - progress: Called with the share done.
  /// - Throws: `StatisticsError.invalidArgument` for options out of range; what `progress` throws.
  package init?(
    baseline: SampleMatrix, current: SampleMatrix, kernel: KernelTest, options: Options,
    progress: (Double) throws -> Void
  ) throws {
    try options.validate()
    let scores = try DependenceScores(
      baseline: baseline, current: current, test: kernel, most: options.maximumColumns)
    guard scores.columns.count >= 2 else { return nil }
    let work = DependenceWork(scores: scores, test: kernel)
    let (largest, observed) = try work.changes(progress: progress)
    let count = largest.count
    // In the order of size a place tells how many are at least as large.
    let sorted = largest.dropFirst().sorted()
    func pValue(_ statistic: Double) -> Double {
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] >= statistic - PermutationNull.tieTolerance {
          high = middle
        } else {
          low = middle + 1
        }
      }
      return Double(1 + sorted.count - low) / Double(count)
    }
    statistic = largest[0]
    self.pValue = pValue(largest[0])
    permutations = count - 1
    columns = scores.columns
    isReduced = scores.isReduced
    pairs = Array(
      observed.compactMap { pair -> Pair? in
        let p = pValue(pair.statistic)
        guard p < options.level else { return nil }
        return Pair(
          first: scores.columns[pair.first], second: scores.columns[pair.second],
          baselineCorrelation: pair.correlations.0, currentCorrelation: pair.correlations.1,
          pValue: p)
      }.sorted { ($1.change, $0.first, $0.second) < ($0.change, $1.first, $1.second) }
        .prefix(Self.mostPairs))
  }
}
