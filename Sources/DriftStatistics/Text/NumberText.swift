/// Numbers as people read them, the same in every locale.
package enum NumberText {
  /// With so many digits behind the point, such as `0.412`.
  package static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let scale = power(digits)
    let scaled = (abs(value) * scale).rounded()
    // With more digits the two would hand the number to each other for ever.
    guard scaled < 1e15 else { return significant(value, min(digits + 3, 14)) }
    let whole = Int(scaled)
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return sign + "\(whole)" }
    let fraction = "\(whole % Int(scale))"
    return sign + "\(whole / Int(scale))."
      + String(repeating: "0", count: digits - fraction.count) + fraction
  }

  /// With so many significant digits, such as `0.0031`, `120.5` or `3.1e-12`.
  package static func significant(_ value: Double, _ digits: Int) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : fixed(value, 0) }
    var exponent = decimalExponent(value)
    if exponent >= -4, exponent < digits + 3 {
      let text = fixed(value, min(max(0, digits - 1 - exponent), 15))
      return text.contains(".") ? trimmed(text) : text
    }
    // In two steps: a power of ten beyond the largest double is out of reach.
    var mantissa = abs(value) / power(exponent / 2) / power(exponent - exponent / 2)
    if (mantissa * power(digits - 1)).rounded() >= power(digits) {
      mantissa /= 10
      exponent += 1
    }
    return (value < 0 ? "-" : "") + trimmed(fixed(mantissa, digits - 1)) + "e\(exponent)"
  }

  /// Two numbers with so many significant digits, or as many more as tell them apart.
  package static func pair(_ one: Double, _ other: Double, _ digits: Int) -> (String, String) {
    for digits in digits..<15 {
      let texts = (significant(one, digits), significant(other, digits))
      if texts.0 != texts.1 || one == other || one.isNaN || other.isNaN { return texts }
    }
    return ("\(one)", "\(other)")
  }

  /// A p-value in words: `p < 1e-12` or `p = 0.0031`.
  package static func pValue(_ p: Double) -> String {
    p < 1e-12 ? "p < 1e-12" : "p = \(significant(p, 2))"
  }

  /// A share in per cent: `12.0 %`.
  package static func percent(_ share: Double) -> String { "\(fixed(share * 100, 1)) %" }

  /// A count with commas: `12,345`.
  package static func grouped(_ count: Int) -> String {
    let digits = "\(count.magnitude)"
    var text = count < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text[...]
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
  }

  private static func decimalExponent(_ value: Double) -> Int {
    // From the shortest text, which has the exponent in the open; no logarithm, no rounding.
    let text = "\(abs(value))"
    if let mark = text.firstIndex(of: "e") {
      return Int(text[text.index(after: mark)...]) ?? 0
    }
    let parts = text.split(separator: ".")
    if parts[0] != "0" { return parts[0].count - 1 }
    return -(parts[1].prefix { $0 == "0" }.count + 1)
  }

  private static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }
}
