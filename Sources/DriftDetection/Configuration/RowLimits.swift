internal import DriftColumns

/// How many rows there should be.
public struct RowLimits: Sendable, Hashable {
  /// With fewer rows on a side no drift can be expected to be found: WARN.
  public var minimum: Int
  /// Outside of these, the current rows for each row of the baseline are WARN; nil for no limit.
  public var warningRatio: ClosedRange<Double>?
  /// Outside of these, the current rows for each row of the baseline are FAIL; nil for no limit.
  public var failingRatio: ClosedRange<Double>?

  /// The share of rows of a side that the other one may have, too, beyond those that chance explains.
  static let mostShared = 0.01

  /// Limits; those that are not given are the defaults.
  public init(
    minimum: Int = 30, warningRatio: ClosedRange<Double>? = nil,
    failingRatio: ClosedRange<Double>? = nil
  ) {
    self.minimum = minimum
    self.warningRatio = warningRatio
    self.failingRatio = failingRatio
  }

  /// - Throws: `DriftError.invalidConfiguration` for limits that mean nothing or contradict each other.
  func validate() throws(DriftError) {
    guard minimum >= 0 else {
      throw DriftError(
        .invalidConfiguration, "the least number of rows is \(minimum), expected at least 0")
    }
    for range in [warningRatio, failingRatio].compactMap({ $0 }) {
      guard range.lowerBound >= 0, range.upperBound.isFinite else {
        throw DriftError(
          .invalidConfiguration,
          "the ratio of rows is \(range.lowerBound) to \(range.upperBound), expected finite numbers "
            + "from 0")
      }
    }
    guard let warningRatio, let failingRatio else { return }
    guard failingRatio.lowerBound <= warningRatio.lowerBound,
      warningRatio.upperBound <= failingRatio.upperBound
    else {
      throw DriftError(
        .invalidConfiguration,
        "the ratio of rows warns outside of \(warningRatio.lowerBound) to \(warningRatio.upperBound) "
          + "and fails outside of \(failingRatio.lowerBound) to \(failingRatio.upperBound), expected "
          + "to warn no later")
    }
  }
}
