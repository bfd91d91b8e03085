import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// Sketches of values of which only the counts are known.
@Suite("Quantile sketches of counted values") struct CountedSketchTests {
  typealias Items = [(value: Double, weight: Int)]

  /// Up to 1,024 values, with up to 2^power rows each.
  private static func items(power: ClosedRange<Double>, seed: Int, size: Int? = nil) -> Items {
    var generator = SplitMix64(seed: UInt64(seed))
    let most = Double.random(in: power, using: &generator)
    var value = -500.0
    return (0..<(size ?? Int.random(in: 1...1_024, using: &generator))).map { _ in
      value += Double.random(in: 0.001...2, using: &generator)
      return (value, 1 + Int(exp2(Double.random(in: 0...most, using: &generator))))
    }
  }

  private static func sketch(_ items: Items, seed: Int) -> QuantileSketch {
    QuantileSketch(counted: items, exactLimit: 1_000, seed: UInt64(seed), stream: 0)
  }

  /// The largest error of a rank next to a value, as a share of all rows.
  private static func error(_ sketch: QuantileSketch, _ items: Items) -> Double {
    let edges = items.map(\.value)
    let (below, atMost) = (sketch.countsBelow(edges), sketch.countsAtMost(edges))
    var (sum, largest) = (0, 0)
    for (place, item) in items.enumerated() {
      largest = max(largest, abs(below[place] - sum))
      sum += item.weight
      largest = max(largest, abs(atMost[place] - sum))
    }
    return Double(largest) / Double(sum)
  }

  @Test("Ranks, whatever the counts", arguments: 0..<60)
  func ranks(seed: Int) throws {
    let items = Self.items(power: 0...39, seed: seed)
    let sketch = Self.sketch(items, seed: seed)
    #expect(sketch.count == items.reduce(0) { $0 + $1.weight })
    #expect(sketch.minimum == items.first?.value && sketch.maximum == items.last?.value)
    #expect(Self.error(sketch, items) <= sketch.rankError)
    // Reading checks that the weights of all values add up to their number.
    var bytes = sketch.bytes[...]
    #expect(bytes.count < 1 << 18)
    #expect(try QuantileSketch(decoding: &bytes, seed: 1, stream: 1) == sketch)
  }

  @Test("Counts of very many rows are nearly exact", arguments: 60..<70)
  func precision(seed: Int) {
    let items = Self.items(power: 35...39, seed: seed, size: 1_000)
    #expect(Self.error(Self.sketch(items, seed: seed), items) < 2e-5)
  }

  @Test("As good as row by row", arguments: 0..<10)
  func rows(seed: Int) {
    let items = Self.items(power: 6...12, seed: seed)
    var slow = QuantileSketch(exactLimit: 1_000, seed: UInt64(seed), stream: 0)
    for item in items { slow.add(Array(repeating: item.value, count: item.weight)) }
    let sketch = Self.sketch(items, seed: seed)
    #expect(sketch.count == slow.count)
    #expect(Self.error(slow, items) <= 0.001 && Self.error(sketch, items) <= 0.001)
  }

  @Test("Merged with other rows, in either order", arguments: 0..<12)
  func merged(seed: Int) throws {
    let powers: [ClosedRange<Double>] = [8...10, 12...14, 16...39]
    let items = Self.items(power: powers[seed % 3], seed: seed, size: 1_000)
    let values = SketchStream.normal.values(300_000, seed: UInt64(seed)).map { 100 * $0 }
    var streamed = QuantileSketch(exactLimit: 1_000, seed: UInt64(seed), stream: 0)
    streamed.add(values)
    var counted = Self.sketch(items, seed: seed)
    let alone = streamed
    streamed.merge(counted)
    counted.merge(alone)
    let singles: Items = values.map { (value: $0, weight: 1) }
    let all = (items + singles).sorted { $0.value < $1.value }
    for sketch in [streamed, counted] {
      #expect(sketch.count == all.reduce(0) { $0 + $1.weight })
      #expect(Self.error(sketch, all) <= sketch.rankError)
      var bytes = sketch.bytes[...]
      #expect(try QuantileSketch(decoding: &bytes, seed: 1, stream: 1) == sketch)
    }
  }

  @Test("Many days of few values are merged one after the other")
  func days() {
    var sum: [Double: Int] = [:]
    var sketch = QuantileSketch(exactLimit: 0, seed: 1, stream: 0)
    for day in 0..<200 {
      // The same values day by day, with other counts.
      let values = Self.items(power: 0...0, seed: 1, size: 1_024)
      let counts = Self.items(power: 20...20, seed: day, size: 1_024)
      let items: Items = zip(values, counts).map { (value: $0.value, weight: $1.weight) }
      for item in items { sum[item.value, default: 0] += item.weight }
      sketch.merge(Self.sketch(items, seed: day))
    }
    let all: Items = sum.map { (value: $0.key, weight: $0.value) }
      .sorted { $0.value < $1.value }
    #expect(Self.error(sketch, all) <= sketch.rankError)
  }

  @Test("None") func none() {
    let sketch = Self.sketch([], seed: 1)
    #expect(sketch.count == 0 && sketch.isExact && sketch.minimum == nil)
  }
}
