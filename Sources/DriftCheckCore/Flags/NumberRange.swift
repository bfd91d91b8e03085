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
