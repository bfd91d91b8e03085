internal import Glibc

extension Moments {
  /// The scales in use. Beyond them scaling by a power of two would itself underflow or overflow;
  /// within them squares of scaled values are far from both.
  static let exponentLimits = -1000...1000

  /// The smallest scale in use with magnitude <= 2^exponent, clamped to the limits.
  package static func exponent(covering magnitude: Double) -> Int {
    guard magnitude > 0 else { return exponentLimits.lowerBound }
    return min(
      max(Int(magnitude.exponent) + 1, exponentLimits.lowerBound), exponentLimits.upperBound)
  }

  /// 2^exponent.
  static func powerOfTwo(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }
}
