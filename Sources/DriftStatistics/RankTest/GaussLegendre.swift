internal import Glibc

/// Integrals of smooth functions by the rule of Gauss and Legendre with 32 nodes.
enum GaussLegendre {
  /// The integral from one place to another; 0 where the first is not below the second.
  static func integral(_ from: Double, _ to: Double, _ function: (Double) -> Double) -> Double {
    guard from < to else { return 0 }
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from))
    var sum = 0.0
    for (node, weight) in rule {
      sum += weight * (function(middle - half * node) + function(middle + half * node))
    }
    return sum * half
  }

  /// The same for a function that begins like a square root: over the root of the distance.
  static func integralFromEdge(_ from: Double, _ to: Double, _ function: (Double) -> Double)
    -> Double
  {
    guard from < to else { return 0 }
    return integral(0, (to - from).squareRoot()) { 2 * $0 * function(from + $0 * $0) }
  }

  /// The positive nodes with their weights: roots of the polynomial of Legendre, by Newton's method.
  private static let rule: [(node: Double, weight: Double)] = {
    let degree = 32
    return (1...degree / 2).map { place in
      var x = cos(Double.pi * (Double(place) - 0.25) / (Double(degree) + 0.5))
      var slope = 0.0
      for _ in 0..<8 {
        var (last, value) = (1.0, x)
        for k in 2...degree {
          (last, value) = (
            value, (Double(2 * k - 1) * x * value - Double(k - 1) * last) / Double(k)
          )
        }
        slope = Double(degree) * (x * value - last) / (x * x - 1)
        x -= value / slope
      }
      return (x, 2 / ((1 - x * x) * slope * slope))
    }
  }()
}
