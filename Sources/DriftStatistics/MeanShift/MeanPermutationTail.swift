public import DriftColumns
public import DriftSummaries
internal import Glibc

/// How likely so large a difference of two means is when all rows are in a random order, by the
/// skewness that the means have then: the tail of Pearson's type III distribution.
///
/// The t-tests take means for normal. Those of skewed values are not, and where one side has many more
/// rows than the other, what is too often above is not made up for by what is too seldom below: at 50
/// against 500 lognormal rows Welch's test rejects 8 % at a level of 1 %, the larger of its p-value and
/// this one 0.4 %.
///
/// With N = n + m rows, k2 and k3 the mean squared and cubed deviations of all of them, and z the
/// quantile of the normal distribution at the probability of Student's pooled t,
///
///     gamma = k3 / k2^1.5 (N - 2 m) sqrt(N - 1) / (sqrt(n m) (N - 2)),
///     kappa = 4 / gamma^2,  a = kappa + sign(gamma) z sqrt(kappa),
///     p = min(1, 2 min(Q(kappa, a), P(kappa, a)))
///
/// P and Q being the regularised incomplete gamma functions. Where gamma is next to 0, as between
/// sides of as many rows, it is Student's p-value.
///
/// Sources: Cochran, "Sampling Techniques", 1977, of the moments of samples without replacement; Mielke
/// & Berry, "Permutation Methods: A Distance Function Approach", 2007, of the distribution.
public struct MeanPermutationTail: Sendable, Hashable {
  /// The skewness that the difference of the means has over all orders of the rows.
  public let skewness: Double

  /// The two-sided p-value, 0 to 1.
  public let pValue: Double

  /// Where the skewness is smaller the distribution is normal, as far as can be told.
  private static let leastSkewness = 1e-3

  /// The tail between two samples, from their moments.
  ///
  /// Nil when the third moment is not known, as with summary statistics, and when both samples are
  /// constant: there is no spread to measure the difference by.
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two values.
  public init?(baseline: Moments, current: Moments) throws(StatisticsError) {
    let student = try StudentTTest(baseline: baseline, current: current)
    var pooled = baseline
    pooled.merge(current)
    guard student.degreesOfFreedom != nil, let t = student.statistic, let g = pooled.skewness else {
      return nil
    }
    let (n, m) = (Double(baseline.count), Double(current.count))
    skewness = g * (n - m) * (n + m - 1).squareRoot() / ((n * m).squareRoot() * (n + m - 2))
    guard abs(skewness) >= Self.leastSkewness else {
      pValue = student.pValue
      return
    }
    pValue = Self.tail(t: t, studentsPValue: student.pValue, skewness: skewness)
  }

  /// The tail between two samples; values that are not finite are left out.
  ///
  /// Nil when both samples are constant.
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two finite values.
  /// - Complexity: O(n + m).
  public init?(
    baseline: some Collection<Double>, current: some Collection<Double>
  ) throws(StatisticsError) {
    try self.init(baseline: Moments(baseline), current: Moments(current))
  }

  /// The tail between two samples of numbers of any type; nil when both are constant.
  ///
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two finite values.
  /// - Complexity: O(n + m).
  public init?<Value: NumericValue>(
    baseline: some Collection<Value>, current: some Collection<Value>
  ) throws(StatisticsError) {
    try self.init(baseline: Moments(baseline), current: Moments(current))
  }

  private static func tail(t: Double, studentsPValue: Double, skewness: Double) -> Double {
    // A probability that is too small for a number counts as the smallest one, and makes this one
    // larger, never smaller.
    let z = StandardNormal.upperQuantile(max(studentsPValue / 2, .leastNormalMagnitude))
    let kappa = 4 / (skewness * skewness)
    let a = kappa + ((t < 0) == (skewness < 0) ? z : -z) * kappa.squareRoot()
    // There is nothing below 0: the sum has no such values.
    guard a > 0 else { return 0 }
    return min(
      1, 2 * min(IncompleteGamma.upper(a: kappa, x: a), IncompleteGamma.lower(a: kappa, x: a)))
  }
}
