public import DriftStatistics

/// A population stability index among others.
public struct StabilityOutcome: JudgedResult {
  /// The population stability index.
  public static var id: Finding.Test { .populationStability }

  /// The index.
  public let test: PopulationStabilityIndex
  /// Its p-value, adjusted over all features; nil where the index has none.
  public package(set) var adjustedPValue: Double?
  /// What it says.
  public package(set) var status = DriftStatus.ok

  /// The index.
  public var statistic: Double? { test.value }
  /// How likely it is without drift; nil where all levels are too rare to tell.
  public var significance: Significance? {
    test.pValue.map { Significance(pValue: $0, adjustedPValue: adjustedPValue ?? $0) }
  }
  /// The index.
  public var effect: Double? { test.value }

  package mutating func adjust(to p: Double) { adjustedPValue = p }
}

extension FeatureResult {
  /// The population stability index; nil when a side has no data, and when all rows are in one bin.
  public internal(set) var populationStability: StabilityOutcome? {
    get { results[StabilityOutcome.self] }
    set { results[StabilityOutcome.self] = newValue }
  }
}

extension Thresholds {
  /// The population stability index from which a feature warns.
  public var stabilityWarn: Double {
    get { self[PopulationStabilityEntry.limits].warn }
    set { self[PopulationStabilityEntry.limits].warn = newValue }
  }
  /// The population stability index from which a feature fails.
  public var stabilityFail: Double {
    get { self[PopulationStabilityEntry.limits].fail }
    set { self[PopulationStabilityEntry.limits].fail = newValue }
  }
}
