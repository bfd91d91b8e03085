internal import Glibc

/// Student's t distribution.
package struct StudentT: Sendable, Hashable {
  /// The degrees of freedom: any positive number, infinity for the standard normal.
  package let degreesOfFreedom: Double

  /// - Parameter degreesOfFreedom: positive; need not be whole.
  package init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// P(|T| >= |t|) = I_{df/(df + t^2)}(df/2, 1/2), right to 1e-12 relative down to 1e-300.
  ///
  /// The tail itself is computed. Only for df < 30 near the middle, where it is over 0.05, is it
  /// one minus the body. NaN for a t that is not a number.
  /// - Complexity: O(1): fewer than 100 steps for any t and degrees of freedom.
  package func twoSidedTail(_ t: Double) -> Double {
    let df = degreesOfFreedom
    let t = t.magnitude
    if t.isNaN || !(df > 0) { return .nan }
    if t == 0 { return 1 }
    if t.isInfinite { return 0 }
    // From here on the two agree to the last place wherever the tail is not zero.
    if df > 1e25 { return erfc(t * 0.5.squareRoot()) }

    let logRatio = logOnePlusSquare(t / df.squareRoot())
    // Rounding may lead beyond 1, which no probability is.
    if df >= 30, logRatio <= 1 { return min(1, largeDegreesTail(logRatio: logRatio)) }

    let a = df / 2
    // x = df / (df + t^2) and y = 1 - x without overflow of t^2.
    let ratio = df.squareRoot() / t
    let x = ratio > 1 ? 1 / (1 + 1 / (ratio * ratio)) : ratio * ratio / (1 + ratio * ratio)
    let y = ratio > 1 ? 1 / (ratio * ratio + 1) : 1 / (1 + ratio * ratio)
    // x^a y^(1/2) / B(a, 1/2)
    let front =
      exp(-a * logRatio) * y.squareRoot() * GammaFunction.halfRatio(a) / Double.pi.squareRoot()
    if x < (a + 1) / (a + 2.5) {
      return min(1, front * IncompleteBeta.continuedFraction(x: x, a: a, b: 0.5) / a)
    }
    return 1 - front * IncompleteBeta.continuedFraction(x: y, a: 0.5, b: a) * 2
  }

  /// The density at t.
  package func density(_ t: Double) -> Double {
    let df = degreesOfFreedom
    if df > 1e25 { return StandardNormal.density(t) }
    let scale = GammaFunction.halfRatio(df / 2) / (Double.pi * df).squareRoot()
    return scale * exp(-(df + 1) / 2 * logOnePlusSquare(t.magnitude / df.squareRoot()))
  }

  /// The t >= 0 with P(|T| >= t) = p, for 0 < p <= 1.
  ///
  /// Infinity when t is too large for a `Double` (p = 0, or a tiny p at few degrees of freedom).
  package func twoSidedQuantile(_ p: Double) -> Double {
    if p.isNaN || p < 0 || p > 1 { return .nan }
    if p == 1 { return 0 }
    if p == 0 { return .infinity }
    let z = StandardNormal.upperQuantile(p / 2)
    // First term of the Cornish-Fisher expansion (Abramowitz & Stegun 26.7.5).
    let start = z * (1 + (z * z + 1) / (4 * max(degreesOfFreedom, 1)))
    return TailQuantile.solve(
      start: start, target: p, tail: twoSidedTail, density: { 2 * density($0) })
  }

  /// log(1 + r^2) for r >= 0, also when r^2 overflows.
  private func logOnePlusSquare(_ r: Double) -> Double {
    r < 1e8 ? log1p(r * r) : 2 * log(r)
  }
}
