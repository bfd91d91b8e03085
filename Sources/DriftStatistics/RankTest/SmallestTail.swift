internal import Glibc

/// The smallest of the tail probabilities of chi-squared sums S_d = Z_1^2 + ... + Z_d^2 over some orders d,
/// and how likely so small a one is for independent normal Z.
///
/// With c_d the value that S_d exceeds with probability t, the probability that some S_d exceeds its
/// c_d is the sum over the orders of P(S_d > c_d, no smaller order did). Each term is an integral of
/// positive, smooth functions, so that far tails keep their relative accuracy.
package enum SmallestTail {
  /// P(min over the orders of the tail of S_d <= t).
  ///
  /// - Parameters:
  ///   - t: The smallest tail, 0 to 1.
  ///   - orders: Ascending, beginning with 1: at most four, and of four the first three 1, 2 and 4.
  /// - Returns: The probability, between t and t times the number of orders, right to 1e-7 relative.
  /// - Complexity: O(1): about 150 exponentials for the orders 1, 2, 4, 8.
  package static func probability(of t: Double, orders: [Int]) -> Double {
    guard t > 0 else { return 0 }
    guard t < 1, orders.count > 1 else { return min(1, t) }
    let limits = orders.map { ChiSquared(degreesOfFreedom: Double($0)).upperQuantile(t) }
    var p = t + second(limits, orders)
    if orders.count > 2 {
      p += orders[1] == 2 ? thirdAfterTwo(limits, orders) : third(limits, orders)
    }
    if orders.count > 3 { p += fourth(limits, orders) }
    return min(1, max(t, min(p, t * Double(orders.count))))
  }

  /// P(|Z_1| <= sqrt c_1, S_d > c_d) for the second order d.
  private static func second(_ c: [Double], _ orders: [Int]) -> Double {
    if orders[1] == 2 {
      // In polar coordinates: the direction at an angle from the axis of Z_1 leaves the strip at
      // radius^2 = c_1 / cos^2.
      let from = acos(min(1, (c[0] / c[1]).squareRoot()))
      let part = GaussLegendre.integral(from, Double.pi / 2) { angle in
        let cosine = cos(angle)
        return -expm1(-0.5 * (c[0] / (cosine * cosine) - c[1]))
      }
      return exp(-0.5 * c[1]) * part * 2 / Double.pi
    }
    let rest = ChiSquared(degreesOfFreedom: Double(orders[1] - 1))
    return GaussLegendre.integral(0, c[0].squareRoot()) { z in
      2 * StandardNormal.density(z) * rest.upperTail(c[1] - z * z)
    }
  }

  /// P(no smaller order exceeds, S_d > c_d) for the third order d, after the orders 1 and 2.
  private static func thirdAfterTwo(_ c: [Double], _ orders: [Int]) -> Double {
    // After two more squares, S has the density exp(-u / 2) / 4 x strip(min(u, c_2)) .
    if orders[2] == 4 { return 0.5 * exp(-0.5 * c[2]) * strip(c[1], c[0]) }
    let rest = ChiSquared(degreesOfFreedom: Double(orders[2] - 2))
    let density = { (s: Double) -> Double in
      let share = s <= c[0] ? 1 : 2 / Double.pi * asin((c[0] / s).squareRoot())
      return 0.5 * exp(-0.5 * s) * share * rest.upperTail(c[2] - s)
    }
    return GaussLegendre.integral(0, c[0], density)
      + GaussLegendre.integralFromEdge(c[0], c[1], density)
  }

  /// The same after the orders 1 and d > 2: over Z_1 and the length of the others up to d.
  private static func third(_ c: [Double], _ orders: [Int]) -> Double {
    let middle = Double(orders[1] - 1)
    let rest = ChiSquared(degreesOfFreedom: Double(orders[2] - orders[1]))
    let scale = (1 - middle / 2) * log(2) - GammaFunction.logarithm(middle / 2)
    return GaussLegendre.integral(0, c[0].squareRoot()) { z in
      let inner = GaussLegendre.integral(0, max(0, c[1] - z * z).squareRoot()) { r in
        guard r > 0 else { return 0 }
        return exp(scale + (middle - 1) * log(r) - 0.5 * r * r)
          * rest.upperTail(c[2] - z * z - r * r)
      }
      return 2 * StandardNormal.density(z) * inner
    }
  }

  /// P(no smaller order exceeds, S_d > c_d) for an order d after 1, 2 and 4.
  private static func fourth(_ c: [Double], _ orders: [Int]) -> Double {
    let degrees = orders[3] - 4
    let rest = ChiSquared(degreesOfFreedom: Double(degrees))
    let density = { (u: Double) -> Double in
      let inside = 0.25 * strip(min(u, c[1]), c[0])
      guard degrees == 4 else { return inside * exp(-0.5 * u) * rest.upperTail(c[3] - u) }
      // Of four squares the tail is elementary, and the exponentials become one.
      return inside * exp(-0.5 * c[3]) * (1 + 0.5 * (c[3] - u))
    }
    return GaussLegendre.integral(0, c[0], density)
      + GaussLegendre.integralFromEdge(c[0], c[1], density)
      + GaussLegendre.integral(c[1], c[2], density)
  }

  /// The integral from 0 to v of the share of the directions in which a point of the plane at squared
  /// distance s from 0 is in the strip |Z_1| <= sqrt c.
  private static func strip(_ v: Double, _ c: Double) -> Double {
    guard v > c else { return v }
    return 2 / Double.pi * (v * asin((c / v).squareRoot()) + (c * (v - c)).squareRoot())
  }
}
