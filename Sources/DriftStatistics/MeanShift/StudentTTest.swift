public import DriftColumns
public import DriftSummaries

/// Student's t-test with pooled variance: do the means of two samples with equal variances differ?
///
///     t = (mean y - mean x) / (s_p sqrt(1/n + 1/m)),  n + m - 2 degrees of freedom
///
/// When the variances differ and the sizes do too, its p-values are wrong in either direction:
/// prefer ``WelchTTest``.
public struct StudentTTest: MeanShiftTest {
  private let estimate: MeanShiftEstimate

  /// The test between two samples, from their moments.
  ///
  /// - Throws: `StatisticsError` (`insufficientData`) when a side has fewer than two values.
  public init(baseline: Moments, current: Moments) throws(StatisticsError) {
    estimate = try MeanShiftEstimate(baseline: baseline, current: current) { x, y in
      let (n, m) = (Double(x.count), Double(y.count))
      let squared = Moments.pooledVariance(x, y) * ScaledDouble(1 / n + 1 / m)
      return .init(value: squared.squareRoot, degreesOfFreedom: n + m - 2)
    }
  }

  /// The t statistic, current minus baseline; nil when both samples are constant and different.
  public var statistic: Double? { estimate.statistic }

  /// The degrees of freedom n + m - 2; nil when both samples are constant.
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

extension Moments {
  /// The variance around the two means, with divisor n + m - 2 > 0.
  static func pooledVariance(_ x: Moments, _ y: Moments) -> ScaledDouble {
    let sum =
      x.scaledVariance * ScaledDouble(Double(x.count - 1))
      + y.scaledVariance * ScaledDouble(Double(y.count - 1))
    return sum / ScaledDouble(Double(x.count + y.count - 2))
  }
}
