/// Whether a computed number is close enough to the expected one; prints as an explanation.
///
///     let closeness = Closeness(p, to: 0.0794, relative: 1e-12)
///     #expect(closeness.holds, "\(closeness)")
public struct Closeness: Sendable, CustomStringConvertible {
  /// The number that was computed.
  public let actual: Double?
  /// The number to compare with.
  public let expected: Double
  /// The error that is accepted: relative to the expected number, or absolute.
  public let tolerance: Double
  /// Whether the tolerance is relative.
  public let isRelative: Bool

  /// Compares with a tolerance relative to the expected number, which must not be zero unless the
  /// two are equal.
  public init(_ actual: Double?, to expected: Double, relative tolerance: Double) {
    (self.actual, self.expected) = (actual, expected)
    (self.tolerance, isRelative) = (tolerance, true)
  }

  /// Compares with an absolute tolerance.
  public init(_ actual: Double?, to expected: Double, absolute tolerance: Double) {
    (self.actual, self.expected) = (actual, expected)
    (self.tolerance, isRelative) = (tolerance, false)
  }

  /// The error in the unit of the tolerance; nil when there is no number.
  public var error: Double? {
    guard let actual else { return nil }
    if actual == expected { return 0 }
    let difference = (actual - expected).magnitude
    return isRelative ? difference / expected.magnitude : difference
  }

  /// Whether the error is within the tolerance. Never for a missing number or NaN.
  public var holds: Bool {
    guard let error else { return false }
    return error <= tolerance
  }

  /// For example "0.08 is not within 1e-12 (relative) of 0.0794: off by 7.6e-3".
  public var description: String {
    let kind = isRelative ? "relative" : "absolute"
    let actual = actual.map(\.description) ?? "nil"
    let error = error.map(\.description) ?? "nothing comparable"
    return "\(actual) is \(holds ? "" : "not ")within \(tolerance) (\(kind)) of \(expected): "
      + "off by \(error)"
  }
}
