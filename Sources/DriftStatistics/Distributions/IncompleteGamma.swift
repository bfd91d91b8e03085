internal import Glibc

/// The regularised incomplete gamma functions Q(a, x) = Gamma(a, x) / Gamma(a) and P = 1 - Q.
package enum IncompleteGamma {
  /// Q(a, x) for a >= 1/2 and x >= 0, right to 1e-12 relative down to 1e-300.
  ///
  /// The continued fraction of the tail beyond x = a + 1 (DLMF 8.9.2); before that, where Q is over
  /// 0.08, one minus the series of the lower function (DLMF 8.7.1).
  /// - Complexity: O(sqrt(a)) steps near x = a, fewer away from it.
  package static func upper(a: Double, x: Double) -> Double {
    if a.isNaN || x.isNaN || !(a > 0) || x < 0 { return .nan }
    if x == 0 { return 1 }
    if x.isInfinite { return 0 }
    let front = front(a: a, x: x)
    if x <= a + 1 { return max(0, 1 - front * lowerSeries(a: a, x: x)) }
    return front == 0 ? 0 : min(1, front * upperFraction(a: a, x: x))
  }

  /// P(a, x) for a > 0 and x >= 0, right to 1e-12 relative down to 1e-300 where it is below 1/2.
  ///
  /// The other way round: the series before x = a + 1, one minus the tail beyond.
  /// - Complexity: O(sqrt(a)) steps near x = a, fewer away from it.
  package static func lower(a: Double, x: Double) -> Double {
    if a.isNaN || x.isNaN || !(a > 0) || x < 0 { return .nan }
    if x == 0 { return 0 }
    if x > a + 1 { return 1 - upper(a: a, x: x) }
    return min(1, front(a: a, x: x) * lowerSeries(a: a, x: x))
  }

  /// x^a exp(-x) / Gamma(a), without the cancellation of its three factors at large a.
  package static func front(a: Double, x: Double) -> Double {
    if a < 16 { return exp(a * log(x) - x - GammaFunction.logarithm(a)) }
    return exp(-a * deviance(x: x, a: a) - GammaFunction.stirlingCorrection(a))
      * (a / (2 * Double.pi)).squareRoot()
  }

  /// x/a - 1 - log(x/a), accurate also near x = a.
  private static func deviance(x: Double, a: Double) -> Double {
    let mu = (x - a) / a
    if mu < -0.4 { return mu - log(x / a) }
    if mu > 0.6 { return mu - log1p(mu) }
    // log(1 + mu) = 2 atanh(r), r = mu / (2 + mu), and mu - 2 r = r mu.
    let r = mu / (2 + mu)
    let square = r * r
    var sum = 0.0
    for k in stride(from: 33.0, through: 3, by: -2) { sum = sum * square + 1 / k }
    return r * mu - 2 * r * square * sum
  }

  /// The sum over n of x^n / (a (a + 1) ... (a + n)).
  private static func lowerSeries(a: Double, x: Double) -> Double {
    var (term, sum, next) = (1 / a, 1 / a, a)
    while term > sum * 0x1p-54 {
      next += 1
      term *= x / next
      sum += term
    }
    return sum
  }

  /// Gamma(a, x) / (x^a exp(-x)) for x > a + 1, by the modified method of Lentz.
  private static func upperFraction(a: Double, x: Double) -> Double {
    var b = x + 1 - a
    var numerator = Double.infinity
    var denominator = 1 / b
    var value = denominator
    var step = 1.0
    // The bound is far beyond what any a below 1e15 needs; it only rules out an endless loop.
    while step < 1e8 {
      let coefficient = -step * (step - a)
      b += 2
      denominator = 1 / (coefficient * denominator + b)
      numerator = b + coefficient / numerator
      let change = denominator * numerator
      value *= change
      if (change - 1).magnitude <= 0x1p-53 { break }
      step += 1
    }
    return value
  }
}
