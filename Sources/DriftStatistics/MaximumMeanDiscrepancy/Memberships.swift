internal import CDriftKernels
internal import DriftSummaries
internal import Parallel

/// Who belongs to the first sample under each permutation: one bit a unit and permutation.
///
/// Permutation 0 is the observed one. Bits are packed by blocks of 64 units, a word a permutation.
package struct Memberships: Sendable {
  package let unitCount: Int
  /// How many permutations there are, the observed one included.
  package let count: Int
  /// Whether they are all there are.
  package let isExhaustive: Bool
  private let words: MembershipWords

  /// All splits when there are at most `permutations` besides the observed one, else random ones.
  ///
  /// Random permutation p is a function of (seed, p) alone, whatever the threads.
  /// - Complexity: O(units x permutations) time, an eighth of a byte of memory for each.
  package init(
    units: PermutationUnits, permutations: Int, seed: UInt64, threads: Int,
    progress: (Int) throws -> Void
  ) throws {
    let all = PermutationSet(units: units, permutations: permutations, seed: seed)
    try self.init(all, 0..<all.count, threads: threads, progress: progress)
  }

  /// Some of the permutations of a test; they are counted from 0 here.
  init(
    _ all: PermutationSet, _ some: Range<Int>, threads: Int, progress: (Int) throws -> Void
  ) throws {
    unitCount = all.units.count
    isExhaustive = all.isExhaustive
    count = some.count
    let (total, chosen) = (all.units.count, all.units.baselineCount)
    let words = MembershipWords(units: total, permutations: some.count)
    self.words = words
    if all.isExhaustive {
      enumerate(from: all.split(some.lowerBound))
      return
    }
    if some.lowerBound == 0 {
      for unit in 0..<chosen { words.set(unit, permutation: 0) }
    }
    // Neighbours share cache lines: as many together as leave every thread a few pieces.
    let size = min(64, max(8, count / (8 * threads) / 8 * 8))
    let stride = Int64(count)
    _ = try Workers.map(count: (count + size - 1) / size, threads: threads, progress: progress) {
      for place in ($0 * size)..<min(some.count, ($0 + 1) * size) where some.lowerBound + place > 0
      {
        drift_draw_members(
          all.seed, UInt64(some.lowerBound + place), Philox.Purpose.permutation.rawValue,
          Int64(total), Int64(chosen), stride, words.start + place)
      }
    }
  }

  /// Whether a unit belongs to the first sample under a permutation.
  package func isFirst(_ unit: Int, permutation: Int) -> Bool {
    self.block(unit / 64)[permutation] >> UInt64(unit % 64) & 1 == 1
  }

  /// The bits of the units 64 `index` ..< 64 (`index` + 1), a word a permutation; valid while this
  /// lives.
  func block(_ index: Int) -> UnsafePointer<UInt64> {
    UnsafePointer(words.start + index * count)
  }

  /// The bits of up to 64 units for the permutations 64 `group` ..< 64 (`group` + 1): a word a unit.
  func words(of units: Range<Int>, group: Int, into turned: UnsafeMutablePointer<UInt64>) {
    let (index, shift) = (units.lowerBound / 64, UInt64(units.lowerBound % 64))
    let mask = units.count == 64 ? UInt64.max : 1 << UInt64(units.count) - 1
    let permutations = (64 * group)..<min(64 * (group + 1), count)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { bits in
      let first = block(index)
      for (place, p) in permutations.enumerated() {
        var word = first[p] >> shift
        if 64 - shift < UInt64(units.count) { word |= block(index + 1)[p] << (64 - shift) }
        bits[place] = word & mask
      }
      drift_turn_bits(bits.baseAddress, Int32(permutations.count), turned)
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

  /// Subsets in lexicographic order from one on.
  private func enumerate(from first: [Int]) {
    var subset = first
    let chosen = first.count
    for permutation in 0..<count {
      for unit in subset { words.set(unit, permutation: permutation) }
      guard let last = subset.indices.last(where: { subset[$0] < unitCount - chosen + $0 }) else {
        break
      }
      subset[last] += 1
      for next in (last + 1)..<max(last + 1, chosen) { subset[next] = subset[next - 1] + 1 }
    }
  }
}

/// The words of memberships: those of the first 64 units, of the next 64, and so on.
///
/// `@unchecked Sendable`: workers fill words of their own, nobody reads before all have ended, and
/// nothing changes after it.
private final class MembershipWords: @unchecked Sendable {
  let start: UnsafeMutablePointer<UInt64>
  private let permutations: Int

  init(units: Int, permutations: Int) {
    self.permutations = permutations
    start = .zeros((units + 63) / 64 * permutations)
  }

  deinit { start.deallocate() }

  func set(_ unit: Int, permutation: Int) {
    start[unit / 64 * permutations + permutation] |= 1 << UInt64(unit % 64)
  }
}
