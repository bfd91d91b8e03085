public import DriftColumns

extension Moments {
  /// The moments behind published summary statistics, which say nothing of the skewness: it is
  /// unknown then, unless all values are equal.
  ///
  /// - Parameters:
  ///   - count: the number of values.
  ///   - mean: their mean.
  ///   - standardDeviation: with divisor n - 1; zero for one value.
  ///   - minimum: the smallest value. Without both extremes a sample counts as constant when its
  ///     standard deviation is zero.
  ///   - maximum: the largest value.
  /// - Throws: `StatisticsError` (`invalidArgument`) when a number is not finite, negative where it
  ///   must not be, or when the extremes and the standard deviation contradict each other.
  public init(
    count: Int, mean: Double, standardDeviation: Double, minimum: Double? = nil,
    maximum: Double? = nil
  ) throws(StatisticsError) {
    guard count >= 0 else {
      throw .invalid("the count is \(count); it must not be negative")
    }
    guard count > 0 else {
      self.init()
      return
    }
    guard mean.isFinite else {
      throw .invalid("the mean is \(mean); it must be finite")
    }
    guard standardDeviation.isFinite, standardDeviation >= 0 else {
      throw .invalid(
        "the standard deviation is \(standardDeviation); it must be finite and not negative")
    }
    guard count > 1 || standardDeviation == 0 else {
      throw .invalid(
        "the standard deviation of one value is \(standardDeviation); it must be 0")
    }
    var range: ClosedRange<Double>?
    switch (minimum, maximum) {
    case (nil, nil):
      break
    case (let low?, let high?) where low.isFinite && high.isFinite && low <= high:
      guard (low == high) == (standardDeviation == 0) else {
        throw .invalid(
          "the values lie in \(low)...\(high) and their standard deviation is "
            + "\(standardDeviation); it must be 0 when all are equal and only then")
      }
      range = low...high
    default:
      throw .invalid(
        "the extremes are \(minimum.map(\.description) ?? "missing") and "
          + "\(maximum.map(\.description) ?? "missing"); give two finite numbers in order, or none")
    }
    let exponent = Self.exponent(covering: max(mean.magnitude, standardDeviation))
    let scaled = standardDeviation * Self.powerOfTwo(-exponent)
    self.init(
      count: count, mean: DoubleDouble(mean),
      scaledSecondMoment: DoubleDouble(scaled * scaled * Double(count - 1)),
      scaledThirdMoment: standardDeviation == 0 ? DoubleDouble(0) : nil, exponent: exponent,
      range: range)
  }
}

extension StatisticsError {
  package static func invalid(_ message: String) -> StatisticsError {
    StatisticsError(code: .invalidArgument, message: message)
  }
}
