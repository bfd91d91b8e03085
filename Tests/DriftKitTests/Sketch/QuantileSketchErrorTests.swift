import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// Estimates of ranks against the true ones.
@Suite("Quantile sketch of many values")
struct QuantileSketchErrorTests {
  /// Sketches of random cuts of the values, each of a share of them.
  private func parts(_ values: [Double], _ count: Int, exactLimit: Int, seed: UInt64)
    -> [QuantileSketch]
  {
    var generator = SplitMix64(seed: seed)
    let cuts =
      [0, values.count]
      + (0..<count - 1).map { _ in Int.random(in: 0...values.count, using: &generator) }
    let sorted = cuts.sorted()
    return zip(sorted, sorted.dropFirst()).map { first, end in
      var part = QuantileSketch(exactLimit: exactLimit, seed: seed, stream: 1)
      part.add(values[first..<end])
      return part
    }
  }

  @Test("A million values, in one sketch and merged", arguments: SketchStream.allCases)
  func rankError(stream: SketchStream) throws {
    let values = stream.values(1_000_000, seed: 5)
    let truth = TrueRanks(values)
    for (count, limit) in [
      (1, QuantileSketch.defaultExactLimit), (1, 0), (3, QuantileSketch.defaultExactLimit),
      (3, 5_000), (16, QuantileSketch.defaultExactLimit), (16, 2_000),
      (200, QuantileSketch.defaultExactLimit), (200, 1_000),
    ] {
      var parts = parts(values, count, exactLimit: limit, seed: UInt64(count))
      var sketch = parts.removeFirst()
      for part in parts { sketch.merge(part) }
      #expect(!sketch.isExact && sketch.count == values.count)
      #expect(sketch.minimum == truth.sorted.first && sketch.maximum == truth.sorted.last)
      let error = sketch.largestError(truth, ranks: 1_000)
      #expect(error <= sketch.rankError, "\(count) parts, limit \(limit): \(error)")
      // Reading checks that the weights of all values add up to their number.
      let bytes = sketch.bytes
      var rest = bytes[...]
      #expect(try QuantileSketch(decoding: &rest, seed: 1, stream: 1) == sketch)
      #expect(bytes.count < 1 << 18, "\(bytes.count) bytes")
    }
  }

  @Test("Within the bound at all ranks at once, for every seed")
  func allRanks() {
    // A shuffled row of numbers: the value is the rank.
    let count = 1 << 18
    let values = (0..<count).map { Double($0 &* 0x2_9E35 & (count - 1)) }
    let isLong = ProcessInfo.processInfo.environment["DRIFT_SKETCH_SPEED"] != nil
    var errors: [Int] = []
    for seed in 0..<(isLong ? 5_000 : 100) {
      var sketch = QuantileSketch(exactLimit: 20_000, seed: UInt64(seed), stream: 0)
      sketch.add(values)
      let ranks = Array(stride(from: 0, to: count, by: 8))
      let error = zip(ranks, sketch.values(at: ranks)).map { abs($0 - Int($1)) }.max() ?? 0
      errors.append(error)
    }
    errors.sort()
    #expect(Double(errors.last ?? 0) <= 0.001 * Double(count))
    if isLong {
      let shares = [0.5, 0.99, 0.999, 1].map { share in
        Double(errors[Int(share * Double(errors.count - 1))]) / Double(count)
      }
      print("sketch-error of all ranks: median, 99 %, 99.9 %, largest: \(shares)")
    }
  }

  @Test("Merged in pairs of pairs", arguments: [SketchStream.normal, .sorted, .zoomingIn])
  func mergedAsTree(stream: SketchStream) {
    let values = stream.values(1_000_000, seed: 6)
    var parts = parts(values, 64, exactLimit: 1_000, seed: 8)
    while parts.count > 1 {
      parts = stride(from: 0, to: parts.count, by: 2).map { first in
        var pair = parts[first]
        if first + 1 < parts.count { pair.merge(parts[first + 1]) }
        return pair
      }
    }
    let error = parts[0].largestError(TrueRanks(values), ranks: 1_000)
    #expect(parts[0].count == values.count && error <= 0.001, "\(error)")
  }

