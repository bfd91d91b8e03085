internal import DriftStatistics

/// What the tests of a feature's values and cells say before p-values are adjusted: the evidence of the
/// feature is the smaller of both p-values, doubled.
struct FeatureEvidence: Sendable {
  /// Of numbers; nil for others.
  let numbers: DistributionTest?
  /// Of levels; nil for others.
  let levels: LevelComparison?
  /// Of missing and invalid cells; nil where a side has no rows.
  let cells: CellsTest?
  /// The p-value of the values; nil where they cannot be told apart.
  let valuesPValue: Double?
  /// The p-value of the feature; nil where nothing can be told apart.
  let pValue: Double?
  /// The same, adjusted over the features.
  var adjustedPValue: Double?
  /// How many features it was adjusted over.
  var featureCount = 1

  init(_ pair: ComparedFeature) {
    let (before, after) = (pair.baseline, pair.current)
    (numbers, levels) = Self.values(pair)
    valuesPValue = numbers?.pValue ?? levels?.pValue
    cells = try? CellsTest(
      baseline: CellsTest.Cells(before.summary), current: CellsTest.Cells(after.summary))
    pValue = Evidence.pValue(of: valuesPValue, cells?.pValue)
  }

  private static func values(_ pair: ComparedFeature) -> (DistributionTest?, LevelComparison?) {
    let (before, after) = (pair.baseline, pair.current)
    switch pair.bins {
    case .numbers(let bins):
      guard case .numeric(let binning) = bins.kind else { return (nil, nil) }
      let test = try? DistributionTest(
        binning, baseline: before.cells, current: after.cells,
        rankError: before.rankError + after.rankError)
      return (test, nil)
    case .levels(let binning):
      guard let x = before.levels, let y = after.levels else { return (nil, nil) }
      let options = pair.configuration.populationStability(for: pair.name)
      return (nil, LevelComparison(binning, baseline: x, current: y, options: options))
    }
  }

  /// The p-value of one of the tests, adjusted for the other one and over the features: by the factor by
  /// which that of the feature was.
  func adjusted(_ p: Double) -> Double {
    let made = valuesPValue != nil && cells?.pValue != nil ? 2.0 : 1
    guard let pValue, let adjustedPValue else { return min(1, made * p) }
    let factor = pValue > 0 ? adjustedPValue / pValue : Double(featureCount)
    return min(1, made * p * factor)
  }
}

extension CellsTest.Cells {
  fileprivate init(_ side: SideSummary) {
    self.init(valid: side.present, missing: side.missing, invalid: side.unparseable)
  }
}
