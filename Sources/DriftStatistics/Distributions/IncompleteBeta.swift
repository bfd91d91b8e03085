/// The regularised incomplete beta function I_x(a, b).
package enum IncompleteBeta {
  /// The continued fraction F with I_x(a, b) = x^a (1 - x)^b F / (a B(a, b)) (DLMF 8.17.22),
  /// by the modified method of Lentz.
  ///
  /// It converges fast for x < (a + 1) / (a + b + 2); use I_x(a, b) = 1 - I_{1-x}(b, a) beyond.
  /// - Complexity: O(sqrt(max(a, b))) steps in that range, never more than 10,000.
  package static func continuedFraction(x: Double, a: Double, b: Double) -> Double {
    var numerator = 1.0
    var denominator = reciprocal(1 - (a + b) * x / (a + 1))
    var value = denominator
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      denominator = reciprocal(1 + even * denominator)
      numerator = nonZero(1 + even / numerator)
      value *= denominator * numerator

      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      denominator = reciprocal(1 + odd * denominator)
      numerator = nonZero(1 + odd / numerator)
      let change = denominator * numerator
      value *= change
      if (change - 1).magnitude <= 0x1p-53 { break }
    }
    return value
  }

  private static func reciprocal(_ x: Double) -> Double { 1 / nonZero(x) }

  private static func nonZero(_ x: Double) -> Double {
    x == 0 ? Double.leastNormalMagnitude : x
  }
}
