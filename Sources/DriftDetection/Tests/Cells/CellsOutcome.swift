public import DriftStatistics

/// The test of missing and invalid cells among others.
public struct CellsOutcome: JudgedResult {
  /// Missing and invalid cells.
  public static var id: Finding.Test { .cells }

  /// The test.
  public let test: CellsTest
  /// Its p-value, adjusted for the test of the values and over all features; nil where it has none.
  public package(set) var adjustedPValue: Double?
  /// What it says.
  public package(set) var status = DriftStatus.ok

  /// No statistic.
  public var statistic: Double? { nil }
  /// How likely it is without drift; nil where all cells are of one kind.
  public var significance: Significance? {
    test.pValue.map { Significance(pValue: $0, adjustedPValue: adjustedPValue ?? $0) }
  }
  /// The larger change of a share.
  public var effect: Double? { test.change }

  package mutating func adjust(to p: Double) { adjustedPValue = p }
}

extension FeatureResult {
  /// Missing and invalid cells; nil when a side has no data.
  public internal(set) var cells: CellsOutcome? {
    get { results[CellsOutcome.self] }
    set { results[CellsOutcome.self] = newValue }
  }
}

extension Thresholds {
  /// The change of the share of missing or invalid cells from which a feature warns.
  public var missingWarn: Double {
    get { self[CellsEntry.limits].warn }
    set { self[CellsEntry.limits].warn = newValue }
  }
  /// The change of the share of missing or invalid cells from which a feature fails.
  public var missingFail: Double {
    get { self[CellsEntry.limits].fail }
    set { self[CellsEntry.limits].fail = newValue }
  }
}
