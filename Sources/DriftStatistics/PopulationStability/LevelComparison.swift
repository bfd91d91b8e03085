public import DriftColumns
package import DriftSummaries

/// The levels of both sides in bins, and how likely the difference is without drift.
///
/// The index has a bin for each level that is frequent on either side. The p-value is that of bins that
/// were chosen without a look at the current side: chosen by it, they would find levels that are
/// frequent in it by chance.
package struct LevelComparison: Sendable {
  /// The rows by bin.
  package let counts: BinCounts
  /// How likely they are without drift; nil where all levels are counted together, with no other bin.
  package let pValue: Double?
  /// Whether the p-value tells one level from another, and not only cells with a level from those
  /// without.
  package let comparesLevels: Bool
  /// What the rows by bin may be, where that is known by bounds only.
  package let uncertain: UncertainLevels.Bins?

  /// - Parameters:
  ///   - binning: The bins that the baseline chose.
  ///   - baseline: The baseline's counts.
  ///   - current: The current counts.
  ///   - options: How levels get bins, and whether missing cells have one.
  /// - Complexity: O(levels).
  package init(
    _ binning: CategoricalBinning, baseline: LevelCounts, current: LevelCounts,
    options: PopulationStabilityIndex.Options
  ) {
    let missing = options.counted(baseline.missing, current.missing)
    let all = binning.adding(
      frequentIn: current, minimumCount: options.minimumCount,
      maximumLevels: options.maximumLevels)
    let bounds = UncertainLevels(baseline: baseline, current: current)
    uncertain = bounds.bins(all, options: options)
    func counted(_ binning: CategoricalBinning, _ known: (baseline: [Int], current: [Int])?)
      -> BinCounts
    {
      BinCounts(
        binning, baseline: known?.baseline ?? binning.counts(of: baseline),
        current: known?.current ?? binning.counts(of: current), missing: missing)
    }
    counts = counted(all, uncertain.map { ($0.baseline, $0.current) })
    let pooled = CategoricalBinning.pooledTest(
      baseline: baseline, current: current, missing: missing, options: options)
    // Bins without a level say nothing of levels; the pooled ones are right alone.
    let own =
      binning.levels.isEmpty
      ? nil : counted(binning, bounds.closestCounts(binning).map { ($0.baseline, $0.current) })
    pValue = pooled.pValue.map { max($0, own?.homogeneity ?? 0) }
    comparesLevels = pooled.comparesLevels
  }
}

extension PopulationStabilityIndex {
  /// The index of two categorical samples.
  ///
  /// - Throws: `StatisticsError.insufficientData` when no row of a side falls in any bin, and when all
  ///   rows fall in the same.
  public init(baseline: LevelCounts, current: LevelCounts, options: Options = Options())
    throws(StatisticsError)
  {
    try options.validate()
    let binning = CategoricalBinning(
      fitting: baseline, minimumCount: options.minimumCount, maximumLevels: options.maximumLevels)
    let levels = LevelComparison(binning, baseline: baseline, current: current, options: options)
    try self.init(levels.counts, options: options, pValue: levels.pValue)
  }
}
