internal import Glibc

/// The chi-squared distribution.
package struct ChiSquared: Sendable, Hashable {
  /// The degrees of freedom, at least 1.
  package let degreesOfFreedom: Double

  /// - Parameter degreesOfFreedom: at least 1; need not be whole.
  package init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(X >= x), right to 1e-12 relative down to 1e-300.
  package func upperTail(_ x: Double) -> Double {
    IncompleteGamma.upper(a: degreesOfFreedom / 2, x: max(x, 0) / 2)
  }

  /// The density at x > 0.
  package func density(_ x: Double) -> Double {
    IncompleteGamma.front(a: degreesOfFreedom / 2, x: x / 2) / x
  }

  /// The x with P(X >= x) = p, for 0 <= p <= 1.
  package func upperQuantile(_ p: Double) -> Double {
    if p.isNaN || p < 0 || p > 1 { return .nan }
    if p == 1 { return 0 }
    if p == 0 { return .infinity }
    // Wilson & Hilferty 1931: the cube root of x / df is nearly normal.
    let variance = 2 / (9 * degreesOfFreedom)
    let root = 1 - variance + StandardNormal.upperQuantile(p) * variance.squareRoot()
    let start = degreesOfFreedom * max(root * root * root, 1e-3)
    return TailQuantile.solve(start: start, target: p, tail: upperTail, density: density)
  }
}
