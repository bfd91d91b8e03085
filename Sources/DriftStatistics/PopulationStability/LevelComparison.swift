public import DriftColumns
package import DriftSummaries

/// The levels of both sides in bins, and how likely the difference is without drift.
///
/// The index has a bin for each level that is frequent on either side. The p-value is that of all levels of
/// both, none of them chosen by a side.
package struct LevelComparison: Sendable {
  /// The rows by bin.
  package let counts: BinCounts
  /// How likely such a difference of levels is without drift; nil where they cannot differ, as each has
  /// one row.
  package let pValue: Double?
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
    guard baseline.isExact, current.isExact else {
      // The least that the bounds allow, with bins that favour no side.
      let pooled = bounds.pooledTest(options: options)
      let own =
        binning.levels.isEmpty
        ? nil : counted(binning, bounds.closestCounts(binning).map { ($0.baseline, $0.current) })
      pValue = pooled.map { max($0, own?.homogeneity ?? 0) }
      return
    }
    let pairs = Self.rows(baseline, current)
    // One level on both sides is the same: there is nothing that could be a difference.
    pValue = pairs.count == 1 ? 1 : (try? PearsonTest(pairs))?.pValue
  }

  /// The rows of all levels of two samples.
  private static func rows(_ baseline: LevelCounts, _ current: LevelCounts) -> [(
    baseline: Int, current: Int
  )] {
    var rows: [(baseline: Int, current: Int)] = []
    baseline.table.forEach(countedIn: current.table) { rows.append(($1, $2)) }
    current.table.forEach(countedIn: baseline.table) { if $2 == 0 { rows.append((0, $1)) } }
    return rows
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
    let cells = try? CellsTest(
      baseline: .init(valid: baseline.present, missing: baseline.missing),
      current: .init(valid: current.present, missing: current.missing))
    try self.init(
      levels.counts, options: options, pValue: Evidence.pValue(of: levels.pValue, cells?.pValue))
  }
}
