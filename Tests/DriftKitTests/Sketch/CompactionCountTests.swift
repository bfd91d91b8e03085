import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// The bound on the error, from the sizes of levels alone: they do not depend on the values. A draw
/// counts with a quarter of its squared range.
@Suite("Compactions of a quantile sketch, counted")
struct CompactionCountTests {
  /// How full the levels are, the variance that draws have had at most, and what picking adds to errors.
  private struct Counts {
    var count: Int
    var sizes: [Int]
    var compactions: [Int]
    var variance: Double
    var bias = 0

    /// Levels of more exact values than are kept.
    init(exact: Int) {
      count = exact + 1
      var height = 0
      while count >> height >= KLLLevels.topCapacity { height += 1 }
      sizes = [count % (1 << height)] + Array(repeating: 0, count: max(0, height - 1))
      if height > 0 { sizes.append(count >> height) } else { sizes = [count] }
      compactions = sizes.map { _ in 0 }
      // One of every 2^height, with one draw.
      variance = height > 0 ? Self.square(ofLevel: height) / 4 : 0
    }

    /// Levels of values that were picked without a sort of all.
    init(picked: Int) {
      self.init(exact: picked - 1)
      bias = picked >> KLLLevels.bucketShift
      settle()
    }

    /// Levels of so many values that were counted, each of which stands on all of them.
    init(counted values: Int, count rows: Int) {
      var height = 0
      while rows >> height >= KLLLevels.topCapacity { height += 1 }
      sizes = Array(repeating: values, count: height) + [rows >> height]
      count = sizes.enumerated().reduce(0) { $0 + $1.element << $1.offset }
      compactions = sizes.map { _ in 0 }
      variance = 0
      settle()
    }

    static func square(ofLevel level: Int) -> Double {
      Double(sign: .plus, exponent: 2 * level, significand: 1)
    }

    var share: Double { variance.squareRoot() / Double(count) }

    /// The error of all ranks, sampling included, as a share of all values.
    var error: Double {
      let sampling = 0.25 * Double(sign: .plus, exponent: -KLLLevels.sampledShift, significand: 1)
      return 6.04 * (share * share + sampling).squareRoot() + Double(bias) / Double(count) + 5e-5
    }

    mutating func fillBuffer() {
      let added = KLLLevels.bufferCapacity - sizes[0]
      count += added
      sizes[0] += added
      settle()
    }

    mutating func settle() {
      var level = 0
      while level < sizes.count {
        if sizes[level] >= capacity(of: level) {
          if level + 1 == sizes.count {
            sizes.append(0)
            compactions.append(0)
          }
          sizes[level + 1] += sizes[level] / 2
          sizes[level] %= 2
          if compactions[level] % 2 == 0 { variance += Self.square(ofLevel: level) }
          compactions[level] += 1
        }
        level += 1
      }
    }

    mutating func merge(_ other: Counts) {
      count += other.count
      variance += other.variance
      bias += other.bias
      while sizes.count < other.sizes.count {
        sizes.append(0)
        compactions.append(0)
      }
      for level in other.sizes.indices { sizes[level] += other.sizes[level] }
      settle()
    }

    private func capacity(of level: Int) -> Int {
      if level == 0 { return KLLLevels.bufferCapacity }
      var capacity = KLLLevels.topCapacity
      for _ in level..<sizes.count - 1 where capacity > KLLLevels.leastCapacity {
        capacity = (2 * capacity + 2) / 3
      }
      return max(capacity, KLLLevels.leastCapacity)
    }
  }

  /// What the documentation says.
  private let said = 1.5e-4
  /// What is left for compactions beside sampling, which takes one draw of a share of all values.
  private var most: Double {
    let sampling = 0.25 * Double(sign: .plus, exponent: -KLLLevels.sampledShift, significand: 1)
    return (said * said - sampling).squareRoot()
  }

  private func isGood(_ counts: Counts) -> Bool {
    counts.share <= most && counts.error <= KLLLevels.rankError
  }

  @Test("What is counted is enough for the error that is promised") func promise() {
    // Two ranks at each 20,000th of the values, and a probability of 99.9 % for all of them.
    let (ranks, failure) = (40_000.0, 0.001)
    let limit = (2 * log(2 * ranks / failure)).squareRoot()
    #expect(limit > 6.03 && limit < 6.04)
    #expect(limit * said + 1 / (ranks / 2) < KLLLevels.rankError)
  }

