import CInstructionSets
import DriftKit
import DriftTestSupport
import Testing

/// Sketches that are made of a column in memory.
@Suite("Quantile sketch by picking")
struct PickingTests {
  private func sketch(
    _ numbers: NumberChunks, seed: UInt64 = 0, work: PieceWork = PieceWork()
  ) -> QuantileSketch {
    QuantileSketch(
      of: numbers, tally: NumberTally(numbers, work: work),
      exactLimit: QuantileSketch.defaultExactLimit, seed: seed, stream: 0, work: work)
  }

  /// What the error can be, whatever the coins: a bucket and what one pick stands for.
  private func bound(_ count: Int) -> Double {
    let share = 1 / Double(1 << KLLLevels.bucketShift)
    let last = 2 / Double(KLLLevels.topCapacity)
    return share + last + 2 / Double(count)
  }

  @Test("No rank is off by more than picking allows", arguments: SketchStream.allCases)
  func ranks(stream: SketchStream) throws {
    for count in [5_000, 20_000, 81_919, 163_840, 400_000] {
      let values = stream.values(count, seed: 11)
      let truth = TrueRanks(values)
      for seed in 0..<3 {
        let sketch = sketch(NumberChunks(values), seed: UInt64(seed))
        #expect(sketch.count == count)
        #expect(sketch.minimum == truth.sorted.first && sketch.maximum == truth.sorted.last)
        let error = sketch.largestError(truth, ranks: 1_000)
        #expect(error <= bound(count), "\(count) values: \(error)")
        #expect(bound(count) < 0.0009)
        // Reading checks that the weights of all values add up to their number.
        let bytes = sketch.bytes
        var rest = bytes[...]
        #expect(try QuantileSketch(decoding: &rest, seed: UInt64(seed), stream: 0) == sketch)
      }
    }
  }

  @Test("Neither chunks nor instructions change a byte, and what is not finite does not count")
  func sameBytes() {
    let values =
      SketchStream.normal.values(200_000, seed: 2) + SketchStream.cauchy.values(9_000, seed: 3)
    let whole = sketch(NumberChunks(values)).bytes
    for set in Works.instructionSets {
      for seed in 1...3 {
        let chunks = Works.chunks(values, seed: UInt64(seed))
        #expect(sketch(chunks, work: PieceWork(instructionSet: set)).bytes == whole, "\(set)")
      }
    }
    let holes = values.enumerated().flatMap { index, value in
      index % 9 == 4 ? [value, .nan, .infinity] : index % 11 == 0 ? [-.infinity, value] : [value]
    }
    let sparse = sketch(NumberChunks(holes))
    #expect(sparse.count == values.count && sparse.bytes == whole)
  }

  @Test("Ranks are right on average")
  func unbiased() {
    let count = 163_840
    let values = (0..<count).map { Double($0 &* 92_821 % count) }
    for edge in [1_000.5, 50_000.25, 163_000] {
      var sum = 0.0
      for seed in 0..<400 {
        let below = sketch(NumberChunks(values), seed: UInt64(seed)).countsBelow([edge])[0]
        sum += Double(below) - edge.rounded(.up)
      }
      // The standard deviation of one is at most some 20, of the mean 1.
      #expect(abs(sum / 400) < 5, "\(edge): \(sum / 400)")
    }
  }

  @Test("Picked sketches merge with each other and with others", arguments: [2, 5, 12])
  func merging(parts: Int) {
    let values = SketchStream.normal.values(1_000_000, seed: 8)
    let truth = TrueRanks(values)
    var merged = QuantileSketch(seed: 0, stream: 0)
    for part in 0..<parts {
      let rows = Array(values[(values.count * part / parts)..<(values.count * (part + 1) / parts)])
      if part % 3 == 2 {
        merged.add(rows)
      } else {
        merged.merge(sketch(NumberChunks(rows)))
      }
    }
    #expect(merged.count == values.count)
    #expect(merged.largestError(truth, ranks: 1_000) <= merged.rankError)
  }
}
