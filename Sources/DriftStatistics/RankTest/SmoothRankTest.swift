public import DriftColumns

/// Whether two samples of numbers have one distribution, by their ranks: location, spread, skewness,
/// tails, and finer differences of shape.
///
/// The pooled values are cells in ascending order. Polynomials of the cells' mid-ranks, orthonormal
/// under the pooled weights, give components Z_1, Z_2, ... which under any permutation of the rows
/// have mean 0, variance 1 and no correlation: Z_1 is the rank test of Wilcoxon, Z_2 compares the
/// spread, Z_3 the skewness, Z_4 the tails. The sums of the first 1, 2, 4 and 8 squares are tested
/// each, the smallest of the tails decides, and the p-value is that of so small a minimum.
///
/// ```swift
/// let test = try SmoothRankTest(RankCells(x, y))
/// if test.pValue < 0.01 { print(test.components) }
/// ```
///
/// Sources: Neyman, "'Smooth' test for goodness of fit", Skandinavisk Aktuarietidskrift 20, 1937; in
/// ranks, Janic-Wroblewska & Ledwina, "Data Driven Rank Test for Two-Sample Problem", Scandinavian
/// Journal of Statistics 27, 2000.
public struct SmoothRankTest: Sendable, Hashable, Codable {
  /// The components Z_1, Z_2, ..., at most eight; positive where the baseline has more rows where the
  /// polynomial is positive: of Z_1, where its ranks are higher.
  public let components: [Double]
  /// How many components the sum with the smallest tail has; 0 where there is only one cell.
  public let order: Int
  /// The probability of so small a tail without a difference.
  public let pValue: Double

  /// The orders of the sums, beside the number of all components where they are fewer than eight.
  private static let orders = [1, 2, 4, 8]

  /// - Parameter cells: The pooled values.
  /// - Throws: `StatisticsError.insufficientData` where a side has no rows, or both have fewer than four.
  /// - Complexity: O(cells).
  public init(_ cells: RankCells) throws(StatisticsError) {
    let (n, m) = cells.rows
    guard n > 0, m > 0, n + m >= 4 else {
      throw StatisticsError(
        code: .insufficientData, message: "\(n) and \(m) values are too few to compare")
    }
    // 1. Few cells, each with enough rows.
    let cells = cells.merged
    guard cells.count > 1 else {
      (components, order, pValue) = ([], 0, 1)
      return
    }
    // 2. Polynomials of the mid-ranks, which run from -1 to 1.
    let all = Double(n + m)
    let weights = cells.pooled.map { Double($0) / all }
    var below = 0
    let places = cells.pooled.map { rows -> Double in
      defer { below += rows }
      return (2 * Double(below) + Double(rows)) / all - 1
    }
    let polynomials = OrthonormalPolynomials(
      places: places, weights: weights, degree: min(8, cells.count - 1))
    // 3. The components.
    let deviation = (Double(n) * Double(m) / (all - 1)).squareRoot()
    let components = polynomials.values.map { values in
      zip(cells.baseline, values).reduce(0) { $0 + Double($1.0) * $1.1 } / deviation
    }
    self.components = components
    // 4. Two cells are a table of two rows and two columns, which has an exact test.
    guard cells.count > 2 else {
      let lower = cells.baseline[0]
      order = 1
      pValue =
        FisherExactTest(
          baseline: (lower, n - lower),
          current: (cells.pooled[0] - lower, m + lower - cells.pooled[0])
        ).midPValue
      return
    }
    // 5. The smallest tail over the orders, and how likely it is.
    let sums = RankSums(n: Double(n), m: Double(m), weights: weights, polynomials: polynomials)
    let orders = Self.orders(cells: cells.count, components: components.count).filter {
      $0 == 1 || sums.variance($0) <= 8 * Double($0)
    }
    let tails = orders.map { sums.tail(of: components, order: $0) }
    let smallest = tails.min() ?? 1
    order = zip(orders, tails).first { $0.1 == smallest }?.0 ?? 1
    pValue = SmallestTail.probability(of: smallest, orders: orders)
  }

  /// The orders for so many cells and components.
  private static func orders(cells: Int, components: Int) -> [Int] {
    var orders = orders.filter { $0 <= components }
    if components < 8, orders.last != components { orders.append(components) }
    return orders
  }
}

/// The tails of the sums of squared components under permutation.
private struct RankSums {
  let n: Double
  let m: Double
  let weights: [Double]
  let polynomials: OrthonormalPolynomials

  /// The variance of the sum of the first squares under permutation of the rows; 2 x order for many
  /// rows in many cells.
  func variance(_ order: Int) -> Double {
    let (d, all) = (Double(order), n + m)
    let a = (m * m / n + n * n / m) / (all * all)
    var w = 0.0
    for cell in weights.indices {
      var sum = 0.0
      for polynomial in polynomials.values.prefix(order) {
        sum += polynomial[cell] * polynomial[cell]
      }
      w += weights[cell] * sum * sum
    }
    return 2 * d * (all - 1 - d) / (all + 1)
      + (all - 1) * (all * (all + 1) * a - 3 * (all - 1))
      * ((all + 1) * w - (all - 1) * (d * d + 2 * d)) / ((all + 1) * all * (all - 2) * (all - 3))
  }

  /// The tail of the gamma distribution with the mean and variance of the sum.
  func tail(of components: [Double], order: Int) -> Double {
    let sum = components.prefix(order).reduce(0) { $0 + $1 * $1 }
    let (mean, variance) = (Double(order), variance(order))
    guard variance > 1e-9 * mean else { return sum > mean * (1 + 1e-9) ? 0 : 1 }
    return IncompleteGamma.upper(a: mean * mean / variance, x: sum * mean / variance)
  }
}
