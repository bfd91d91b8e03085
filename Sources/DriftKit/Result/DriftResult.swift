internal import DriftColumns
internal import DriftStatistics

/// What a check found.
public struct DriftResult: Sendable, Hashable, Codable {
  /// The worst of all.
  public let status: DriftStatus
  /// What else is worth knowing.
  let remarks: [Remark]
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

  /// A feature by its name, compared as bytes; nil when it was not checked.
  /// - Complexity: O(features).
  public subscript(name: String) -> FeatureResult? {
    features.first { $0.name.utf8.elementsEqual(name.utf8) }
  }
}

/// What a check found for one feature.
public struct FeatureResult: Sendable, Hashable, Codable {
  /// The feature's name.
  public let name: String
  /// Its kind, as the baseline has it.
  public let kind: ColumnKind
  /// The worst of its tests.
  public internal(set) var status = DriftStatus.ok
  /// What its tests found, the worst first; empty when it is OK.
  public internal(set) var findings: [Finding] = []
  /// What else is worth knowing.
  var remarks: [Remark] = []
  /// The baseline in numbers.
  public let baseline: SideSummary
  /// The current data in numbers; nil when the column is gone.
  public let current: SideSummary?
  /// The population stability index; nil when a side has no data.
  public internal(set) var populationStability: StabilityOutcome?
  /// The mean shift; nil for categorical features and when a side has no data.
  public internal(set) var meanShift: MeanShiftOutcome?
  /// New levels; nil for numeric features and when a side has no data.
  public internal(set) var newLevels: NewLevelsOutcome?
  /// The share of current rows that may have new levels at most; nil unless the test warns for that
  /// alone.
  public internal(set) var newLevelsBound: NewLevelsBound?

  /// A share of new levels that is known by its bound only, as levels were dropped.
  public struct NewLevelsBound: Sendable, Hashable, Codable {
    /// The largest share of the current rows that may have a new level.
    public let share: Double
    /// The share that chance makes one expect; nil when it is not known.
    public let expectedShare: Double?
  }

  init(name: String, kind: ColumnKind, baseline: SideSummary, current: SideSummary?) {
    self.name = name
    self.kind = kind
    self.baseline = baseline
    self.current = current
  }
}

/// A population stability index among others.
public struct StabilityOutcome: Sendable, Hashable, Codable {
  /// The index.
  public let test: PopulationStabilityIndex
  /// Its p-value, adjusted over all features.
  public internal(set) var adjustedPValue = 1.0
  /// What it says.
  public internal(set) var status = DriftStatus.ok
}

/// A mean shift among others.
public struct MeanShiftOutcome: Sendable, Hashable, Codable {
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
public struct NewLevelsOutcome: Sendable, Hashable, Codable {
  /// The test.
  public let test: NewLevelsTest
  /// Its p-value, adjusted over all categorical features.
  public internal(set) var adjustedPValue = 1.0
  /// What it says.
  public internal(set) var status = DriftStatus.ok
}

/// The kernel two-sample test over the numeric features.
public struct DiscrepancyOutcome: Sendable, Hashable, Codable {
  /// The test.
  public let test: MaximumMeanDiscrepancy
  /// The features that took part.
  public let features: [String]
  /// What it says.
  public let status: DriftStatus
  /// What the discrepancy comes from; nil unless the status is FAIL.
  public let causes: DiscrepancyCauses?
  /// The finding; nil when the test is OK, and where an older job's numbers decide alone.
  public let finding: Finding?
}
