internal import DriftColumns
internal import DriftSummaries

/// What the tests need to know of one side of a feature, its bins already known.
struct FeatureProfile: Sendable {
  let summary: SideSummary
  /// Rows by bin, without the cells that have no value.
  let binCounts: [Int]
  /// Rows of a numeric feature by cell of its bins' counter.
  let cells: BinCounter.Cells
  /// By how much ranks may be off, as a share of the rows: 0 where all rows were counted.
  let rankError: Double
  /// Moments of the finite values of a numeric feature.
  let moments: Moments
  /// Counts of a categorical feature.
  let levels: LevelCounts?

  /// One side of a numeric feature. `unparseable` of the rows without a number hold something else.
  init(
    _ profile: NumberProfile, unparseable: Int, counter: BinCounter,
    details: ColumnDetails = ColumnDetails(), rankError: Double = 0
  ) {
    summary = SideSummary(profile.tally, unparseable: unparseable, details: details)
    binCounts = counter.counts(ofCells: profile.cells)
    cells = profile.cells
    self.rankError = rankError
    moments = profile.tally.moments
    levels = nil
  }

  /// One side of a categorical feature.
  init(
    _ counts: LevelCounts, binning: CategoricalBinning, details: ColumnDetails = ColumnDetails()
  ) {
    summary = SideSummary(counts, details: details)
    binCounts = binning.counts(of: counts)
    cells = []
    rankError = 0
    moments = Moments()
    levels = counts
  }
}
