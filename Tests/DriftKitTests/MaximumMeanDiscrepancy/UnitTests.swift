import DriftKit
import DriftTestSupport
import Testing

/// Which rows are permuted together, and by which permutations.
@Suite struct UnitTests {
  @Test(
    arguments: [
      // (n, m, rows of a block): min((n + m) / 1000, min(n, m) / 20), at least 1
      (5000, 5000, 10), (20_000, 20_000, 40), (20_000, 500, 20), (300, 200, 1), (40_000, 30, 1),
    ])
  func blockSize(_ n: Int, _ m: Int, _ expected: Int) {
    #expect(PermutationUnits.blockSize(baseline: n, current: m) == expected)
    let units = PermutationUnits.blocks(of: expected, baseline: n, current: m)
    #expect(units.baselineCount == n / expected && units.count == n / expected + m / expected)
    #expect(units.rowCount <= n + m && n + m - units.rowCount < 2 * expected)
  }

  @Test func everySubsetOnce() throws {
    let all = try Memberships.rows(3, 4, permutations: 999)
    #expect(all.isExhaustive && all.count == 35)
    let subsets = (0..<35).map { all.isFirst($0) }
    #expect(Set(subsets).count == 35)
    #expect(subsets.allSatisfy { $0.count { $0 } == 3 })
    #expect(subsets[0] == [true, true, true, false, false, false, false])
  }

  @Test func enumerationBeginsWhereItFits() {
    #expect(Memberships.splits(of: 7, choosing: 3, atMost: 34) == 35)
    #expect(Memberships.splits(of: 7, choosing: 3, atMost: 33) == nil)
    #expect(Memberships.splits(of: 100_000, choosing: 50_000, atMost: 999) == nil)
    #expect(Memberships.splits(of: 20, choosing: 10, atMost: 184_755) == 184_756)
    #expect(Memberships.splits(of: 5, choosing: 0, atMost: 1) == 1)
  }

  @Test func permutationsAreUniform() throws {
    // 10 subsets of 5 choose 2, enumeration switched off by its limit: chi-squared, 9 degrees.
    var counts: [[Bool]: Int] = [:]
    for seed in 0..<1000 {
      let drawn = try Memberships.rows(2, 3, permutations: 8, seed: UInt64(seed))
      #expect(!drawn.isExhaustive && drawn.count == 9)
      for permutation in 1..<9 { counts[drawn.isFirst(permutation), default: 0] += 1 }
    }
    #expect(counts.count == 10)
    let statistic = counts.values.reduce(0.0) {
      $0 + (Double($1) - 800) * (Double($1) - 800) / 800
    }
    #expect(ChiSquared(degreesOfFreedom: 9).upperTail(statistic) > 0.001)
  }

  @Test func permutationIsAFunctionOfSeedAndNumber() throws {
    let few = try Memberships.rows(30, 40, permutations: 10, seed: 5)
    let many = try Memberships(
      units: .rows(baseline: 30, current: 40), permutations: 500, seed: 5, threads: 3,
      progress: { _ in })
    for permutation in 0...10 { #expect(few.isFirst(permutation) == many.isFirst(permutation)) }
    let other = try Memberships.rows(30, 40, permutations: 10, seed: 6)
    #expect(few.isFirst(1) != other.isFirst(1) && few.isFirst(0) == other.isFirst(0))
  }

  /// The C loop that draws against selection sampling from the generator's numbers.
  @Test(arguments: [(1, 5), (64, 1), (63, 66), (200, 130), (3, 1000)])
  func drawsAreSelectionSampling(_ n: Int, _ m: Int) throws {
    let drawn = try Memberships.rows(n, m, permutations: 4, seed: 42)
    guard !drawn.isExhaustive else { return }
    for permutation in 1...4 {
      var generator = Philox(seed: 42, stream: UInt64(permutation), purpose: .permutation)
      var (needed, left) = (n, n + m)
      let expected = (0..<(n + m)).map { _ in
        let isChosen = generator.next(below: left) < needed
        needed -= isChosen ? 1 : 0
        left -= 1
        return isChosen
      }
      #expect(drawn.isFirst(permutation) == expected)
    }
  }
}
