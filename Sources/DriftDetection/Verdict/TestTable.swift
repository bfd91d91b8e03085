internal import DriftStatistics

/// All tests. A new one is a folder in `Tests` and a line here: limits, flags, keys of columns, reports,
/// metrics and logs follow from what it declares.
package enum TestTable {
  /// The tests, in the order of the reports.
  package static let all: [any DriftTest.Type] = [
    PopulationStabilityEntry.self,
    MeanShiftEntry.self,
    NewLevelsEntry.self,
    LostLevelsEntry.self,
    DistributionEntry.self,
    CellsEntry.self,
    DiscrepancyEntry.self,
    DependenceEntry.self,
  ]

  /// The tests of single features.
  package static let ofFeatures = all.compactMap { $0 as? any FeatureTest.Type }

  /// What those declare of their limits.
  package static let limits = ofFeatures.map { $0.limits }

  /// What the tests of all features together declare of their limits.
  package static let jointLimits = [DiscrepancyEntry.limits, DependenceEntry.limits]

  /// The test of single features with a name; nil where it has none.
  package static func ofFeatures(_ id: Finding.Test) -> (any FeatureTest.Type)? {
    ofFeatures.first { $0.id == id }
  }

  /// Runs all tests that a feature can have.
  static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison) {
    if pair.hasData { comparison.evidence = FeatureEvidence(pair) }
    for test in ofFeatures where test.kinds.contains(pair.kind) {
      guard pair.hasData || pair.configuration.compatibility != .none && test.countsWithOlderJob
      else { continue }
      test.run(pair, into: &comparison)
    }
  }

  /// Adjusts the p-values of every test over the features.
  static func adjust(_ comparisons: inout [FeatureComparison], _ adjustment: PValueAdjustment) {
    adjustEvidence(&comparisons, adjustment)
    for test in ofFeatures { adjust(test, &comparisons, adjustment) }
  }

  /// Adjusts the evidence of the features, of which several tests take their part.
  private static func adjustEvidence(
    _ comparisons: inout [FeatureComparison], _ adjustment: PValueAdjustment
  ) {
    let tested = comparisons.indices.filter { comparisons[$0].evidence?.pValue != nil }
    let adjusted = adjustment.adjust(tested.compactMap { comparisons[$0].evidence?.pValue })
    for (index, p) in zip(tested, adjusted) {
      comparisons[index].evidence?.adjustedPValue = p
      comparisons[index].evidence?.featureCount = adjustment == .none ? 1 : tested.count
    }
  }

  private static func adjust<Test: FeatureTest>(
    _: Test.Type, _ comparisons: inout [FeatureComparison], _ adjustment: PValueAdjustment
  ) {
    func pValue(_ comparison: FeatureComparison) -> Double? {
      comparison.result.results[Test.Outcome.self]?.significance?.pValue
    }
    let tested = comparisons.indices.filter { pValue(comparisons[$0]) != nil }
    if let share = Test.evidence {
      for index in tested {
        guard let p = pValue(comparisons[index]), let evidence = comparisons[index].evidence else {
          continue
        }
        comparisons[index].result.results[Test.Outcome.self]?.adjust(
          to: share == .whole ? evidence.adjustedPValue ?? p : evidence.adjusted(p))
      }
      return
    }
    let adjusted = adjustment.adjust(tested.compactMap { pValue(comparisons[$0]) })
    for (index, p) in zip(tested, adjusted) {
      comparisons[index].result.results[Test.Outcome.self]?.adjust(to: p)
    }
  }
}
