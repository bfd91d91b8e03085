internal import Glibc

/// The gamma function in the forms that the distributions need.
package enum GammaFunction {
  /// The natural logarithm of gamma(x), x > 0.
  ///
  /// Uses `lgamma_r`, which keeps the sign in an argument: plain `lgamma` writes a global.
  package static func logarithm(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }

  /// gamma(a + 1/2) / gamma(a) for a > 0, right to a few units in the last place for any a.
  ///
  /// The difference of two logarithms would lose all digits at a = 1e12.
  package static func halfRatio(_ a: Double) -> Double {
    var (a, factor) = (a, 1.0)
    while a < 16 {
      factor *= a / (a + 0.5)
      a += 1
    }
    return factor * (a - 0.25).squareRoot() * exp(halfRatioCorrection(a))
  }

  /// The natural logarithm of ``halfRatio(_:)``, within 1e-15 + 1e-16 log a.
  package static func logHalfRatio(_ a: Double) -> Double {
    guard a >= 16 else { return log(halfRatio(a)) }
    return 0.5 * log(a - 0.25) + halfRatioCorrection(a)
  }

  /// log(gamma(a + 1/2) / gamma(a)) - log(a - 1/4) / 2, a >= 16.
  ///
  /// Stirling's series about w = a - 1/4, where the odd powers cancel:
  /// the coefficient of w^-n is 2 B_{n+1}(1/4) / (n (n + 1)), n even (DLMF 5.11.8).
  package static func halfRatioCorrection(_ a: Double) -> Double {
    let u = 1 / ((a - 0.25) * (a - 0.25))
    var sum = -0.006712389489014943
    for coefficient in [
      0.002409029006958008, -0.0013208389282226562, 0.0012410481770833333, -0.00244140625, 0.015625,
    ] {
      sum = sum * u + coefficient
    }
    return sum * u
  }

  /// log(gamma(a)) - ((a - 1/2) log a - a + log(2 pi) / 2) for a >= 16: Stirling's series
  /// (DLMF 5.11.1).
  package static func stirlingCorrection(_ a: Double) -> Double {
    let u = 1 / (a * a)
    var sum = -0.0019175269175269176
    for coefficient in [
      0.0008417508417508417, -0.0005952380952380953, 0.0007936507936507937,
      -0.002777777777777778, 0.08333333333333333,
    ] {
      sum = sum * u + coefficient
    }
    return sum / a
  }
}
