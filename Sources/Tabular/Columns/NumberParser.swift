import CFastFloat

/// Turns a cell into the nearest double.
///
/// A number is an optional sign, then `12`, `12.`, `.5` or `1.5` with an optional exponent, or
/// `inf` or `infinity` in any case. `1e400` is an infinity and `1e-400` zero, as for `strtod`.
package enum NumberParser {
  /// The number that all of these bytes spell; nil when they spell none.
  package static func parse(_ bytes: [UInt8]) -> Double? {
    let value = bytes.withUnsafeBufferPointer { parse($0) }
    return value.isNaN ? nil : value
  }

  /// The same without the short cut for plain decimals: the reference it is tested against.
  package static func parseExactly(_ bytes: [UInt8]) -> Double? {
    let value = bytes.withUnsafeBufferPointer { parseExactly($0) }
    return value.isNaN ? nil : value
  }

  /// The number that all of these bytes spell; NaN, which no text spells, when they spell none.
  @inline(__always)
  static func parse(_ cell: UnsafeBufferPointer<UInt8>) -> Double {
    let value = parsePlain(cell)
    return value.isNaN ? parseExactly(cell) : value
  }

  /// A plain decimal of few digits; NaN for any other text, which may still be a number.
  ///
  /// Integers up to 2^53 and powers of ten up to 10^22 are doubles, so that one division gives the
  /// correctly rounded result (Clinger, "How to read floating point numbers accurately", 1990).
  @inline(__always)
  static func parsePlain(_ cell: UnsafeBufferPointer<UInt8>) -> Double {
    let count = cell.count
    guard let bytes = cell.baseAddress, count > 0, count <= maximumPlainCount else { return .nan }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    var next = isNegative || bytes[0] == UInt8(ascii: "+") ? 1 : 0
    var digits: UInt64 = 0
    let integerStart = next
    while next < count {
      let digit = bytes[next] &- UInt8(ascii: "0")
      if digit > 9 { break }
      digits = digits &* 10 &+ UInt64(digit)
      next &+= 1
    }
    var digitCount = next &- integerStart
    var value: Double
    if next == count {
      value = Double(digits)
    } else {
      guard bytes[next] == UInt8(ascii: ".") else { return .nan }
      next &+= 1
      let fractionCount = count &- next
      while next < count {
        let digit = bytes[next] &- UInt8(ascii: "0")
        if digit > 9 { return .nan }
        digits = digits &* 10 &+ UInt64(digit)
        next &+= 1
      }
      digitCount &+= fractionCount
      value = Double(digits) / powersOfTen[fractionCount]
    }
    guard digitCount > 0, digits <= 1 << 53 else { return .nan }
    if isNegative { value = -value }
    return value
  }

  /// Any number, by fast_float; NaN for other text.
  @inline(never)
  static func parseExactly(_ cell: UnsafeBufferPointer<UInt8>) -> Double {
    var value = Double.nan
    cell.withMemoryRebound(to: CChar.self) { text in
      guard let base = text.baseAddress else { return }
      // On failure the value stays as it is.
      _ = drift_parse_double(base, text.count, &value)
    }
    return value
  }

  /// 19 digits cannot overflow 64 bits.
  private static let maximumPlainCount = 19

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19,
  ]
}
