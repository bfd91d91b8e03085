/// The numbers that a flag takes.
package struct NumberRange: Sendable, Hashable {
  /// The lower end.
  package let lower: Double
  /// Whether the lower end is one of them.
  package let includesLower: Bool
  /// The upper end.
  package let upper: Double
  /// Whether the upper end is one of them.
  package let includesUpper: Bool
  /// The range in words, to follow "expected".
  let expected: String

  /// Numbers greater than 0 and less than 1.
  package static let probability = NumberRange(
    lower: 0, includesLower: false, upper: 1, includesUpper: false,
    expected: "a number greater than 0 and less than 1")
  /// Numbers from 0.
  package static let nonNegative = NumberRange(
    lower: 0, includesLower: true, upper: .greatestFiniteMagnitude, includesUpper: true,
    expected: "a number that is at least 0")
  /// All numbers.
  package static let finite = NumberRange(
    lower: -.greatestFiniteMagnitude, includesLower: true, upper: .greatestFiniteMagnitude,
    includesUpper: true, expected: "a finite number")
  /// Numbers greater than 0.
  package static let positive = NumberRange(
    lower: 0, includesLower: false, upper: .greatestFiniteMagnitude, includesUpper: true,
    expected: "a number greater than 0")
  /// The floor of a share.
  package static let shareFloor = NumberRange(
    lower: 0, includesLower: false, upper: 0.1, includesUpper: true,
    expected: "a number greater than 0 and at most 0.1")

  func contains(_ value: Double) -> Bool {
    (includesLower ? value >= lower : value > lower)
      && (includesUpper ? value <= upper : value < upper)
  }
}

/// Values of flags from their text. Numbers are plain decimals whatever the locale.
package enum ValueParser {
  /// A finite number in decimal or scientific form.
  package static func number(_ text: String, in range: NumberRange) throws(InvalidValue) -> Double {
    // `Double` would also take "inf", "nan" and hexadecimal numbers.
    let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
    guard isDecimal, let value = Double(text), value.isFinite, range.contains(value) else {
      throw InvalidValue(expected: range.expected)
    }
    return value
  }

  /// A whole number.
  package static func integer(
    _ text: String, in range: ClosedRange<Int>
  ) throws(InvalidValue) -> Int {
    guard let value = Int(text), range.contains(value) else {
      throw InvalidValue(expected: expected(range))
    }
    return value
  }

  /// The whole numbers of a range in words, to follow "expected".
  static func expected(_ range: ClosedRange<Int>) -> String {
    range.upperBound == .max
      ? "a whole number that is at least \(range.lowerBound)"
      : "a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  /// The whole numbers of 64 bits in words, to follow "expected".
  static let expectedSeed = "a whole number from 0 to \(UInt64.max)"

  /// A whole number of 64 bits.
  package static func seed(_ text: String) throws(InvalidValue) -> UInt64 {
    guard let value = UInt64(text) else {
      throw InvalidValue(expected: expectedSeed)
    }
    return value
  }

  /// One word out of a few.
  package static func choice<Value: Choice>(_ text: String) throws(InvalidValue) -> Value {
    guard let value = Value(rawValue: text) else {
      let words = Value.allCases.map { "'\($0.rawValue)'" }
      throw InvalidValue(
        expected: words.count == 1 ? words[0] : "one of " + words.joined(separator: ", "))
    }
    return value
  }

  /// Any text but the empty one and such with a NUL, where a path would end for the system and name
  /// another file.
  package static func nonEmpty(_ text: String, what: String) throws(InvalidValue) -> String {
    guard !text.isEmpty, !text.utf8.contains(0) else { throw InvalidValue(expected: what) }
    return text
  }

  /// `half` or `floor:EPS`.
  package static func emptyBins(_ text: String) throws(InvalidValue) -> CheckOptions.EmptyBins {
    if text == "half" { return .half }
    let expected = "'half' or 'floor:EPS' with EPS \(NumberRange.shareFloor.expected)"
    guard text.hasPrefix("floor:"),
      let floor = try? number(String(text.dropFirst("floor:".count)), in: .shareFloor)
    else { throw InvalidValue(expected: expected) }
    return .floor(floor)
  }

  /// `median` or a number greater than 0.
  package static func bandwidth(_ text: String) throws(InvalidValue) -> CheckOptions.Bandwidth {
    if text == "median" { return .median }
    guard let sigma = try? number(text, in: .positive) else {
      throw InvalidValue(expected: "'median' or \(NumberRange.positive.expected)")
    }
    return .sigma(sigma)
  }
}
