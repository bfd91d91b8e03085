/// Uniform choices without replacement, each a function of a seed.
package enum Sampling {
  /// The side that rows are from: the two samples are drawn independently of each other.
  package enum Side: UInt64, Sendable {
    /// The baseline.
    case baseline = 0
    /// The current data.
    case current = 1
  }

  /// `size` of the numbers below `count`, ascending, every subset equally likely.
  ///
  /// Every number gets a 64-bit key of its own, a function of seed, stream and number, and the
  /// smallest keys win. A sample so drawn can be merged: the sample of a whole follows from the
  /// samples of its parts.
  /// - Complexity: O(count).
  package static func sample(
    _ size: Int, of count: Int, seed: UInt64, stream: UInt64, purpose: Philox.Purpose
  ) -> [Int] {
    guard size < count else { return Array(0..<count) }
    var rows = SampledRows(size: max(0, size), seed: seed, stream: stream, purpose: purpose)
    while rows.seen < count {
      _ = rows.take(min(1024, count - rows.seen))
      if rows.isFull { _ = rows.thin() }
    }
    _ = rows.thin()
    return rows.candidates
  }

  /// The same by sorting all keys: the slow reference.
  package static func sampleBySorting(
    _ size: Int, of count: Int, seed: UInt64, stream: UInt64, purpose: Philox.Purpose
  ) -> [Int] {
    guard size < count else { return Array(0..<count) }
    var generator = Philox(seed: seed, stream: stream, purpose: purpose)
    var keyed = (0..<count).map { (key: generator.next(), index: $0) }
    keyed.sort { ($0.key, $0.index) < ($1.key, $1.index) }
    return keyed.prefix(size).map(\.index).sorted()
  }

  /// The numbers below `count` in a random order, every order equally likely.
  /// - Complexity: O(count).
  package static func shuffled(
    _ count: Int, seed: UInt64, stream: UInt64, purpose: Philox.Purpose
  ) -> [Int] {
    var generator = Philox(seed: seed, stream: stream, purpose: purpose)
    var order = Array(0..<count)
    // Durstenfeld's form of the Fisher-Yates shuffle.
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, generator.next(below: last + 1))
    }
    return order
  }
}
