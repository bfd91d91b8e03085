import DriftKit
import Testing

/// Samples by selection against samples by sorting.
@Suite("Row samples")
struct SamplingTests {
  @Test(
    "The rows with the smallest keys",
    arguments: [0, 1, 2, 7, 100, 1_000, 4_999, 5_000, 6_000], [0, 1, 100, 5_000, 30_000])
  func selection(size: Int, count: Int) {
    for seed in [0, 7] as [UInt64] {
      #expect(
        Sampling.sample(size, of: count, seed: seed, stream: 1, purpose: .rowSample)
          == Sampling.sampleBySorting(size, of: count, seed: seed, stream: 1, purpose: .rowSample))
    }
  }

  @Test("Rows that come in batches of any size", arguments: [0, 1, 50, 3_000])
  func batches(size: Int) {
    let count = 20_000
    let expected = Sampling.sampleBySorting(
      size, of: count, seed: 3, stream: 1, purpose: .rowSample)
    for batch in [1, 17, 4_096, 20_000] {
      var rows = SampledRows(size: size, seed: 3, stream: 1, purpose: .rowSample)
      // What a user of the sample keeps beside it.
      var kept: [Int] = []
      while rows.seen < count {
        let first = rows.seen
        kept += rows.take(min(batch, count - first)).map { $0 + first }
        if rows.isFull, let stay = rows.thin() { kept = stay.map { kept[$0] } }
        #expect(kept == rows.candidates)
      }
      if let stay = rows.thin() { kept = stay.map { kept[$0] } }
      #expect(kept == expected && rows.candidates == expected, "batches of \(batch)")
    }
  }
}
