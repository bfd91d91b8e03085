public import DriftStatistics

/// What a test says of the distribution of a feature's values.
public struct DistributionOutcome: JudgedResult {
  /// The distribution.
  public static var id: Finding.Test { .distribution }

  /// A component of the difference of numbers.
  public struct Component: Sendable, Hashable, Codable {
    /// What a component tells of.
    public enum Name: String, Sendable, Hashable, Codable, CaseIterable {
      /// Where the values lie.
      case location
      /// How far they lie apart.
      case spread
      /// To which side they lean.
      case skewness
      /// How many of them lie far out.
      case tails
    }

    /// What it tells of.
    public let name: Name
    /// A standard normal deviate without drift; positive where the baseline has more of it.
    public let z: Double
  }

  /// How likely such values are without drift.
  public let pValue: Double
  /// The share of the rows that moved, at least: Kolmogorov's distance of numbers, half the sum of the
  /// absolute differences of the shares of bins of levels; nil where these are in one bin.
  public let distance: Double?
  /// The first components; none for levels.
  public let components: [Component]
  /// The rows beyond the baseline's ends; nil for levels, and where these are not known.
  public let tails: TailsTest?
  /// The p-value, adjusted for the test of the cells and over all features.
  public package(set) var adjustedPValue = 1.0
  /// What it says.
  public package(set) var status = DriftStatus.ok

  /// The median and the width of the middle half of the rows on both sides, as far as cells tell.
  let middle: MiddleHalves?

  /// The distance.
  public var statistic: Double? { distance }
  /// How likely it is without drift.
  public var significance: Significance? {
    Significance(pValue: pValue, adjustedPValue: adjustedPValue)
  }
  /// The distance.
  public var effect: Double? { distance }

  package mutating func adjust(to p: Double) { adjustedPValue = p }
}

extension DistributionOutcome {
  /// Of numbers.
  init(_ test: DistributionTest, middle: MiddleHalves?) {
    pValue = test.pValue
    distance = test.distance
    components = zip(Component.Name.allCases, test.components).map { Component(name: $0, z: $1) }
    tails = test.tails
    self.middle = middle
  }

  /// Of levels.
  init(levels pValue: Double, distance: Double?) {
    self.pValue = pValue
    self.distance = distance
    components = []
    (tails, middle) = (nil, nil)
  }
}

extension FeatureResult {
  /// The distribution of the values; nil when a side has no data, and where values cannot be told apart.
  public internal(set) var distribution: DistributionOutcome? {
    get { results[DistributionOutcome.self] }
    set { results[DistributionOutcome.self] = newValue }
  }
}

extension Thresholds {
  /// The share of rows that moved from which a feature warns.
  public var distanceWarn: Double {
    get { self[DistributionEntry.limits].warn }
    set { self[DistributionEntry.limits].warn = newValue }
  }
  /// The share of rows that moved from which a feature fails.
  public var distanceFail: Double {
    get { self[DistributionEntry.limits].fail }
    set { self[DistributionEntry.limits].fail = newValue }
  }
}
