public import DriftColumns
public import DriftSummaries

/// A test of whether the means of two samples differ.
///
/// Null hypothesis: both samples come from distributions with the same mean. ``WelchTTest`` and
/// ``StudentTTest`` differ in what they assume about the variances.
///
/// A sample is constant when its smallest value is its largest. Two constant samples leave nothing
/// to estimate an error from: equal ones have statistic 0 and p-value 1, different ones no
/// statistic and p-value 0.
public protocol MeanShiftTest: Sendable, Hashable {
  /// The test between two samples, from their moments.
  ///
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two values.
  init(baseline: Moments, current: Moments) throws(StatisticsError)

  /// The t statistic: the difference in units of its standard error.
  ///
  /// Nil when both samples are constant and different.
  var statistic: Double? { get }

  /// The degrees of freedom of the t distribution; nil when both samples are constant.
  var degreesOfFreedom: Double? { get }

  /// The current mean minus the baseline mean.
  var difference: Double { get }

  /// The two-sided p-value, right to 1e-12 relative down to 1e-300.
  var pValue: Double { get }

  /// An interval that covers the true difference of the means in a share `level` of samples.
  ///
  /// Nil when both samples are constant, and for a level that is not between 0 and 1.
  func confidenceInterval(level: Double) -> ClosedRange<Double>?
}

extension MeanShiftTest {
  /// The test between two samples; values that are not finite are left out.
  ///
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two finite values.
  /// - Complexity: O(n + m).
  public init(
    baseline: some Collection<Double>, current: some Collection<Double>
  ) throws(StatisticsError) {
    try self.init(baseline: Moments(baseline), current: Moments(current))
  }

  /// The test between two samples of numbers of any type.
  ///
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two finite values.
  /// - Complexity: O(n + m).
  public init<Value: NumericValue>(
    baseline: some Collection<Value>, current: some Collection<Value>
  ) throws(StatisticsError) {
    try self.init(baseline: Moments(baseline), current: Moments(current))
  }

  /// The 95 % confidence interval of the difference; nil when both samples are constant.
  public func confidenceInterval() -> ClosedRange<Double>? {
    confidenceInterval(level: 0.95)
  }
}
