public import DriftStatistics

/// New levels among others.
public struct NewLevelsOutcome: UnseenLevelsOutcome {
  /// New levels.
  public static var id: Finding.Test { .newLevels }

  /// The test.
  public let test: NewLevelsTest
  /// Its p-value, adjusted over all categorical features.
  public package(set) var adjustedPValue = 1.0
  /// What it says.
  public package(set) var status = DriftStatus.ok

  /// The share of rows with a new level.
  public var statistic: Double? { test.share }
  /// How likely it is without drift.
  public var significance: Significance? {
    Significance(pValue: test.pValue, adjustedPValue: adjustedPValue)
  }

  package var share: Double { test.share }
  package var shareError: Double { test.shareError }
  package var expectedShare: Double { test.expectedShare }
  package var goodTuringShare: Double { test.goodTuringShare }
  package var exampleCounts: [(name: String, rows: Int)] {
    test.examples.map { ($0.level.description, $0.count) }
  }

  package mutating func adjust(to p: Double) { adjustedPValue = p }
}

extension FeatureResult {
  /// New levels; nil for numeric features and when a side has no data.
  public internal(set) var newLevels: NewLevelsOutcome? {
    get { results[NewLevelsOutcome.self] }
    set { results[NewLevelsOutcome.self] = newValue }
  }
}

extension Thresholds {
  /// The share of new levels beyond the expected one from which a feature warns.
  public var newLevelsWarn: Double {
    get { self[NewLevelsEntry.limits].warn }
    set { self[NewLevelsEntry.limits].warn = newValue }
  }
  /// The share of new levels beyond the expected one from which a feature fails.
  public var newLevelsFail: Double {
    get { self[NewLevelsEntry.limits].fail }
    set { self[NewLevelsEntry.limits].fail = newValue }
  }
}
