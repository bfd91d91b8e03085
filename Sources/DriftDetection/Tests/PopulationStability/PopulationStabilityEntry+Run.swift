internal import DriftStatistics
internal import DriftSummaries

extension PopulationStabilityEntry {
  package static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison) {
    let (before, after) = (pair.baseline.summary, pair.current.summary)
    let uncertain = uncertainBins(pair)
    comparison.result.populationStability = outcome(
      pair,
      counts: (
        uncertain?.baseline ?? pair.baseline.binCounts,
        uncertain?.current ?? pair.current.binCounts
      ))
    guard let uncertain else { return }
    let options = pair.configuration.populationStability(for: pair.name)
    comparison.stabilityBound = PopulationStabilityIndex.most(
      uncertain, rows: (before.present, after.present),
      missing: options.counted(before.missing, after.missing), emptyBins: options.emptyBins)
  }

  /// The rows by bin where they are known by bounds only.
  private static func uncertainBins(_ pair: ComparedFeature) -> UncertainLevels.Bins? {
    guard case .levels(let binning) = pair.bins, let before = pair.baseline.levels,
      let after = pair.current.levels
    else { return nil }
    return UncertainLevels(baseline: before, current: after)
      .bins(binning, options: pair.configuration.populationStability)
  }

  private static func outcome(
    _ pair: ComparedFeature, counts: (baseline: [Int], current: [Int])
  ) -> StabilityOutcome? {
    let options = pair.configuration.populationStability(for: pair.name)
    let (before, after) = (pair.baseline.summary, pair.current.summary)
    let missing = options.counted(before.missing, after.missing)
    let rows: BinCounts
    var pooledPValue = 0.0
    switch pair.bins {
    case .numbers(let bins):
      switch bins.kind {
      case .churnMLOps(let binning):
        return StabilityOutcome(
          test: .churnMLOps(
            binning, baseline: counts.baseline, current: counts.current, isEmpty: !pair.hasData,
            alpha: options.alpha))
      case .numeric(let binning):
        rows = BinCounts(
          binning, baseline: counts.baseline, current: counts.current, missing: missing,
          unparseable: (before.unparseable, after.unparseable))
      case .times:
        rows = BinCounts(
          valid: (before.present, after.present), missing: missing,
          invalid: (before.unparseable, after.unparseable))
        // Where all cells are valid nothing is compared.
        guard rows.bins.count > 1 else { return nil }
      }
    case .levels(let binning):
      rows = BinCounts(
        binning, baseline: counts.baseline, current: counts.current, missing: missing)
      if let before = pair.baseline.levels, let after = pair.current.levels {
        pooledPValue = CategoricalBinning.pooledPValue(
          baseline: before, current: after, missing: missing, options: options)
      }
    }
    return (try? PopulationStabilityIndex(rows, options: options, pooledPValue: pooledPValue))
      .map { StabilityOutcome(test: $0) }
  }
}
