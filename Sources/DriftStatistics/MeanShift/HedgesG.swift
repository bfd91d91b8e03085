public import DriftColumns
public import DriftSummaries
internal import Glibc

/// Hedges' g: the difference of two means in units of their pooled standard deviation, without the
/// bias of small samples.
///
///     d = (mean y - mean x) / s_p,  g = J d,
///     J = gamma(v/2) / (sqrt(v/2) gamma((v - 1)/2)),  v = n + m - 2
///
/// The variance of g is J^2 ((n + m)/(n m) + d^2 / (2 (n + m))), and the interval g +- 1.96 of its
/// square root: a large-sample approximation, right for normal data (Hedges & Olkin 1985, Statistical
/// Methods for Meta-Analysis; Borenstein et al. 2009, Introduction to Meta-Analysis, 4.20 to 4.24,
/// with the exact J in place of 4.22).
public struct HedgesG: Sendable, Hashable {
  /// The effect size; positive when the current mean is the larger.
  public let value: Double

  /// The 95 % confidence interval.
  public let interval: ClosedRange<Double>

  /// The effect size between two samples, from their moments.
  ///
  /// Nil when both samples are constant, or vary so little that the ratio is out of range: there is
  /// no spread to measure the difference by.
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two values.
  public init?(baseline: Moments, current: Moments) throws(StatisticsError) {
    try Moments.requireTwo(baseline, current)
    let spread = Moments.pooledVariance(baseline, current).squareRoot
    if spread.isZero || (baseline.isConstant && current.isConstant) { return nil }

    let difference = MeanDifference(baseline: baseline, current: current).value
    let (n, m) = (Double(baseline.count), Double(current.count))
    let half = (n + m - 2) / 2
    let correction = GammaFunction.halfRatio(half - 0.5) / half.squareRoot()
    let d = (difference / spread).value
    // The root of the sum of squares, where d^2 could overflow.
    let error = hypot((1 / n + 1 / m).squareRoot(), d / (2 * (n + m)).squareRoot())
    let margin = StandardNormal.upperQuantile(0.025) * correction * error
    value = correction * d
    guard (value.magnitude + margin).isFinite else { return nil }
    interval = (value - margin)...(value + margin)
  }

  /// The effect size between two samples; values that are not finite are left out.
  ///
  /// Nil when both samples are constant.
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two finite values.
  /// - Complexity: O(n + m).
  public init?(
    baseline: some Collection<Double>, current: some Collection<Double>
  ) throws(StatisticsError) {
    try self.init(baseline: Moments(baseline), current: Moments(current))
  }

  /// The effect size between two samples of numbers of any type; nil when both are constant.
  ///
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two finite values.
  /// - Complexity: O(n + m).
  public init?<Value: NumericValue>(
    baseline: some Collection<Value>, current: some Collection<Value>
  ) throws(StatisticsError) {
    try self.init(baseline: Moments(baseline), current: Moments(current))
  }
}
