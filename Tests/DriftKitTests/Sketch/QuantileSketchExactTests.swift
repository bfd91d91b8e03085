import DriftKit
import DriftTestSupport
import Testing

/// What a sketch of few values says, against the sorted values.
@Suite("Quantile sketch while it is exact")
struct QuantileSketchExactTests {
  @Test("Every rank and count, as by sorting", arguments: NastyNumbers.allCases)
  func everyRank(kind: NastyNumbers) {
    for count in [0, 1, 2, 100, 3_000] {
      let values = kind.sample(count, seed: UInt64(count) + 2)
      let truth = TrueRanks(values.filter(\.isFinite).map { $0 == 0 ? 0 : $0 })
      var sketch = QuantileSketch(seed: 1, stream: 2)
      sketch.add(values)
      for isSettled in [false, true] {
        if isSettled { sketch.settle() }
        #expect(sketch.isExact && sketch.rankError == 0)
        #expect(sketch.count == truth.sorted.count)
        #expect(sketch.minimum == truth.sorted.first && sketch.maximum == truth.sorted.last)
        let ranks = Array(truth.sorted.indices)
        #expect(
          sketch.values(at: ranks).map(\.bitPattern) == truth.sorted.map(\.bitPattern))
        let edges = values + [.infinity, -.infinity, .nan, 0, -0.0, .leastNonzeroMagnitude]
        #expect(
          sketch.countsBelow(edges) == edges.map { edge in truth.sorted.count { $0 < edge } })
        #expect(
          sketch.countsAtMost(edges) == edges.map { edge in truth.sorted.count { $0 <= edge } })
      }
    }
  }

  @Test("Ranks outside are taken for the nearest one")
  func outerRanks() {
    var sketch = QuantileSketch(exactLimit: 100, seed: 1, stream: 2)
    #expect(sketch.values(at: [0, 3]).isEmpty && sketch.minimum == nil && sketch.maximum == nil)
    for count in [3, 20_000] {
      sketch.add((sketch.count..<count).map(Double.init))
      #expect(sketch.values(at: [-5, count, .max]) == [0, Double(count - 1), Double(count - 1)])
      #expect(
        sketch.countsBelow([-1, 0, .infinity, .nan, -.infinity]) == [0, 0, count, 0, 0])
      #expect(sketch.countsAtMost([-1, Double(count - 1), .nan]) == [0, count, 0])
    }
  }

  @Test("Parts in any order and grouping are the whole", arguments: NastyNumbers.allCases)
  func merging(kind: NastyNumbers) {
    var generator = SplitMix64(seed: 11)
    let values = kind.sample(5_000, seed: 3)
    var whole = QuantileSketch(seed: 9, stream: 9)
    whole.add(values)
    for round in 0..<8 {
      var parts = [QuantileSketch(seed: 1, stream: 1)]
      for value in 0..<(round % 4 * 7 + 1) {
        parts.append(QuantileSketch(seed: 2, stream: UInt64(value)))
      }
      for start in stride(from: 0, to: values.count, by: 100) {
        parts[Int.random(in: 0..<parts.count, using: &generator)].add(
          values[start..<start + 100])
      }
      while parts.count > 1 {
        parts.shuffle(using: &generator)
        let part = parts.removeLast()
        let index = Int.random(in: 0..<parts.count, using: &generator)
        parts[index].merge(part)
      }
      #expect(parts[0] == whole)
      #expect(parts[0].hashValue == whole.hashValue)
      #expect(parts[0].bytes == whole.bytes)
    }
    if whole.count > 0 {
      var more = whole
      more.add([3.25])
      #expect(more != whole && more.bytes != whole.bytes)
    }
  }

  @Test("Exact up to the limit, in one step or in many")
  func limit() {
    let values = SketchStream.normal.values(1_001, seed: 4)
    var sketch = QuantileSketch(exactLimit: 1_000, seed: 1, stream: 1)
    sketch.add(values.prefix(999))
    sketch.add(values[999..<1_000] + [.nan, .infinity])
    #expect(sketch.isExact && sketch.count == 1_000)
    var whole = QuantileSketch(exactLimit: 1_000, seed: 1, stream: 1)
    whole.add(values)
    sketch.add(values.suffix(1))
    #expect(!sketch.isExact && sketch.count == 1_001 && sketch.rankError == 0.001)
    #expect(sketch == whole && sketch.bytes == whole.bytes)

    var halves = [values.prefix(500), values.suffix(501)].map { part in
      var half = QuantileSketch(exactLimit: 1_000, seed: 1, stream: 1)
      half.add(part)
      return half
    }
    halves[0].merge(halves[1])
    #expect(!halves[0].isExact && halves[0].count == 1_001)
    // The lower limit holds.
    var wide = QuantileSketch(seed: 1, stream: 1)
    wide.merge(halves[1])
    #expect(wide.isExact && wide.exactLimit == 1_000)
  }
}
