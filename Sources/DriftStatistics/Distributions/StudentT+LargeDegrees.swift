internal import Glibc

extension StudentT {
  /// The two-sided tail for df >= 30 and log(1 + t^2/df) <= 1, without iteration.
  ///
  /// With a = df/2, y = exp(-s) turns the incomplete beta integral into
  ///
  ///     1/B(a, 1/2) * integral from L to infinity of exp(-T s) (2 sinh(s/2))^(-1/2) ds,
  ///
  /// T = a - 1/4, L = log(1 + t^2/df). Expanding (sinh(s/2) / (s/2))^(-1/2) in powers of s^2 leaves
  /// incomplete gamma functions, the first of them erfc(sqrt(T L)). The first term left out is
  /// below 1e-18 in this range. Same idea as BGRAT in DiDonato & Morris 1992 (ACM TOMS 18, 360).
  func largeDegreesTail(logRatio: Double) -> Double {
    let a = degreesOfFreedom / 2
    let shifted = a - 0.25
    let z = shifted * logRatio
    // Gamma(alpha, z) / T^(alpha - 1/2) / sqrt(pi), from alpha = 1/2 upwards by the recurrence
    // Gamma(alpha + 1, z) = alpha Gamma(alpha, z) + z^alpha exp(-z): all terms are positive.
    var gamma = erfc(z.squareRoot())
    var edge = exp(-z) * (logRatio / (shifted * Double.pi)).squareRoot()
    var alpha = 0.5
    var sum = gamma
    for coefficient in Self.inverseRootSinh {
      for _ in 0..<2 {
        gamma = alpha / shifted * gamma + edge
        edge *= logRatio
        alpha += 1
      }
      sum += coefficient * gamma
    }
    return exp(GammaFunction.halfRatioCorrection(a)) * sum
  }

  /// Coefficients of s^2, s^4, ... in (sinh(s/2) / (s/2))^(-1/2): -1/48, 1/2560, -61/7741440, ...
  private static let inverseRootSinh: [Double] = [
    -0.020833333333333332, 0.000390625, -7.879670965608466e-06, 1.6967665791721782e-07,
    -3.805064191721906e-09, 8.748377596315407e-11, -2.044523359411974e-12, 4.833351797967704e-14,
    -1.152434101767386e-15, 2.76605204359937e-17,
  ]
}
