public import DriftStatistics

/// The test for a change of dependence between the numeric features.
public struct DependenceOutcome: Sendable, Hashable, Codable {
  /// A pair of features, and how their correlation changed.
  public struct Pair: Sendable, Hashable, Codable {
    /// The names of the features.
    public let features: [String]
    /// The correlation of their normal scores in the baseline.
    public let baselineCorrelation: Double
    /// The correlation of their normal scores in the current data.
    public let currentCorrelation: Double
    /// The p-value, corrected for all pairs.
    public let pValue: Double
  }

  /// The test; its columns count the features of the kernel two-sample test.
  public let test: DependenceChange
  /// The features that were looked at.
  public let features: [String]
  /// The p-value, adjusted over the tests of all features together.
  public let adjustedPValue: Double
  /// The pairs that are beyond chance, the one whose correlation changed most first.
  public let pairs: [Pair]
  /// The largest change of a correlation among them; 0 without one.
  public let largestChange: Double
  /// What it says.
  public let status: DriftStatus
  /// The finding; nil when the test is OK, and where an older job's numbers decide alone.
  public let finding: Finding?
}

extension DependenceOutcome: TestResult {
  /// The change of dependence.
  public static var id: Finding.Test { .dependence }
  /// The largest change of a correlation, by Fisher's transformation.
  public var statistic: Double? { test.statistic }
  /// The p-value, and that of both tests of all features.
  public var significance: Significance? {
    Significance(pValue: test.pValue, adjustedPValue: adjustedPValue)
  }
  /// The largest change of a correlation that is beyond chance.
  public var effect: Double? { largestChange }
}
