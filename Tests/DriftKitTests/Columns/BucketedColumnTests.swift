import DriftKit
import DriftTestSupport
import Testing

/// Columns in order by bucket against sorted ones.
@Suite("Columns in buckets")
struct BucketedColumnTests {
  private func column(
    _ numbers: NumberChunks, crowd: Int, _ work: PieceWork
  ) -> BucketedColumn? {
    let moments = NumberTally(numbers, work: work).moments
    guard let low = moments.minimum, let high = moments.maximum, low < high else { return nil }
    return BucketedColumn(numbers, range: low...high, crowd: crowd, work: work)
  }

  @Test("Values and counts at wanted ranks", arguments: NastyNumbers.allCases)
  func wanted(kind: NastyNumbers) {
    var generator = SplitMix64(seed: 6)
    for count in [2, 9, 300, 5_000, 40_001] {
      let values = kind.sample(count, seed: UInt64(count))
      // -0 is 0.
      let sorted = values.filter(\.isFinite).map { $0 + 0 }.sorted()
      for (index, work) in Works.all.enumerated() {
        let numbers =
          index == 0 ? NumberChunks(values) : Works.chunks(values, seed: UInt64(index))
        let crowd = [0, 3, 100][index % 3]
        guard var column = column(numbers, crowd: crowd, work) else {
          #expect(Set(sorted).count < 2)
          continue
        }
        #expect(column.count == sorted.count)
        let random = (0..<20).map { _ in Int.random(in: sorted.indices, using: &generator) }
        let ranks = Set(random + [0, sorted.count - 1]).sorted()
        let others = Array(stride(from: index, to: sorted.count, by: 7))
        column.want(ranks)
        column.want(others, unlessFew: crowd)
        column.gather()
        let found = column.values(at: ranks)
        #expect(
          found.map(\.bitPattern) == ranks.map { sorted[$0].bitPattern }, "\(count), \(work)")
        for value in found {
          for edge in [value, value.nextUp] {
            let below = sorted.count { $0 < edge }
            #expect(column.count(below: edge) == below, "\(count), \(edge), \(work)")
          }
        }
        for edge in [-Double.infinity, .infinity, sorted[sorted.count / 2] + 0.1] {
          let below = column.count(below: edge)
          #expect(below == nil || below == sorted.count { $0 < edge }, "\(edge)")
        }
        // Any of a bucket, but one of its values.
        let some = column.values(at: others)
        #expect(some.count == others.count && some == some.sorted())
        for (rank, value) in zip(others, some) {
          let first = sorted.count { $0 < value }
          let end = sorted.count { $0 <= value }
          #expect(first < end && rank > first - max(crowd, 1) && rank < end + max(crowd, 1))
        }
      }
    }
  }

  @Test("What is wanted does not depend on chunks or threads", arguments: NastyNumbers.allCases)
  func sameValues(kind: NastyNumbers) {
    let values = kind.sample(30_000, seed: 4)
    func found(_ numbers: NumberChunks, _ work: PieceWork) -> [UInt64]? {
      guard var column = column(numbers, crowd: 2, work) else { return nil }
      column.want([0, 5, 700], unlessFew: 2)
      column.gather()
      let ranks = Array(stride(from: 0, to: column.count, by: 3))
      return column.values(at: ranks).map(\.bitPattern)
    }
    let whole = found(NumberChunks(values), PieceWork())
    for (index, work) in Works.all.enumerated() {
      #expect(found(Works.chunks(values, seed: UInt64(index)), work) == whole, "\(work)")
    }
  }
}
