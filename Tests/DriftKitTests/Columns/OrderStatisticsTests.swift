import DriftKit
import DriftTestSupport
import Testing

/// Selection against the sorted column, bit by bit.
@Suite("Order statistics without sorting")
struct OrderStatisticsTests {
  private func expectSorted(
    _ values: [Double], _ numbers: NumberChunks, ranks: [Int], work: PieceWork, _ label: String
  ) {
    let sorted = values.filter(\.isFinite).sorted()
    let selected = OrderStatistics(
      numbers, tally: NumberTally(numbers, work: work), work: work
    ).values(at: ranks)
    #expect(
      selected.map(\.bitPattern) == ranks.map { sorted[$0].bitPattern }, "\(label), \(work)")
  }

  @Test("Every rank of small columns", arguments: NastyNumbers.allCases)
  func everyRank(kind: NastyNumbers) {
    for count in [0, 1, 2, 3, 7, 8, 9, 64, 255, 257, 300, 700] {
      let values = kind.sample(count, seed: UInt64(count))
      let finite = values.count { $0.isFinite }
      for work in Works.all {
        expectSorted(
          values, NumberChunks(values), ranks: Array(0..<finite), work: work, "\(count)")
      }
    }
  }

  @Test("Some ranks of large columns, in any chunks", arguments: NastyNumbers.allCases)
  func someRanks(kind: NastyNumbers) {
    var generator = SplitMix64(seed: 5)
    for count in [20_000, 150_001] {
      let values = kind.sample(count, seed: 77)
      let finite = values.count { $0.isFinite }
      let random = (0..<15).map { _ in
        finite > 0 ? Int.random(in: 0..<finite, using: &generator) : 0
      }
      let ranks = finite == 0 ? [] : Set(random + [0, finite - 1]).sorted()
      for (index, work) in Works.all.enumerated() {
        let numbers =
          index == 0 ? NumberChunks(values) : Works.chunks(values, seed: UInt64(index))
        expectSorted(values, numbers, ranks: ranks, work: work, "\(count)")
      }
    }
  }

  @Test("More ranks than buckets can tell apart")
  func manyRanks() {
    let values = NastyNumbers.normal.sample(70_000, seed: 3)
    expectSorted(
      values, NumberChunks(values), ranks: Array(0..<70_000), work: PieceWork(), "all")
  }
}
