public import DriftColumns
package import DriftSummaries

/// Whether two samples of numbers have one distribution: ranks in the middle, and an exact look at both
/// ends.
///
/// The p-value is the smaller one of ``SmoothRankTest`` and ``TailsTest``, doubled. The baseline's bins
/// know where the cells of both are cut: half-way between its values. The effect is Kolmogorov's distance,
/// the share of rows that moved, at least.
///
/// ```swift
/// let test = try DistributionTest(baseline: x, current: y)
/// if test.pValue < 0.01, test.distance >= 0.1 { print(test.components) }
/// ```
public struct DistributionTest: Sendable, Hashable, Codable {
  /// The probability of such a difference without one.
  public let pValue: Double
  /// The largest difference of both shares of rows below a number, at the cuts of the cells, 0 to 1.
  public let distance: Double
  /// The components of the rank test: of location, spread, skewness, tails, and finer ones. They are
  /// positive where the baseline has the higher ranks, the wider spread, ...
  public let components: [Double]
  /// The rows beyond the baseline's ends; nil where these are not known.
  public let tails: TailsTest?

  /// The test of two samples; NaN is left out, infinities are the outermost values.
  ///
  /// - Throws: `StatisticsError.insufficientData` where a side has no values, or both have fewer than
  ///   four.
  /// - Complexity: O((n + m) log n).
  public init(baseline: some Sequence<Double>, current: some Sequence<Double>)
    throws(StatisticsError)
  {
    let values = Array(baseline)
    let binning = NumericBinning(fitting: values)
    let work = PieceWork()
    try self.init(
      binning, baseline: binning.counter.cells(of: NumberChunks(values), work: work),
      current: binning.counter.cells(of: NumberChunks(Array(current)), work: work))
  }

  /// The test of rows that were counted by the cells of a baseline.
  ///
  /// - Parameters:
  ///   - binning: The bins of the baseline, which know the cells.
  ///   - baseline: The baseline's rows by cell.
  ///   - current: The current rows by cell.
  ///   - rankError: By how much, as a share of the rows of both sides together, ranks may be off. Each
  ///     component counts for the least that this leaves.
  /// - Throws: `StatisticsError.insufficientData` where a side has no values, or both have fewer than
  ///   four.
  /// - Complexity: O(cells).
  package init(
    _ binning: NumericBinning, baseline: BinCounter.Cells, current: BinCounter.Cells,
    rankError: Double = 0
  ) throws(StatisticsError) {
    let rows = (baseline: Int(baseline.reduce(0, +)), current: Int(current.reduce(0, +)))
    let ranks = try SmoothRankTest(
      RankCells(
        baseline: binning.ranks.counts(ofCells: baseline),
        current: binning.ranks.counts(ofCells: current)), rankError: rankError)
    components = ranks.components
    // Where ranks are not known exactly, neither is what lies beyond the ends.
    tails =
      rankError > 0
      ? nil : TailsTest(binning.ranks, baseline: baseline, current: current, rows: rows)
    pValue = Evidence.pValue(of: ranks.pValue, tails?.pValue) ?? 1
    distance = Self.distance(baseline, current, rows)
  }

  /// Kolmogorov's distance at the cuts.
  private static func distance(
    _ baseline: BinCounter.Cells, _ current: BinCounter.Cells,
    _ rows: (baseline: Int, current: Int)
  ) -> Double {
    var (before, after, largest) = (Int64(0), Int64(0), 0.0)
    let (n, m) = (Double(rows.baseline), Double(rows.current))
    for (a, b) in zip(baseline, current) {
      before += a
      after += b
      largest = max(largest, abs(Double(before) / n - Double(after) / m))
    }
    return largest
  }
}

extension TailsTest {
  /// The test of counted rows; nil where the ends of the baseline are not known.
  fileprivate init?(
    _ ranks: RankPartition, baseline: BinCounter.Cells, current: BinCounter.Cells,
    rows: (baseline: Int, current: Int)
  ) {
    guard let above = ranks.above(current), let below = ranks.below(current),
      let own = (ranks.above(baseline), ranks.below(baseline)) as? (Int, Int)
    else { return nil }
    self.init(
      above: above, below: below, baselineRows: rows.baseline, currentRows: rows.current,
      baselineBeyond: (own.0, own.1))
  }
}
