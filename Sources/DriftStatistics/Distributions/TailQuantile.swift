internal import Glibc

/// Inverts the upper tail of a distribution on the positive numbers.
enum TailQuantile {
  /// The x > 0 with tail(x) = target.
  ///
  /// Newton's method on log tail as a function of log x, which is nearly straight for a power tail
  /// and concave for the others, so that it converges from the right; halving where a step leaves
  /// the bracket. Infinity when x is too large for a `Double`.
  /// - Complexity: about 5 evaluations of the tail, at most 200.
  static func solve(
    start: Double, target: Double, tail: (Double) -> Double, density: (Double) -> Double
  ) -> Double {
    var (lower, upper) = (0.0, Double.infinity)
    var x = start
    for _ in 0..<200 {
      let value = tail(x)
      if value == target { return x }
      if value > target { lower = x } else { upper = x }

      // Near 1 the logarithm of the ratio would round away what the difference keeps.
      let error = target > 0.5 ? (value - target) / value : log(value / target)
      let step = error * value / (x * density(x))
      var next = x * exp(step)
      if !(next > lower && next < upper) {
        if next == x { return x }
        if upper.isInfinite {
          if lower >= 0x1p1000 { return .infinity }
          next = lower < 0x1p500 ? max(lower * lower, lower * 16) : 0x1p1000
        } else {
          next = lower == 0 ? upper / 16 : lower.squareRoot() * upper.squareRoot()
        }
      }
      if (next / x - 1).magnitude <= 0x1p-52 { return next }
      x = next
    }
    return x
  }
}
