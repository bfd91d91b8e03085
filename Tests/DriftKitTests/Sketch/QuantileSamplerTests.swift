import DriftKit
import Testing

@Suite("Sampling in a quantile sketch")
struct QuantileSamplerTests {
  private func generator(_ seed: Int) -> Philox {
    Philox(seed: UInt64(seed), stream: 0, purpose: .quantileSketch)
  }

  private func sampler(_ shift: Int, _ generator: inout Philox) -> QuantileSampler {
    var sampler = QuantileSampler()
    for _ in 0..<shift { sampler.raise(&generator) }
    return sampler
  }

  @Test("Every value of a group is kept equally often, and stands in equally often for a part")
  func uniform() {
    let rounds = 8_000
    for cut in 1...8 {
      var counts = [Int](repeating: 0, count: 8)
      for round in 0..<rounds {
        var generator = generator(round)
        var sampler = sampler(3, &generator)
        var kept: [Double] = []
        let values = (0..<cut).map(Double.init)
        // In two calls: that must make no difference.
        for part in [values.prefix(round % 4), values.dropFirst(round % 4)] {
          Array(part).withUnsafeBufferPointer {
            _ = sampler.take($0, into: &kept, until: 10, &generator)
          }
        }
        #expect(sampler.seen == cut % 8 && kept.count == cut / 8)
        counts[Int(kept.first ?? sampler.candidate)] += 1
      }
      let expected = Double(rounds) / Double(cut)
      for place in 0..<8 {
        let mean = place < cut ? expected : 0
        // Five standard deviations of a binomial count.
        #expect(abs(Double(counts[place]) - mean) <= 5 * mean.squareRoot(), "\(cut): \(counts)")
      }
    }
  }

  @Test("Weights are kept in the sum, and in the mean of each value", arguments: 1...8)
  func weights(other: Int) {
    let rounds = 8_000
    for own in 0..<8 {
      var sum = 0
      for round in 0..<rounds {
        var generator = generator(round)
        var sampler = sampler(3, &generator)
        var kept: [Double] = []
        Array(repeating: 1.0, count: own).withUnsafeBufferPointer {
          _ = sampler.take($0, into: &kept, until: 10, &generator)
        }
        let group = sampler.take(2, weight: other, &generator)
        #expect((group == nil ? 0 : 8) + sampler.seen == own + other)
        if group == 1 { sum += 8 }
        if sampler.candidate == 1 { sum += sampler.seen }
      }
      // The weight of the own values varies by 8 at most.
      let mean = Double(sum) / Double(rounds)
      #expect(abs(mean - Double(own)) < 5 * 4 / Double(rounds).squareRoot(), "\(own): \(mean)")
    }
  }

  @Test("It stops when enough values are kept")
  func limit() {
    var generator = generator(1)
    var sampler = sampler(2, &generator)
    var kept: [Double] = []
    (0..<100).map(Double.init).withUnsafeBufferPointer {
      #expect(sampler.take($0, into: &kept, until: 3, &generator) == 12)
    }
    #expect(kept.count == 3 && sampler.seen == 0)
    #expect(zip(kept, 0...).allSatisfy { value, group in Int(value) / 4 == group })
  }

  @Test("A stream goes on where it was left", arguments: 0..<10)
  func position(drawn: Int) {
    var whole = generator(3)
    for _ in 0..<drawn { _ = whole.next() }
    #expect(whole.position == UInt64(drawn))
    var rest = Philox(seed: 3, stream: 0, purpose: .quantileSketch, position: UInt64(drawn))
    #expect(rest.position == UInt64(drawn))
    for _ in 0..<9 { #expect(rest.next() == whole.next()) }
  }
}
