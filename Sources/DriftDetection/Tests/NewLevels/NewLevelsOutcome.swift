public import DriftStatistics

/// New levels among others.
public struct NewLevelsOutcome: JudgedResult {
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
  /// The share of rows beyond the expected one.
  public var effect: Double? { test.share - test.expectedShare }

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
