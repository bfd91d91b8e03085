extension Moments {
  /// Whether all values of both sides are one number, though it may be written in several ways.
  package static func areOneConstant(_ one: Moments, _ other: Moments) -> Bool {
    guard let least = one.minimum, let most = one.maximum, let otherLeast = other.minimum,
      let otherMost = other.maximum
    else { return false }
    return EqualNumbers().areSameConstant(min(least, otherLeast), max(most, otherMost))
  }

  /// Two sides that are one constant, both of the value of the first; nil when they are none.
  package static func sameConstants(_ one: Moments, _ other: Moments) -> (Moments, Moments)? {
    guard areOneConstant(one, other), let value = one.minimum else { return nil }
    func constant(_ count: Int) -> Moments? {
      try? Moments(count: count, mean: value, standardDeviation: 0, minimum: value, maximum: value)
    }
    guard let first = constant(one.count), let second = constant(other.count) else { return nil }
    return (first, second)
  }
}
