internal import DriftColumns
internal import DriftSummaries

/// What the tests need to know of one side of a feature, its bins already known.
struct FeatureProfile: Sendable {
  let summary: SideSummary
  /// Rows by bin, without the cells that have no value.
  let binCounts: [Int]
  /// Moments of the finite values of a numeric feature.
  let moments: Moments
  /// Counts of a categorical feature.
  let levels: LevelCounts?

  /// One side of a numeric feature. `unparseable` of the rows without a number hold something else.
  init(
    _ profile: NumberProfile, unparseable: Int, counter: BinCounter,
    details: ColumnDetails = ColumnDetails()
  ) {
    summary = SideSummary(profile.tally, unparseable: unparseable, details: details)
    binCounts = counter.counts(ofCells: profile.cells)
    moments = profile.tally.moments
    levels = nil
  }

  /// One side of a categorical feature.
  init(
    _ counts: LevelCounts, binning: CategoricalBinning, details: ColumnDetails = ColumnDetails()
  ) {
    summary = SideSummary(counts, details: details)
    binCounts = binning.counts(of: counts)
    moments = Moments()
    levels = counts
  }
}
