/// A number with an exponent of its own, so that squares and ratios neither overflow nor underflow.
package struct ScaledDouble: Sendable, Hashable {
  /// Zero, or of magnitude in [1, 2).
  package let significand: Double
  /// The power of two that multiplies it.
  package let exponent: Int

  /// The number x * 2^exponent, for a finite x.
  package init(_ x: Double, exponent: Int = 0) {
    if x == 0 {
      (significand, self.exponent) = (0, 0)
    } else {
      significand = x < 0 ? -x.significand : x.significand
      self.exponent = Int(x.exponent) + exponent
    }
  }

  /// The nearest double: zero or infinity when it is out of range.
  package var value: Double {
    Double(sign: .plus, exponent: min(max(exponent, -3000), 3000), significand: significand)
  }

  /// Whether the number is zero.
  package var isZero: Bool { significand == 0 }

  /// The square root of a number that is not negative.
  package var squareRoot: ScaledDouble {
    let odd = exponent & 1
    return Self(
      (odd == 0 ? significand : 2 * significand).squareRoot(), exponent: (exponent - odd) / 2)
  }

  /// The product.
  package static func * (a: Self, b: Self) -> Self {
    Self(a.significand * b.significand, exponent: a.exponent + b.exponent)
  }

  /// The quotient by a number that is not zero.
  package static func / (a: Self, b: Self) -> Self {
    Self(a.significand / b.significand, exponent: a.exponent - b.exponent)
  }

  /// The sum.
  package static func + (a: Self, b: Self) -> Self {
    if a.isZero { return b }
    if b.isZero { return a }
    let (large, small) = a.exponent >= b.exponent ? (a, b) : (b, a)
    let shifted = Self(small.significand, exponent: small.exponent - large.exponent).value
    return Self(large.significand + shifted, exponent: large.exponent)
  }

  /// The number with its sign changed.
  package static prefix func - (a: Self) -> Self {
    Self(-a.significand, exponent: a.exponent)
  }
}
