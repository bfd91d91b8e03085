internal import DriftStatistics
internal import DriftSummaries

/// A mean shift among others.
public struct MeanShiftOutcome: JudgedResult {
  /// The mean shift.
  public static var id: Finding.Test { .meanShift }

  /// The t statistic, current minus baseline; nil when both sides are constant and different, and
  /// when there is too little data.
  public let statistic: Double?
  /// Degrees of freedom; nil where there is no statistic.
  public let degreesOfFreedom: Double?
  /// Two-sided p-value; nil when a side has fewer than two finite values. It is the larger one of the
  /// t-test's and of ``MeanPermutationTail``, as means of skewed values are not normal. Where one side
  /// is constant, it is not below those of both t-tests: that side says nothing of its variance, which
  /// Welch's test would take for 0.
  public let pValue: Double?
  /// The p-value of the t-test alone: Welch's, or Student's where variances are pooled.
  public let welchPValue: Double?
  /// The side whose rows are too few for its skewness; nil where there is none. The mean shift counts
  /// only with the feature's distribution then.
  public let skewedSide: SkewedSide?
  /// The difference of the means, current minus baseline; nil when a side has no finite value.
  public let difference: Double?
  /// Hedges' g; nil when both sides are constant and different, and when there is too little data.
  public let effectSize: Double?
  /// Its 95 % interval.
  public let effectSizeInterval: ClosedRange<Double>?
  /// The p-value, adjusted over all numeric features.
  public package(set) var adjustedPValue: Double?
  /// What it says.
  public package(set) var status = DriftStatus.ok

  /// A side with fewer rows than Cochran's rule asks for: 25 G^2, G being the skewness.
  public struct SkewedSide: Sendable, Hashable, Codable {
    /// Whether it is the baseline.
    public let isBaseline: Bool
    /// Its finite values.
    public let rows: Int
    /// Their skewness.
    public let skewness: Double
    /// The rows that the rule asks for.
    public let rowsNeeded: Double
  }

  /// How likely it is without drift; nil when a side has fewer than two finite values.
  public var significance: Significance? {
    pValue.map { Significance(pValue: $0, adjustedPValue: adjustedPValue ?? 1) }
  }
  /// The size of Hedges' g; infinite when both sides are constant and different.
  public var effect: Double? {
    pValue != nil && statistic == nil ? .infinity : effectSize.map { abs($0) }
  }

  package mutating func adjust(to p: Double) { adjustedPValue = p }
}

extension MeanShiftOutcome {
  init(
    baseline: Moments, current: Moments, variance: DriftConfiguration.MeanShiftVariance
  ) {
    // A constant that is written in another way is the same constant.
    let (baseline, current) = Moments.sameConstants(baseline, current) ?? (baseline, current)
    let effect = try? HedgesG(baseline: baseline, current: current)
    let test: (any MeanShiftTest)? =
      switch variance {
      case .welch: try? WelchTTest(baseline: baseline, current: current)
      case .pooled: try? StudentTTest(baseline: baseline, current: current)
      }
    statistic = test?.statistic
    degreesOfFreedom = test?.degreesOfFreedom
    welchPValue = test?.pValue
    pValue = test.map { test in
      let pooled =
        baseline.isConstant != current.isConstant
        ? try? StudentTTest(baseline: baseline, current: current) : nil
      // Constants that differ have no tail, and no p-value but 0.
      let skewed = try? MeanPermutationTail(baseline: baseline, current: current)
      return max(test.pValue, pooled?.pValue ?? 0, skewed?.pValue ?? 0)
    }
    skewedSide = SkewedSide(baseline, isBaseline: true) ?? SkewedSide(current, isBaseline: false)
    difference = test?.difference
    effectSize = effect?.value
    effectSizeInterval = effect?.interval
  }
}

extension MeanShiftOutcome.SkewedSide {
  fileprivate init?(_ moments: Moments, isBaseline: Bool) {
    let needed = moments.rowsForNormalMean
    guard Double(moments.count) < needed, let skewness = moments.skewness else { return nil }
    self.init(
      isBaseline: isBaseline, rows: moments.count, skewness: skewness, rowsNeeded: needed)
  }
}

extension FeatureResult {
  /// The mean shift; nil for categorical features and when a side has no data.
  public internal(set) var meanShift: MeanShiftOutcome? {
    get { results[MeanShiftOutcome.self] }
    set { results[MeanShiftOutcome.self] = newValue }
  }
}

extension Thresholds {
  /// The size of Hedges' g from which a significant mean shift warns; 0 for the p-value alone.
  public var effectWarn: Double {
    get { self[MeanShiftEntry.limits].warn }
    set { self[MeanShiftEntry.limits].warn = newValue }
  }
  /// The size of Hedges' g from which a significant mean shift fails; 0 for the p-value alone.
  public var effectFail: Double {
    get { self[MeanShiftEntry.limits].fail }
    set { self[MeanShiftEntry.limits].fail = newValue }
  }
}
