/// The permutations of a test. Who belongs to which sample under each is drawn when it is needed, some
/// permutations at a time: bits of many rows and permutations may be more than memory holds.
package struct PermutationSet: Sendable {
  let units: PermutationUnits
  /// How many permutations there are, the observed one included; it is the first.
  package let count: Int
  /// Whether they are all there are.
  let isExhaustive: Bool
  let seed: UInt64

  /// All splits when there are at most `permutations` besides the observed one, else random ones.
  init(units: PermutationUnits, permutations: Int, seed: UInt64) {
    self.units = units
    self.seed = seed
    let splits = Memberships.splits(
      of: units.count, choosing: units.baselineCount, atMost: permutations)
    isExhaustive = splits != nil
    count = splits ?? permutations + 1
  }

  /// The permutations in parts whose bits and sums take about so many bytes each, and at least 64
  /// permutations.
  func batches(bytes: Int, threads: Int, kernels: Int) -> [Range<Int>] {
    // Bits, and the sums of each thread and of all, for each kernel: of 16 bytes, and halves of them on
    // the way.
    let each = (units.count + 63) / 64 * 8 + max(1, kernels) * (16 * threads + 64)
    let most = bytes / each
    // Whole groups. Single rows are looked up for so many at a time, beside which kernels cost little.
    let looked = PermutationLookup.mostPermutations
    let size = units.areRows && most >= looked ? looked : max(64, most / 64 * 64)
    guard size < count else { return [0..<count] }
    return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  /// The first units' sample under a permutation of an exhaustive set: subset `number` in
  /// lexicographic order.
  func split(_ number: Int) -> [Int] {
    var (rest, next) = (number, 0)
    let chosen = units.baselineCount
    return (0..<chosen).map { place in
      while true {
        // How many subsets go on with this unit.
        let following =
          Memberships.splits(
            of: units.count - 1 - next, choosing: chosen - 1 - place, atMost: count) ?? .max
        next += 1
        if rest < following { return next - 1 }
        rest -= following
      }
    }
  }
}
