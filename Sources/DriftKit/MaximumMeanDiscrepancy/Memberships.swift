internal import Parallel

/// Who belongs to the first sample under each permutation: one bit a unit and permutation.
///
/// Permutation 0 is the observed one. Bits are packed 64 permutations to a word: the word of unit u
/// for the permutations 64 g ..< 64 (g + 1) is `words[g * unitCount + u]`.
package struct Memberships: Sendable {
  package let unitCount: Int
  /// How many permutations there are, the observed one included.
  package let count: Int
  /// Whether they are all there are.
  package let isExhaustive: Bool
  package let words: [UInt64]

  package var groupCount: Int { (count + 63) / 64 }

  /// All splits when there are at most `permutations` besides the observed one, else random ones.
  ///
  /// Random permutation p is a function of (seed, p) alone, whatever the threads.
  /// - Complexity: O(units x permutations) time, an eighth of a byte of memory for each.
  package init(
    units: PermutationUnits, permutations: Int, seed: UInt64, threads: Int,
    progress: (Int) throws -> Void
  ) throws {
    unitCount = units.count
    let chosen = units.baselineCount
    if let splits = Self.splits(of: units.count, choosing: chosen, atMost: permutations) {
      isExhaustive = true
      count = splits
      words = Self.enumerate(units: units.count, choosing: chosen, splits: splits)
      return
    }
    isExhaustive = false
    count = permutations + 1
    let total = units.count
    let all = permutations + 1
    let groups = try Workers.map(count: (all + 63) / 64, threads: threads, progress: progress) {
      group in
      var words = [UInt64](repeating: 0, count: total)
      for bit in 0..<min(64, all - 64 * group) {
        Self.mark(
          permutation: UInt64(64 * group + bit), bit: bit, choosing: chosen, seed: seed,
          in: &words)
      }
      return words
    }
    words = Array(groups.joined())
  }

  /// Sets the bit of the units that one permutation chooses: every subset equally likely.
  ///
  /// Selection sampling (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S).
  private static func mark(
    permutation: UInt64, bit: Int, choosing chosen: Int, seed: UInt64, in words: inout [UInt64]
  ) {
    let mask: UInt64 = 1 << UInt64(bit)
    guard permutation > 0 else {
      for unit in 0..<chosen { words[unit] |= mask }
      return
    }
    var generator = Philox(seed: seed, stream: permutation, purpose: .permutation)
    var needed = chosen
    var left = words.count
    for unit in words.indices {
      let isChosen = generator.next(below: left) < needed
      words[unit] |= isChosen ? mask : 0
      needed -= isChosen ? 1 : 0
      left -= 1
    }
  }

  /// The number of splits, or nil when there are more than `limit` besides the observed one.
  package static func splits(of units: Int, choosing chosen: Int, atMost limit: Int) -> Int? {
    var splits = 1
    for step in 0..<min(chosen, units - chosen) {
      // Each partial product is itself a binomial coefficient, so the division leaves no rest.
      let (product, overflow) = splits.multipliedReportingOverflow(by: units - step)
      guard !overflow else { return nil }
      splits = product / (step + 1)
      guard splits - 1 <= limit else { return nil }
    }
    return splits
  }

  /// Every subset in lexicographic order; the observed one, the first units, comes first.
  private static func enumerate(units: Int, choosing chosen: Int, splits: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (splits + 63) / 64 * units)
    var subset = Array(0..<chosen)
    for permutation in 0..<splits {
      let base = permutation / 64 * units
      for unit in subset { words[base + unit] |= 1 << UInt64(permutation % 64) }
      guard let last = subset.indices.last(where: { subset[$0] < units - chosen + $0 }) else {
        break
      }
      subset[last] += 1
      for next in (last + 1)..<max(last + 1, chosen) { subset[next] = subset[next - 1] + 1 }
    }
    return words
  }
}