  @Test("One sketch, at every size", arguments: [1 << 17, 1 << 18, 100_000, 20_000])
  func growth(exactLimit: Int) {
    var counts = Counts(exact: exactLimit)
    while counts.count < 1 << 26 {
      #expect(isGood(counts), "\(counts.count) values")
      guard isGood(counts) else { return }
      counts.fillBuffer()
    }
  }

  @Test(
    "One sketch that begins with picked values",
    arguments: [
      1 << 17, 163_840, 200_000, 327_680, 1 << 20, 5_242_880, 5_259_264, 10_000_000, 12_945_083,
    ])
  func picking(size: Int) {
    var counts = Counts(picked: size)
    while counts.count < 1 << 26 {
      #expect(isGood(counts), "\(counts.count) values")
      guard isGood(counts) else { return }
      counts.fillBuffer()
    }
  }

  @Test(
    "Merged ones that were picked",
    arguments: [140_000, 163_840, 200_000, 327_680, 1_000_000, 5_259_264])
  func mergingPicked(size: Int) {
    for partCount in [2, 3, 16, 200] {
      let part = Counts(picked: size)
      var sum = part
      for _ in 1..<partCount {
        sum.merge(part)
        #expect(isGood(sum), "\(partCount) parts of \(size)")
      }
      var pairs = Array(repeating: part, count: partCount)
      while pairs.count > 1 {
        pairs = stride(from: 0, to: pairs.count, by: 2).map { first in
          var pair = pairs[first]
          if first + 1 < pairs.count { pair.merge(pairs[first + 1]) }
          return pair
        }
        #expect(pairs.allSatisfy(isGood), "\(partCount) parts of \(size) in pairs")
      }
    }
  }

  @Test("Ones of any size that are merged in any order", arguments: 0..<20)
  func mergingAtRandom(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    var parts = (0..<Int.random(in: 2...60, using: &generator)).map { part in
      let size = 1 + Int(exp2(Double.random(in: 17...24, using: &generator)))
      // Some were not picked from.
      return part % 5 == seed ? Counts(exact: size) : Counts(picked: size)
    }
    while parts.count > 1 {
      var sum = parts.remove(at: Int.random(in: parts.indices, using: &generator))
      sum.merge(parts.remove(at: Int.random(in: parts.indices, using: &generator)))
      for _ in 0..<Int.random(in: 0...4, using: &generator) { sum.fillBuffer() }
      #expect(isGood(sum), "\(sum.count) values")
      parts.append(sum)
    }
  }

  @Test("Counted values, alone, day by day and merged with picked ones", arguments: 0..<20)
  func counted(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    func size() -> Int { Int(exp2(Double.random(in: 17...40, using: &generator))) }
    var sum = Counts(counted: [1, 100, 1_024, 2_048][seed % 4], count: size())
    #expect(isGood(sum), "\(sum.count) values")
    let part = Counts(counted: 1_024, count: size())
    for _ in 0..<200 {
      sum.merge(part)
      #expect(isGood(sum), "\(sum.count) values")
    }
    for _ in 0..<20 {
      sum.merge(Counts(picked: 1 << Int.random(in: 17...24, using: &generator)))
      sum.merge(Counts(counted: 1_024, count: size()))
      #expect(isGood(sum), "\(sum.count) values")
    }
  }

  @Test("Merged ones, one after the other and in pairs of pairs")
  func merging() {
    var generator = SplitMix64(seed: 1)
    for (partCount, size) in [(2, 140_000), (16, 200_000), (16, 1_000_000), (200, 300_000)] {
      var parts = (0..<partCount).map { _ in
        var part = Counts(exact: 1 << 17)
        let end = size + Int.random(in: 0...size, using: &generator)
        while part.count < end { part.fillBuffer() }
        return part
      }
      var sum = parts[0]
      for part in parts.dropFirst() {
        sum.merge(part)
        #expect(isGood(sum), "\(partCount) parts of \(size)")
      }
      while parts.count > 1 {
        parts = stride(from: 0, to: parts.count, by: 2).map { first in
          var pair = parts[first]
          if first + 1 < parts.count { pair.merge(parts[first + 1]) }
          return pair
        }
        #expect(parts.allSatisfy(isGood), "\(partCount) parts of \(size) in pairs")
      }
    }
  }
}
