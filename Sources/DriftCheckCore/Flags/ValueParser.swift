package import DriftDetection

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
  package static func choice<Word: WordChoice>(
    _ text: String, among: [Word] = Array(Word.allCases)
  ) throws(InvalidValue) -> Word {
    guard let value = among.first(where: { $0.rawValue == text }) else {
      let words = among.map { "'\($0.rawValue)'" }
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
  package static func emptyBins(_ text: String) throws(InvalidValue)
    -> PopulationStabilityIndex.EmptyBins
  {
    if text == "half" { return .addHalf }
    let expected = "'half' or 'floor:EPS' with EPS \(NumberRange.shareFloor.expected)"
    guard text.hasPrefix("floor:"),
      let floor = try? number(String(text.dropFirst("floor:".count)), in: .shareFloor)
    else { throw InvalidValue(expected: expected) }
    return .floor(floor)
  }

  /// `median`, which is nil, or a number greater than 0.
  package static func bandwidth(_ text: String) throws(InvalidValue) -> Double? {
    if text == "median" { return nil }
    guard let sigma = try? number(text, in: .positive) else {
      throw InvalidValue(expected: "'median' or \(NumberRange.positive.expected)")
    }
    return sigma
  }

  /// `off` or `LOW,HIGH`.
  package static func ratio(_ text: String) throws(InvalidValue) -> ClosedRange<Double>? {
    if text == "off" { return nil }
    let ends = text.split(separator: ",", omittingEmptySubsequences: false).map {
      try? number(String($0), in: .nonNegative)
    }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
      throw InvalidValue(
        expected: "'off' or two numbers that are at least 0, the lower one first, such as 0.5,2")
    }
    return low...high
  }
}
