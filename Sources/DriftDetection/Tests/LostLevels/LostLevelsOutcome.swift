public import DriftStatistics

/// Levels of the baseline that are gone, among others.
public struct LostLevelsOutcome: UnseenLevelsOutcome {
  /// Lost levels.
  public static var id: Finding.Test { .lostLevels }

  /// The test.
  public let test: LostLevelsTest
  /// Its p-value, adjusted over all categorical features.
  public package(set) var adjustedPValue = 1.0
  /// What it says.
  public package(set) var status = DriftStatus.ok

  /// The share of baseline rows whose level is gone.
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
  /// Lost levels; nil for numeric features and when a side has no data.
  public internal(set) var lostLevels: LostLevelsOutcome? {
    get { results[LostLevelsOutcome.self] }
    set { results[LostLevelsOutcome.self] = newValue }
  }
}

extension Thresholds {
  /// The share of the baseline's rows with lost levels beyond the expected one from which a feature
  /// warns.
  public var lostLevelsWarn: Double {
    get { self[LostLevelsEntry.limits].warn }
    set { self[LostLevelsEntry.limits].warn = newValue }
  }
  /// The share of the baseline's rows with lost levels beyond the expected one from which a feature
  /// fails.
  public var lostLevelsFail: Double {
    get { self[LostLevelsEntry.limits].fail }
    set { self[LostLevelsEntry.limits].fail = newValue }
  }
}
