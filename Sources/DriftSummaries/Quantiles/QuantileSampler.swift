/// Keeps one of every 2^k values of a stream, each with the same probability.
///
/// A group that is not complete is represented by one of its values too, with the weight of those
/// that have come. So nothing that was seen is ever missing from the weights.
///
/// Source: the sampler of Karnin, Lang & Liberty, 2016, section 3.3; when the value is replaced next
/// is drawn as in Vitter, "Random sampling with a reservoir", 1985.
package struct QuantileSampler: Sendable, Hashable {
  /// How many values one stands for, as a power of 2.
  package private(set) var shift = 0
  /// One of the values of the group that is not complete; 0 if there is none.
  package private(set) var candidate = 0.0
  /// How many values of that group have come.
  package private(set) var seen = 0
  /// Which value of that group, from 1, is the next candidate; beyond the group for none of it.
  package private(set) var next = 0

  /// Keeps all values.
  package init() {}

  /// A sampler in some state, which must be `isValid`.
  init(shift: Int, candidate: Double, seen: Int, next: Int) {
    self.shift = shift
    self.candidate = candidate
    self.seen = seen
    self.next = next
  }

  /// How many values one stands for.
  package var weight: Int { 1 << shift }

  /// Whether the state is one that values can lead to.
  var isValid: Bool {
    guard shift >= 0, shift <= KLLLevels.mostShift, seen >= 0, seen < weight else { return false }
    guard seen > 0 else { return candidate == 0 && next == 0 }
    return candidate.isFinite && next > seen && next <= weight + 1
  }

  /// Samples values until there are so many in `kept` or no more come.
  ///
  /// - Returns: How many values were taken.
  package mutating func take(
    _ values: UnsafeBufferPointer<Double>, into kept: inout [Double], until limit: Int,
    _ generator: inout Philox
  ) -> Int {
    var taken = 0
    while taken < values.count, kept.count < limit {
      if seen == 0 {
        candidate = values[taken]
        seen = 1
        taken += 1
        next = position(after: 1, &generator)
      }
      let available = min(weight - seen, values.count - taken)
      while next <= seen + available {
        candidate = values[taken + next - seen - 1]
        next = position(after: next, &generator)
      }
      seen += available
      taken += available
      if seen == weight { kept.append(complete()) }
    }
    return taken
  }

  /// Takes a value that stands for some, at most as many as make a group.
  ///
  /// - Returns: The value of the group that is complete with it, if it is. The expected weight of
  ///   each value is what it came with, and the sum of weights stays the same.
  package mutating func take(_ value: Double, weight other: Int, _ generator: inout Philox)
    -> Double?
  {
    guard other > 0 else { return nil }
    let total = seen + other
    var kept: Double?
    if total <= weight {
      if generator.next(below: total) < other { candidate = value }
      seen = total
      if seen == weight { return complete() }
    } else {
      // One of both becomes the value of a group, the other one stands for what is over.
      let isOwn = generator.next(below: 2 * weight - total) < weight - other
      kept = isOwn ? candidate : value
      if isOwn { candidate = value }
      seen = total - weight
    }
    next = position(after: seen, &generator)
    return kept
  }

  /// From now on a value stands for twice as many.
  package mutating func raise(_ generator: inout Philox) {
    shift += 1
    // The chance of a later replacement does not depend on what was drawn for it before.
    if seen > 0 { next = position(after: seen, &generator) }
  }

  private mutating func complete() -> Double {
    defer { (candidate, seen, next) = (0, 0, 0) }
    return candidate
  }

  /// Where one of `count` values is replaced next: after t with probability `count` / t.
  private func position(after count: Int, _ generator: inout Philox) -> Int {
    guard count < weight else { return weight + 1 }
    // In (0, 1].
    let share = Double((generator.next() >> 11) + 1) * 0x1p-53
    let position = Double(count) / share
    return position < Double(weight) ? Int(position) + 1 : weight + 1
  }
}
