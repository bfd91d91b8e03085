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
      profile = FeatureProfile(counts, binning: binning, details: column.details)
    case .numeric(let numbers, let unparseable):
      let tally = NumberTally(numbers, work: work)
      let fitted = NumberBins(
        fitting: numbers, tally: tally, of: column.name, configuration: configuration, work: work)
      bins = .numbers(fitted)
      profile = FeatureProfile(
        NumberProfile(tally: tally, cells: fitted.counter.cells(of: numbers, work: work)),
        unparseable: unparseable, counter: fitted.counter, details: column.details)
    case .time(let times, let unparseable):
      let tally = NumberTally(times, work: work)
      let fitted = NumberBins(times: tally.moments)
      bins = .numbers(fitted)
      profile = FeatureProfile(
        NumberProfile(tally: tally, cells: fitted.counter.cells(of: times, work: work)),
        unparseable: unparseable, counter: fitted.counter, details: column.details)
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
    if kind == .time, current.binCounts.count == 3, current.summary.present > 0 {
      comparison.result.shareOutside =
        1 - Double(current.binCounts[1]) / Double(current.summary.present)
    }
    TestTable.run(
      ComparedFeature(
        name: name, kind: kind, bins: bins, baseline: profile, current: current,
        configuration: configuration), into: &comparison)
    return comparison
  }
}
