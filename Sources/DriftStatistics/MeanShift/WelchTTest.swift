public import DriftColumns
public import DriftSummaries

/// Welch's t-test: do the means of two samples differ, whatever their variances?
///
///     t = (mean y - mean x) / sqrt(s_x^2 / n + s_y^2 / m)
///
/// with the degrees of freedom of Welch and Satterthwaite (Welch 1947, Biometrika 34, 28-35).
///
/// ```swift
/// let test = try WelchTTest(baseline: x, current: y)
/// if test.pValue < 0.01 { print(test.difference) }
/// ```
public struct WelchTTest: MeanShiftTest {
  private let estimate: MeanShiftEstimate

  /// The test between two samples, from their moments.
  ///
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two values.
  public init(baseline: Moments, current: Moments) throws(StatisticsError) {
    estimate = try MeanShiftEstimate(baseline: baseline, current: current) { x, y in
      let (errorX, errorY) = (x.squaredErrorOfMean, y.squaredErrorOfMean)
      let total = errorX + errorY
      // (a + b)^2 / (a^2 / (n - 1) + b^2 / (m - 1)) in terms of the share of each in a + b.
      let shareX = (errorX / total).value
      let shareY = (errorY / total).value
      let inverse =
        shareX * shareX / Double(x.count - 1) + shareY * shareY / Double(y.count - 1)
      return .init(value: total.squareRoot, degreesOfFreedom: 1 / inverse)
    }
  }

  /// The t statistic, current minus baseline; nil when both samples are constant and different.
  public var statistic: Double? { estimate.statistic }

  /// The degrees of freedom of Welch and Satterthwaite; nil when both samples are constant.
  public var degreesOfFreedom: Double? { estimate.error?.degreesOfFreedom }

  /// The current mean minus the baseline mean.
  public var difference: Double { estimate.difference.value }

  /// The two-sided p-value.
  public var pValue: Double { estimate.pValue }

  /// The confidence interval of the difference; nil when both samples are constant, and for a level
  /// that is not between 0 and 1.
  public func confidenceInterval(level: Double) -> ClosedRange<Double>? {
    estimate.confidenceInterval(level: level)
  }
}
