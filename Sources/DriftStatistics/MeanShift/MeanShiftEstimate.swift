internal import DriftColumns
internal import DriftSummaries

/// A difference of means with its standard error: what both t-tests are computed from.
struct MeanShiftEstimate: Sendable, Hashable {
  let difference: ScaledDouble
  /// Nil when both samples are constant.
  let error: StandardError?

  struct StandardError: Sendable, Hashable {
    let value: ScaledDouble
    let degreesOfFreedom: Double
  }

  /// The estimate from both moments; `error` is called only when at least one sample varies.
  ///
  /// - Throws: `insufficientData` when a side has fewer than two values.
  init(
    baseline: Moments, current: Moments, error: (Moments, Moments) -> StandardError
  ) throws(StatisticsError) {
    try Moments.requireTwo(baseline, current)
    difference = MeanDifference(baseline: baseline, current: current).value
    self.error =
      baseline.isConstant && current.isConstant ? nil : error(baseline, current)
  }

  var statistic: Double? {
    guard let error else { return difference.isZero ? 0 : nil }
    return (difference / error.value).value
  }

  var pValue: Double {
    guard let error, let statistic else { return difference.isZero ? 1 : 0 }
    return StudentT(degreesOfFreedom: error.degreesOfFreedom).twoSidedTail(statistic)
  }

  func confidenceInterval(level: Double) -> ClosedRange<Double>? {
    guard let error, level > 0, level < 1 else { return nil }
    let quantile =
      StudentT(degreesOfFreedom: error.degreesOfFreedom).twoSidedQuantile(1 - level)
    guard quantile.isFinite else { return -Double.infinity...Double.infinity }
    let margin = error.value * ScaledDouble(quantile)
    return (difference + -margin).value...(difference + margin).value
  }
}

extension Moments {
  /// Throws `insufficientData` when a side has fewer than two values.
  static func requireTwo(_ baseline: Moments, _ current: Moments) throws(StatisticsError) {
    for (name, side) in [("baseline", baseline), ("current", current)] where side.count < 2 {
      throw StatisticsError(
        code: .insufficientData,
        message: "the \(name) sample has \(side.count) finite values; "
          + "comparing means needs at least 2 on each side")
    }
  }

  /// The square of the standard error of the mean.
  var squaredErrorOfMean: ScaledDouble { scaledVariance / ScaledDouble(Double(count)) }
}
