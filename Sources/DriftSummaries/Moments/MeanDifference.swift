/// The difference of two means, with the low parts of both and without overflow.
package struct MeanDifference: Sendable, Hashable {
  /// The current mean minus the baseline mean.
  package let value: ScaledDouble

  /// Right to a few units in the last place, also when the means agree in their leading digits.
  /// The mean of an empty side counts as zero.
  package init(baseline: Moments, current: Moments) {
    let exponent = max(baseline.exponent, current.exponent)
    let unit = Moments.powerOfTwo(-exponent)
    let difference =
      current.preciseMean.scaled(by: unit) - baseline.preciseMean.scaled(by: unit)
    value = ScaledDouble(difference.high, exponent: exponent)
  }
}
