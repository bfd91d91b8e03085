internal import DriftStatistics

/// The kernel two-sample test over the numeric features.
public struct DiscrepancyOutcome: Sendable, Hashable, Codable {
  /// The test.
  public let test: MaximumMeanDiscrepancy
  /// The features that took part.
  public let features: [String]
  /// The p-value, adjusted over the tests of all features together.
  public let adjustedPValue: Double
  /// What it says.
  public let status: DriftStatus
  /// What the discrepancy comes from; nil unless the status is FAIL.
  public let causes: DiscrepancyCauses?
  /// The finding; nil when the test is OK, and where an older job's numbers decide alone.
  public let finding: Finding?
}

extension DiscrepancyOutcome: TestResult {
  /// The maximum mean discrepancy.
  public static var id: Finding.Test { .maximumMeanDiscrepancy }
  /// The unbiased estimate of MMD^2.
  public var statistic: Double? { test.statistic }
  /// The p-value, and that of both tests of all features.
  public var significance: Significance? {
    Significance(pValue: test.pValue, adjustedPValue: adjustedPValue)
  }
  /// The separability: how well single rows of both sides are told apart.
  public var effect: Double? { test.separability }
}
