internal import DriftColumns
internal import DriftStatistics
internal import DriftSummaries

extension PopulationStabilityEntry {
  package static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison) {
    let options = pair.configuration.populationStability(for: pair.name)
    switch pair.bins {
    case .numbers(let bins):
      comparison.result.populationStability = outcome(pair, bins, options)
      comparison.comparesValues =
        pair.kind == .time || comparison.result.populationStability?.test.pValue != nil
    case .levels(let binning):
      compare(pair, binning, options, into: &comparison)
    }
  }

  private static func outcome(
    _ pair: ComparedFeature, _ bins: NumberBins, _ options: PopulationStabilityIndex.Options
  ) -> StabilityOutcome? {
    let (before, after) = (pair.baseline.summary, pair.current.summary)
    let counts = (baseline: pair.baseline.binCounts, current: pair.current.binCounts)
    let missing = options.counted(before.missing, after.missing)
    let rows: BinCounts
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
    }
    // There is none where all rows are in one bin.
    return (try? PopulationStabilityIndex(rows, options: options)).map {
      StabilityOutcome(test: $0)
    }
  }

  private static func compare(
    _ pair: ComparedFeature, _ binning: CategoricalBinning,
    _ options: PopulationStabilityIndex.Options, into comparison: inout FeatureComparison
  ) {
    guard let before = pair.baseline.levels, let after = pair.current.levels else { return }
    let levels = LevelComparison(binning, baseline: before, current: after, options: options)
    comparison.comparesValues = levels.comparesLevels
    comparison.result.populationStability =
      (try? PopulationStabilityIndex(levels.counts, options: options, pValue: levels.pValue))
      .map { StabilityOutcome(test: $0) }
    comparison.stabilityBound = levels.uncertain.map {
      PopulationStabilityIndex.most(
        $0, rows: (before.present, after.present),
        missing: options.counted(before.missing, after.missing), emptyBins: options.emptyBins)
    }
    comparison.holdsIdentifiers = [before, after].contains { $0.holdsIdentifiers }
  }
}
