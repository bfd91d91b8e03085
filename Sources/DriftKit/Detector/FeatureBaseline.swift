internal import DriftColumns
internal import DriftStatistics
internal import DriftSummaries

/// One feature of the baseline, fitted once.
struct FeatureBaseline: Sendable {
  let name: String
  let kind: ColumnKind
  let bins: FeatureBins
  let profile: FeatureProfile

  init(_ column: Column, configuration: DriftConfiguration, work: PieceWork) {
    name = column.name
    kind = column.kind
    switch column.storage {
    case .categorical(let counts):
      let options = configuration.populationStability
      let binning = CategoricalBinning(
        fitting: counts, minimumCount: options.minimumCount, maximumLevels: options.maximumLevels)
      bins = .levels(binning)
      profile = FeatureProfile(counts, binning: binning)
    case .numeric(let numbers, let unparseable):
      let tally = NumberTally(numbers, work: work)
      let fitted = NumberBins(
        fitting: numbers, tally: tally, of: column.name, configuration: configuration, work: work)
      bins = .numbers(fitted)
      profile = FeatureProfile(
        NumberProfile(tally: tally, cells: fitted.counter.cells(of: numbers, work: work)),
        unparseable: unparseable, counter: fitted.counter)
    }
  }

  /// Refuses given edges that leave all values in one bin although they differ: no drift would
  /// show.
  ///
  /// - Throws: `DriftError.invalidConfiguration`.
  func requireEdges(_ configuration: DriftConfiguration) throws(DriftError) {
    guard case .numbers(let fitted) = bins, case .numeric = fitted.kind,
      case .edges(let edges) = configuration.populationStability(for: name).binning,
      let minimum = profile.summary.minimum, let maximum = profile.summary.maximum,
      minimum < maximum, profile.binCounts.count(where: { $0 > 0 }) == 1,
      // A sketch may not hold the few values beyond an edge.
      !edges.contains(where: { minimum < $0 && $0 <= maximum })
    else { return }
    throw DriftError(
      .invalidConfiguration,
      "all \(profile.summary.present) values of '\(name)' are in one bin, where no drift would "
        + "show, expected edges between \(minimum) and \(maximum)", feature: name)
  }

  /// Compares the feature with the current column, all but what needs the other features.
  func compare(with current: FeatureProfile, configuration: DriftConfiguration)
    -> FeatureComparison
  {
    var comparison = FeatureComparison(
      FeatureResult(
        name: name, kind: kind, baseline: profile.summary, current: current.summary))
    let hasData = profile.summary.present > 0 && current.summary.present > 0
    guard hasData || configuration.compatibility == .churnMLOps else { return comparison }
    let uncertain = uncertainBins(current, configuration.populationStability)
    comparison.result.populationStability = populationStability(
      current,
      counts: (
        uncertain?.baseline ?? profile.binCounts, uncertain?.current ?? current.binCounts
      ), configuration: configuration)
    if let uncertain {
      let options = configuration.populationStability(for: name)
      comparison.stabilityBound = PopulationStabilityIndex.most(
        uncertain, rows: (profile.summary.present, current.summary.present),
        missing: options.counted(profile.summary.missing, current.summary.missing),
        emptyBins: options.emptyBins)
    }
    guard hasData else { return comparison }
    if kind == .numeric {
      comparison.result.meanShift = MeanShiftOutcome(
        baseline: profile.moments, current: current.moments,
        variance: configuration.meanShiftVariance)
    }
    if let before = profile.levels, let after = current.levels {
      comparison.hasDroppedLevels = !(before.isExact && after.isExact)
      comparison.newLevelsBound = MostNewLevels(baseline: before, current: after)
      comparison.result.remarks +=
        UncertainLevels.notes(name, baseline: before, current: after).map { Remark($0) }
      do {
        let test = try NewLevelsTest(baseline: before, current: after)
        comparison.result.newLevels = NewLevelsOutcome(test: test)
        if test.levelsForOne > 1 {
          // What the sample says is not less certain than a bound.
          comparison.newLevelsBound = nil
          let number = NumberText.significant(test.levelsForOne, 3)
          comparison.result.remarks.append(
            "\(name): new levels from a sample, one of \(number) levels with all its rows")
        }
      } catch {
        comparison.result.remarks.append(
          Remark(
            "\(name): new levels not tested, \(error.problem)",
            wantsMemory: error.recovery?.kind == .moreMemory))
      }
    }
    return comparison
  }

  /// The rows by bin where they are known by bounds only.
  private func uncertainBins(
    _ current: FeatureProfile, _ options: PopulationStabilityIndex.Options
  ) -> UncertainLevels.Bins? {
    guard case .levels(let binning) = bins, let before = profile.levels, let after = current.levels
    else { return nil }
    return UncertainLevels(baseline: before, current: after).bins(binning, options: options)
  }

  private func populationStability(
    _ current: FeatureProfile, counts: (baseline: [Int], current: [Int]),
    configuration: DriftConfiguration
  ) -> StabilityOutcome? {
    let options = configuration.populationStability(for: name)
    let missing = options.counted(profile.summary.missing, current.summary.missing)
    let rows: BinCounts
    var pooledPValue = 0.0
    switch bins {
    case .numbers(let bins):
      switch bins.kind {
      case .churnMLOps(let binning):
        return StabilityOutcome(
          test: .churnMLOps(
            binning, baseline: counts.baseline, current: counts.current,
            isEmpty: profile.summary.present == 0 || current.summary.present == 0,
            alpha: options.alpha))
      case .numeric(let binning):
        rows = BinCounts(
          binning, baseline: counts.baseline, current: counts.current, missing: missing,
          unparseable: (profile.summary.unparseable, current.summary.unparseable))
      }
    case .levels(let binning):
      rows = BinCounts(
        binning, baseline: counts.baseline, current: counts.current, missing: missing)
      if let before = profile.levels, let after = current.levels {
        pooledPValue = CategoricalBinning.pooledPValue(
          baseline: before, current: after, missing: missing, options: options)
      }
    }
    return (try? PopulationStabilityIndex(rows, options: options, pooledPValue: pooledPValue))
      .map { StabilityOutcome(test: $0) }
  }
}

extension MeanShiftOutcome {
  init(
    baseline: Moments, current: Moments, variance: DriftConfiguration.MeanShiftVariance
  ) {
    let effect = try? HedgesG(baseline: baseline, current: current)
    let test: (any MeanShiftTest)? =
      switch variance {
      case .welch: try? WelchTTest(baseline: baseline, current: current)
      case .pooled: try? StudentTTest(baseline: baseline, current: current)
      }
    statistic = test?.statistic
    degreesOfFreedom = test?.degreesOfFreedom
    pValue = test.map { test in
      guard baseline.isConstant != current.isConstant else { return test.pValue }
      return max(
        test.pValue, (try? StudentTTest(baseline: baseline, current: current))?.pValue ?? 0)
    }
    difference = test?.difference
    effectSize = effect?.value
    effectSizeInterval = effect?.interval
  }
}
