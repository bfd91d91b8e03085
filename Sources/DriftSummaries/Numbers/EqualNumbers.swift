/// Which numbers are the same although they are not written alike: rounded elsewhere, or on their way
/// through single precision.
///
/// Two numbers are the same within 2^-48 of the larger one, or of the spread of their column: a sum
/// that should be 0 and is 1e-17 is 0 among values of about 1. Numbers that are not whole are the same,
/// too, where one is the other in single precision.
package struct EqualNumbers: Sendable, Hashable {
  /// The size of what the numbers are compared with; 0 for none.
  let scale: Double

  /// - Parameter scale: The size of what the numbers are compared with; 0 for none.
  package init(scale: Double = 0) { self.scale = scale }

  /// The numbers of a column, by its standard deviation.
  ///
  /// - Parameters:
  ///   - deviation: The standard deviation; nil or 0 for a constant.
  ///   - spread: The distance between the hundredths of the rows at both ends. One absurd cell makes a
  ///     deviation in which all other values would be one: it counts as a thousand of these at most.
  init(deviation: Double?, spread: Double) {
    // Its last bits depend on the order of the rows.
    let deviation = Double(bitPattern: (deviation ?? 0).bitPattern & ~0xFFFF_FFFF)
    scale = spread > 0 ? min(deviation, 1024 * spread) : deviation
  }

  /// How far numbers of about this size may be apart.
  func tolerance(_ value: Double) -> Double { 0x1p-48 * max(value.magnitude, scale) }

  /// Whether two finite numbers are the same.
  package func areSame(_ a: Double, _ b: Double) -> Bool {
    let distance = (a - b).magnitude
    if distance <= max(tolerance(a), tolerance(b)) { return true }
    return Self.isNear(distance, a, b, within: 0x1p-23)
      && (Self.isSinglePrecision(b, of: a) || Self.isSinglePrecision(a, of: b))
  }

  /// Whether two constants are the same. A constant may be written with fewer digits, seven at least.
  package func areSameConstant(_ a: Double, _ b: Double) -> Bool {
    areSame(a, b)
      || Self.isNear((a - b).magnitude, a, b, within: 0x1p-20)
        && (Self.isWritten(b, short: a) || Self.isWritten(a, short: b))
  }

  /// Whether numbers that are not whole are about the same.
  private static func isNear(_ distance: Double, _ a: Double, _ b: Double, within share: Double)
    -> Bool
  {
    distance <= max(share * max(a.magnitude, b.magnitude), 0x1p-149)
      && a.rounded(.towardZero) != a && b.rounded(.towardZero) != b
  }

  /// Whether a number is another one in single precision, or as that is written.
  private static func isSinglePrecision(_ single: Double, of value: Double) -> Bool {
    let rounded = Float(value)
    return Double(rounded) == single || Double("\(rounded)") == single
  }

  /// Whether a number is another one, rounded to the digits that it has.
  private static func isWritten(_ short: Double, short value: Double) -> Bool {
    // The digits of the shortest text, without the zeros before the first and the exponent.
    let mantissa = "\(short)".utf8.prefix { $0 != UInt8(ascii: "e") }
      .filter { (48...57).contains($0) }.drop { $0 == 48 }
    guard mantissa.count >= 7 else { return false }
    var unit = 1.0
    var rest = short.magnitude
    while rest >= 10 { (rest, unit) = (rest / 10, unit * 10) }
    while rest < 1, rest > 0 { (rest, unit) = (rest * 10, unit / 10) }
    for _ in 1..<mantissa.count { unit /= 10 }
    return (short - value).magnitude <= 0.5 * unit * (1 + 1e-6)
  }
}

extension EqualNumbers {
  /// How far a bin may reach beyond a value that it begins or ends with.
  private func margin(_ value: Double) -> Double { 0x1p-22 * max(value.magnitude, scale) }

  /// Where a bin begins that holds a value, but not the next smaller one.
  func cut(below value: Double, above smaller: Double?) -> Double {
    guard let smaller else {
      return max(value - margin(value), -Double.greatestFiniteMagnitude)
    }
    let cut = value - min(value / 2 - smaller / 2, margin(value))
    return min(max(cut, smaller.nextUp), value)
  }

  /// Where a bin ends that holds a value, but not the next larger one.
  func cut(above value: Double, below larger: Double?) -> Double {
    let cut = value + min(larger.map { $0 / 2 - value / 2 } ?? .infinity, margin(value))
    return min(max(cut, value.nextUp), larger ?? .infinity)
  }
}
