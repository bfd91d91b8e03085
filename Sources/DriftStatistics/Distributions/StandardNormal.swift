internal import Glibc

/// The standard normal distribution.
package enum StandardNormal {
  /// P(Z >= z), right to 1e-12 relative wherever it is a normal number.
  package static func upperTail(_ z: Double) -> Double {
    0.5 * erfc(z * 0.5.squareRoot())
  }

  /// The density at z.
  package static func density(_ z: Double) -> Double {
    exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
  }

  /// The z with P(Z >= z) = p, for 0 <= p <= 1.
  ///
  /// Abramowitz & Stegun 26.2.23 (error below 4.5e-4), then Halley's steps, each of which triples
  /// the number of right digits.
  package static func upperQuantile(_ p: Double) -> Double {
    if p.isNaN || p < 0 || p > 1 { return .nan }
    if p == 0 { return .infinity }
    if p > 0.5 { return -upperQuantile(1 - p) }
    let t = (-2 * log(p)).squareRoot()
    var z = t
    z -=
      (2.515517 + t * (0.802853 + t * 0.010328))
      / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    for _ in 0..<3 {
      let density = density(z)
      // Nothing left to divide by: the start is right to 1e-5 relative this far out.
      if density == 0 { break }
      let step = (upperTail(z) - p) / density
      z += step / (1 - 0.5 * z * step)
    }
    return p == 0.5 ? 0 : z
  }
}
