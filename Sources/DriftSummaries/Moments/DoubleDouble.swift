/// A sum of two doubles with about 106 bits: high + low, low at most half a unit in the last place
/// of high.
package struct DoubleDouble: Sendable, Hashable {
  /// The nearest double.
  package var high: Double
  /// What is left.
  package var low: Double

  /// The value of `high + low`, renormalised (two-sum of Knuth, TAOCP 2, 4.2.2).
  package init(_ high: Double, _ low: Double = 0) {
    let sum = high + low
    let part = sum - high
    self.high = sum
    self.low = (high - (sum - part)) + (low - part)
  }

  /// The sum, right to about 1e-31 of the larger argument.
  package static func + (a: Self, b: Self) -> Self {
    let sum = Self(a.high, b.high)
    return Self(sum.high, sum.low + (a.low + b.low))
  }

  /// The difference, right to about 1e-31 of the larger argument.
  package static func - (a: Self, b: Self) -> Self {
    a + Self(-b.high, -b.low)
  }

  /// The product with a power of two: exact unless it underflows.
  package func scaled(by powerOfTwo: Double) -> Self {
    Self(high * powerOfTwo, low * powerOfTwo)
  }
}
