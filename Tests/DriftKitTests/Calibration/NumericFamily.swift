import Foundation

/// Distributions of numeric columns that the claims are tested on.
enum NumericFamily: String, Sendable, CaseIterable {
  case normal
  /// Student's t with 3 degrees: the fourth moment is infinite.
  case t3
  /// Student's t with 2 degrees: the variance is infinite.
  case t2
  /// The exponential of a standard normal number: skewness 6.2.
  case lognormal
  /// Counts with mean 4.
  case poisson
  /// Counts with mean 0.3: three of four rows hold 0.
  case rareCounts
  /// 70 % zeros, else exponential.
  case zeroInflated
  /// Whole numbers 1 to 5, the higher the likelier.
  case fivePoints
  /// Normal, one row in ten missing.
  case withMissing

  /// One number, NaN for a missing one.
  func value(_ source: inout RandomSource) -> Double {
    switch self {
    case .normal:
      return source.normal()
    case .t3:
      let z = source.normal()
      let squares = (0..<3).reduce(0.0) { sum, _ in
        let part = source.normal()
        return sum + part * part
      }
      return z / (squares / 3).squareRoot()
    case .t2:
      // The quantile function of two degrees of freedom.
      let u = source.uniform()
      return (2 * u - 1) / (2 * u * (1 - u)).squareRoot()
    case .lognormal:
      return exp(source.normal())
    case .poisson:
      return source.poisson(4)
    case .rareCounts:
      return source.poisson(0.3)
    case .zeroInflated:
      return source.uniform() < 0.7 ? 0 : source.exponential()
    case .fivePoints:
      return (5 * source.uniform().squareRoot()).rounded(.up)
    case .withMissing:
      return source.uniform() < 0.1 ? .nan : source.normal()
    }
  }

  /// A sample.
  func sample(_ count: Int, _ source: inout RandomSource) -> [Double] {
    (0..<count).map { _ in value(&source) }
  }
}
