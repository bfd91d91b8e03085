/// What a check found.
public struct DriftResult: Sendable, Hashable {
  /// The worst of all.
  public let status: DriftStatus
  /// Why it is WARN or FAIL, in words, the worst first.
  public let reasons: [String]
  /// What else is worth knowing.
  public let notes: [String]
  /// The baseline's rows.
  public let baselineRows: Int
  /// The current rows.
  public let currentRows: Int
  /// The features, in the order of the baseline's columns.
  public let features: [FeatureResult]
  /// The kernel two-sample test; nil when it was not run.
  public let maximumMeanDiscrepancy: DiscrepancyOutcome?

  /// The largest population stability index of all features; 0 when there is none.
  public var maximumStabilityIndex: Double {
    features.compactMap { $0.populationStability?.test.value }.max() ?? 0
  }
}

/// What a check found for one feature.
public struct FeatureResult: Sendable, Hashable {
  /// The feature's name.
  public let name: String
  /// Its kind, as the baseline has it.
  public let kind: ColumnKind
  /// The worst of its tests.
  public internal(set) var status = DriftStatus.ok
  /// Why it is WARN or FAIL, in words.
  public internal(set) var reasons: [String] = []
  /// What else is worth knowing.
  public internal(set) var notes: [String] = []
  /// The baseline in numbers.
  public let baseline: SideSummary
  /// The current data in numbers; nil when the column is gone.
  public let current: SideSummary?
  /// The population stability index; nil when a side has no data.
  public internal(set) var populationStability: StabilityOutcome?
  /// What the index is at most, where counts are known by bounds only; nil when it is that of
  /// `populationStability`.
  var mostStability: PopulationStabilityIndex.Most?
  /// What share of rows may be new at most, where levels were dropped; nil when it is known.
  var mostNewLevels: MostNewLevels?
  /// Whether a side had more levels than memory holds.
  var hasDroppedLevels = false
  /// What the index may be at most, where it would not warn but for that.
  package internal(set) var possibleStability: Double?
  /// What share of the current rows may have new levels at most, where the test would not warn but for
  /// that.
  package internal(set) var possibleNewLevels: Double?
  /// The mean shift; nil for categorical features and when a side has no data.
  public internal(set) var meanShift: MeanShiftOutcome?
  /// New levels; nil for numeric features and when a side has no data.
  public internal(set) var newLevels: NewLevelsOutcome?
}

/// A population stability index among others.
public struct StabilityOutcome: Sendable, Hashable {
  /// The index.
  public let test: PopulationStabilityIndex
  /// Its p-value, adjusted over all features.
  public internal(set) var adjustedPValue = 1.0
  /// What it says.
  public internal(set) var status = DriftStatus.ok
}

/// A mean shift among others.
public struct MeanShiftOutcome: Sendable, Hashable {
  /// The t statistic, current minus baseline; nil when both sides are constant and different, and
  /// when there is too little data.
  public let statistic: Double?
  /// Degrees of freedom; nil where there is no statistic.
  public let degreesOfFreedom: Double?
  /// Two-sided p-value; nil when a side has fewer than two finite values. Where one side is constant,
  /// it is the larger one of both t-tests: that side says nothing of its variance, which Welch's test
  /// would take for 0.
  public let pValue: Double?
  /// The difference of the means, current minus baseline; nil when a side has no finite value.
  public let difference: Double?
  /// Hedges' g; nil when both sides are constant and different, and when there is too little data.
  public let effectSize: Double?
  /// Its 95 % interval.
  public let effectSizeInterval: ClosedRange<Double>?
  /// The p-value, adjusted over all numeric features.
  public internal(set) var adjustedPValue: Double?
  /// What it says.
  public internal(set) var status = DriftStatus.ok
}

/// New levels among others.
public struct NewLevelsOutcome: Sendable, Hashable {
  /// The test.
  public let test: NewLevelsTest
  /// Its p-value, adjusted over all categorical features.
  public internal(set) var adjustedPValue = 1.0
  /// What it says.
  public internal(set) var status = DriftStatus.ok
}

/// The kernel two-sample test over the numeric features.
public struct DiscrepancyOutcome: Sendable, Hashable {
  /// The test.
  public let test: MaximumMeanDiscrepancy
  /// The features that took part.
  public let features: [String]
  /// What it says.
  public let status: DriftStatus
  /// What the discrepancy comes from; nil unless the status is FAIL.
  public let causes: DiscrepancyCauses?
}