  @Test("Just past the limit, and at every size up to a few thousand more")
  func smallSizes() {
    let values = SketchStream.normal.values(30_000, seed: 2)
    for limit in [0, 1, 4_095, 4_096, 5_120, 5_121] {
      for size in [limit + 1, limit + 2, limit + 4_095, limit + 4_097, limit + 12_000] {
        var sketch = QuantileSketch(exactLimit: limit, seed: 3, stream: 3)
        sketch.add(values.prefix(size))
        #expect(sketch.count == size)
        let error = sketch.largestError(TrueRanks(Array(values.prefix(size))), ranks: 200)
        #expect(error <= 0.001, "limit \(limit), \(size) values: \(error)")
      }
    }
  }

  @Test("The same values in the same order give the same bytes, however they are cut")
  func determinism() {
    var generator = SplitMix64(seed: 4)
    let values = SketchStream.cauchy.values(300_000, seed: 3)
    var whole = QuantileSketch(exactLimit: 10_000, seed: 5, stream: 6)
    whole.add(values)
    for most in [700, 9_000, 200_000] {
      var sketch = QuantileSketch(exactLimit: 10_000, seed: 5, stream: 6)
      var rest = values[...]
      while !rest.isEmpty {
        let size = min(rest.count, Int.random(in: 0...most, using: &generator))
        sketch.add(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      #expect(sketch.bytes == whole.bytes && sketch == whole)
    }
    for (seed, stream) in [(6, 6), (5, 7)] as [(UInt64, UInt64)] {
      var other = QuantileSketch(exactLimit: 10_000, seed: seed, stream: stream)
      other.add(values)
      #expect(other != whole && other.bytes != whole.bytes)
      #expect(other.count == whole.count)
    }
  }

  @Test("Errors have no direction: the mean over seeds is near zero")
  func unbiased() {
    let values = SketchStream.normal.values(60_000, seed: 7)
    let truth = TrueRanks(values)
    let edges = (1..<10).map { truth.sorted[$0 * 6_000] }
    var sums = [Double](repeating: 0, count: edges.count)
    var squares = sums
    let rounds = 400
    for seed in 0..<rounds {
      var sketch = QuantileSketch(exactLimit: 1_000, seed: UInt64(seed), stream: 0)
      sketch.add(values)
      for (index, estimate) in sketch.countsBelow(edges).enumerated() {
        let error = Double(estimate - truth.below(edges[index]))
        sums[index] += error
        squares[index] += error * error
      }
    }
    for (sum, square) in zip(sums, squares) {
      // Five standard errors.
      #expect(abs(sum) < 5 * square.squareRoot() + 1, "\(sum) of \(square)")
    }
  }

  @Test("As many values as a year has: copies of a sketch merged, then sampled")
  func sampled() throws {
    let values = SketchStream.normal.values(1_000_000, seed: 9)
    let truth = TrueRanks(values)
    var sketch = QuantileSketch(seed: 1, stream: 1)
    sketch.add(values)
    for _ in 0..<20 {
      let copy = sketch
      sketch.merge(copy)
    }
    #expect(sketch.count == 1_000_000 << 20)
    let edges = (1..<100).map { truth.sorted[$0 * 10_000] }
    for (edge, estimate) in zip(edges, sketch.countsBelow(edges)) {
      let share = Double(estimate) / Double(sketch.count)
      #expect(abs(share - Double(truth.below(edge)) / 1e6) < 0.001)
    }
    // Far right of the others, each kept value stands for thousands.
    let more = SketchStream.uniform.values(1 << 22, seed: 10).map { 100 + $0 }
    var pieces = sketch
    sketch.add(more)
    for start in stride(from: 0, to: more.count, by: 60_001) {
      pieces.add(more[start..<min(start + 60_001, more.count)])
    }
    #expect(pieces.bytes == sketch.bytes)
    #expect(sketch.count - sketch.countsBelow([50])[0] == more.count)
    for share in [0.25, 0.5, 0.75] {
      let above = sketch.count - sketch.countsBelow([100 + share])[0]
      // 512 kept values or fewer: the standard deviation is at most 2.3 % of their number.
      #expect(abs(Double(above) / Double(more.count) - (1 - share)) < 0.11)
    }
    var bytes = sketch.bytes[...]
    #expect(try QuantileSketch(decoding: &bytes, seed: 1, stream: 1) == sketch)
    var other = QuantileSketch(exactLimit: 10, seed: 3, stream: 3)
    other.add(values)
    other.merge(sketch)
    bytes = other.bytes[...]
    #expect(try QuantileSketch(decoding: &bytes, seed: 3, stream: 3) == other)
    #expect(other.count == sketch.count + 1_000_000)
  }
}
