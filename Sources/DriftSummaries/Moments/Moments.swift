internal import Glibc

/// Count, mean, variance, skewness, smallest and largest of the finite values of a sample.
///
/// Two of them merge into those of the joined sample, so that a file can be read in parts
/// (Chan, Golub & LeVeque 1983, The American Statistician 37(3); the third moment: Pébay 2008, Sandia
/// Report SAND2008-6212). The mean has about 106 bits and the other moments an exponent of their own: adding a constant to all values or scaling them by a
/// power of two changes no test that is computed from here, as long as the values stay exact.
///
/// NaN and infinities are skipped and **not counted**; a caller that needs to know how many there
/// were counts them itself.
public struct Moments: Sendable, Hashable {
  /// How many finite values there were.
  public private(set) var count: Int
  /// The mean with its low part.
  package private(set) var preciseMean: DoubleDouble
  /// The sum of squared deviations from the mean, divided by 4^exponent.
  package private(set) var scaledSecondMoment: DoubleDouble
  /// The sum of cubed deviations from the mean, divided by 8^exponent; nil when it is not known.
  package private(set) var scaledThirdMoment: DoubleDouble?
  /// No value is larger in magnitude than 2^exponent, unless the exponent is at its limit.
  package private(set) var exponent: Int
  /// Nil when empty, or when made from a summary without them.
  private var range: ClosedRange<Double>?

  /// The moments of no values.
  public init() {
    count = 0
    preciseMean = DoubleDouble(0)
    scaledSecondMoment = DoubleDouble(0)
    scaledThirdMoment = DoubleDouble(0)
    exponent = Self.exponentLimits.lowerBound
    range = nil
  }

  package init(
    count: Int, mean: DoubleDouble, scaledSecondMoment: DoubleDouble,
    scaledThirdMoment: DoubleDouble?, exponent: Int, range: ClosedRange<Double>?
  ) {
    self.count = count
    self.preciseMean = mean
    self.scaledSecondMoment = scaledSecondMoment
    self.scaledThirdMoment = scaledThirdMoment
    self.exponent = exponent
    self.range = range
  }

  /// The smallest value; nil when there is none or it is not known.
  public var minimum: Double? { range?.lowerBound }

  /// The largest value; nil when there is none or it is not known.
  public var maximum: Double? { range?.upperBound }

  /// The mean; nil without values.
  public var mean: Double? { count > 0 ? preciseMean.high : nil }

  /// The unbiased variance (divisor n - 1); nil for fewer than two values.
  ///
  /// It overflows to infinity, or underflows to zero, where the square of the values does; the
  /// tests do not use it.
  public var variance: Double? { count > 1 ? scaledVariance.value : nil }

  /// The square root of the unbiased variance; nil for fewer than two values.
  public var standardDeviation: Double? { count > 1 ? scaledVariance.squareRoot.value : nil }

  /// The skewness k3 / k2^1.5 of the values, k2 and k3 being the means of their squared and cubed
  /// deviations from the mean: 0 for symmetric ones, positive where the long tail is above.
  ///
  /// Nil when all are the same, when there are none, and when only summary statistics are known.
  ///
  /// Source: g1 of Joanes & Gill, "Comparing measures of sample skewness and kurtosis", The
  /// Statistician 47, 1998.
  public var skewness: Double? {
    guard let third = scaledThirdMoment, scaledSecondMoment.high > 0, !isConstant else {
      return nil
    }
    // The scales of both cancel.
    let second = ScaledDouble(scaledSecondMoment.high)
    let ratio = ScaledDouble(third.high) / (second * second.squareRoot)
    return ratio.value * Double(count).squareRoot()
  }

  /// Whether there are values and all are the same: the smallest is the largest.
  ///
  /// In a summary without smallest and largest: the standard deviation is zero.
  public var isConstant: Bool {
    guard count > 0 else { return false }
    guard let range else { return scaledSecondMoment.high == 0 }
    return range.lowerBound == range.upperBound
  }

  /// The unbiased variance, without overflow; zero for fewer than two values.
  package var scaledVariance: ScaledDouble {
    guard count > 1 else { return ScaledDouble(0) }
    return ScaledDouble(scaledSecondMoment.high / Double(count - 1), exponent: 2 * exponent)
  }

  /// Adds the values that the other moments were computed from.
  ///
  /// Merging any parts of a sample in any order gives the moments of the sample within 1e-12
  /// relative.
  public mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let common = max(exponent, other.exponent)
    let (large, small) = count >= other.count ? (self, other) : (other, self)
    let total = Double(count + other.count)
    let share = Double(small.count) / total

    // In scaled units, where the difference cannot overflow.
    let unit = Self.powerOfTwo(-common)
    let largeMean = large.preciseMean.scaled(by: unit)
    let difference = small.preciseMean.scaled(by: unit) - largeMean
    let between = difference.high * difference.high * (Double(large.count) * share)
    let step = DoubleDouble(difference.high * share, difference.low * share)

    let (largeSecond, smallSecond) = (
      large.secondMoment(exponent: common), small.secondMoment(exponent: common)
    )
    let rest = 1 - share
    if let largeThird = large.thirdMoment(exponent: common),
      let smallThird = small.thirdMoment(exponent: common)
    {
      let within = 3 * difference.high * (rest * smallSecond.high - share * largeSecond.high)
      scaledThirdMoment =
        largeThird + smallThird + DoubleDouble(within)
        + DoubleDouble(between * difference.high * (rest - share))
    } else {
      scaledThirdMoment = nil
    }
    scaledSecondMoment = largeSecond + smallSecond + DoubleDouble(between)
    preciseMean = (largeMean + step).scaled(by: Self.powerOfTwo(common))
    exponent = common
    range = Self.union(range, other.range)
    count += other.count
    keepSound()
  }

  /// Lifts a second moment that no values with these extremes have, and limits the third to what they may: moments that were read from a
  /// file may say anything, and what they merge to is written to another.
  private mutating func keepSound() {
    guard let range else { return }
    let unit = Self.powerOfTwo(-exponent)
    let width = range.upperBound * unit - range.lowerBound * unit
    // The two extremes alone have twice as much.
    let least = width * width / 4
    if scaledSecondMoment.high < least { scaledSecondMoment = DoubleDouble(least) }
    // No deviation is wider than the range.
    let most = width * scaledSecondMoment.high
    if let third = scaledThirdMoment?.high, third.magnitude > most {
      scaledThirdMoment = DoubleDouble(third < 0 ? -most : most)
    }
  }

  private func secondMoment(exponent common: Int) -> DoubleDouble {
    let factor = Self.powerOfTwo(max(2 * (exponent - common), -1074))
    return scaledSecondMoment.scaled(by: factor)
  }

  private func thirdMoment(exponent common: Int) -> DoubleDouble? {
    scaledThirdMoment?.scaled(by: Self.powerOfTwo(max(3 * (exponent - common), -1074)))
  }

  private static func union(
    _ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?
  ) -> ClosedRange<Double>? {
    guard let a, let b else { return nil }
    return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }
}
