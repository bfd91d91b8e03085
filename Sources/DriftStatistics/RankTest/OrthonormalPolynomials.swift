/// Polynomials on cells, orthonormal under the cells' weights and orthogonal to 1.
///
/// Source: Gram and Schmidt's method, done twice for each polynomial: "twice is enough" (Kahan, in
/// Parlett, "The Symmetric Eigenvalue Problem", 1980, 6.9). The recurrence of three terms loses
/// orthogonality on cells of very different weight.
struct OrthonormalPolynomials {
  /// The values of each polynomial in each cell: of degree 1 first.
  let values: [[Double]]

  /// The smallest norm of a polynomial with leading coefficient 1; below it rounding decides.
  private static let leastNorm = 1e-10

  /// - Parameters:
  ///   - places: Where each cell is.
  ///   - weights: The weight of each cell; their sum is 1.
  ///   - degree: The highest degree, less than the number of cells.
  /// - Complexity: O(cells x degree^2).
  init(places: [Double], weights: [Double], degree: Int) {
    var values: [[Double]] = []
    var last = [Double](repeating: 1, count: places.count)
    var leading = 1.0
    while values.count < degree {
      // 1. The next power: the last polynomial times the place.
      var next = zip(places, last).map { $0 * $1 }
      // 2. What it has in common with 1 and with all before it is taken away, twice.
      for _ in 0..<2 {
        Self.subtract(Self.product(next, weights), from: &next)
        for other in values {
          Self.subtract(Self.product(next, other, weights), times: other, from: &next)
        }
      }
      // 3. It gets length 1, unless nothing of it is left.
      let norm = Self.product(next, next, weights).squareRoot()
      leading *= norm
      guard leading >= Self.leastNorm else { break }
      for index in next.indices { next[index] /= norm }
      values.append(next)
      last = next
    }
    self.values = values
  }

  private static func product(_ values: [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    for index in values.indices { sum += values[index] * weights[index] }
    return sum
  }

  private static func product(_ one: [Double], _ other: [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += one[index] * other[index] * weights[index] }
    return sum
  }

  private static func subtract(_ mean: Double, from values: inout [Double]) {
    for index in values.indices { values[index] -= mean }
  }

  private static func subtract(
    _ factor: Double, times other: [Double], from values: inout [Double]
  ) {
    for index in values.indices { values[index] -= factor * other[index] }
  }
}
