/// What the tests need to know of one side of a feature, its bins already known.
struct FeatureProfile: Sendable {
  let summary: SideSummary
  /// Rows by bin, without the cells that have no value.
  let binCounts: [Int]
  /// Moments of the finite values of a numeric feature.
  let moments: Moments
  /// Counts of a categorical feature.
  let levels: LevelCounts?
}

/// The bins of a feature, frozen from the baseline.
enum FeatureBins: Sendable {
  case numeric(NumericBinning)
  case churnMLOps(ChurnMLOpsBinning)
  case categorical(CategoricalBinning)

  /// Chooses the bins for a baseline column.
  init(fitting cells: Column.Cells, configuration: DriftConfiguration) {
    let options = configuration.populationStability
    switch cells {
    case .categorical(let counts):
      self = .categorical(
        CategoricalBinning(
          fitting: counts, minimumCount: options.minimumCount,
          maximumLevels: options.maximumLevels))
    case .numeric(let values, _):
      switch configuration.compatibility {
      case .churnMLOps:
        self = .churnMLOps(ChurnMLOpsBinning(baseline: values.filter { !$0.isNaN }))
      case .none:
        self = .numeric(
          NumericBinning(
            fitting: values, method: options.binning, minimumCount: options.minimumCount))
      }
    }
  }

  /// Profiles one side of the feature; nil when its cells are of another kind than the bins.
  func profile(_ cells: Column.Cells) -> FeatureProfile? {
    switch (self, cells) {
    case (.categorical(let binning), .categorical(let counts)):
      return FeatureProfile(
        summary: SideSummary(counts), binCounts: binning.counts(of: counts), moments: Moments(),
        levels: counts)
    case (.numeric(let binning), .numeric(let values, let unparseable)):
      return numeric(values, unparseable, binning.counts(of: values))
    case (.churnMLOps(let binning), .numeric(let values, let unparseable)):
      return numeric(values, unparseable, binning.counts(of: values))
    case (.numeric, .categorical(let counts)), (.churnMLOps, .categorical(let counts)):
      // Text where numbers are expected: counted and shown, never dropped.
      let absent = [Double](repeating: .nan, count: counts.rows)
      return profile(.numeric(absent, unparseable: counts.present))
    case (.categorical, .numeric):
      return nil
    }
  }

  private func numeric(_ values: [Double], _ unparseable: Int, _ binCounts: [Int])
    -> FeatureProfile
  {
    let moments = Moments(values)
    return FeatureProfile(
      summary: SideSummary(values: values, unparseable: unparseable, moments: moments),
      binCounts: binCounts, moments: moments, levels: nil)
  }
}
