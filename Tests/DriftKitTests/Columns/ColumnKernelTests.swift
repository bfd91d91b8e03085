import CColumnKernels
import CInstructionSets
import DriftKit
import DriftTestSupport
import Testing

/// The loops in C against what they should compute, said plainly.
@Suite("Kernels of columns")
struct ColumnKernelTests {
  @Test("Cells: as many values between two cuts as there are", arguments: NastyNumbers.allCases)
  func cells(kind: NastyNumbers) {
    let values = kind.sample(2_500, seed: 9)
    for cutCount in [0, 1, 2, 3, 4, 9, 20, 63, 64, 65, 127, 128, 300] {
      // Cuts at values, between them and beyond: ties matter.
      let some = NastyNumbers.fewValues.sample(2, seed: 1) + [.infinity, -.infinity]
      let candidates = (values.filter { !$0.isNaN } + some).sorted()
      var cuts: [Double] = []
      for cut in candidates where cuts.last != cut { cuts.append(cut) }
      var generator = SplitMix64(seed: UInt64(cutCount))
      cuts = Array(cuts.shuffled(using: &generator).prefix(cutCount)).sorted()
      var length = 1
      while length - 1 < cuts.count { length *= 2 }
      let padded = cuts + Array(repeating: .nan, count: max(1, length - 1) - cuts.count)
      for size in [0, 1, 7, 8, 9, 100, 2_048, 2_500] {
        let rows = Array(values.prefix(size))
        var expected = [Int64](repeating: 1, count: cuts.count + 1)
        for value in rows where !value.isNaN { expected[cuts.count { $0 <= value }] += 1 }
        for set in Works.instructionSets {
          var cells = [Int64](repeating: 1, count: cuts.count + 1)
          drift_count_cells(set, rows, Int64(size), padded, Int64(cuts.count), &cells)
          #expect(cells == expected, "\(cutCount) cuts, \(size) values, \(set)")
        }
      }
    }
  }

  @Test("Buckets: all levels agree with one value at a time", arguments: NastyNumbers.allCases)
  func buckets(kind: NastyNumbers) {
    for size in [0, 1, 7, 8, 9, 15, 1_000, 1_003] {
      let values = kind.sample(size, seed: UInt64(size))
      let finite = values.filter(\.isFinite)
      guard let least = finite.min(), let most = finite.max(), least < most else { continue }
      for var plan in plans(least, most) {
        let buckets = finite.map { drift_bucket_of(&plan, $0) }
        let pairs = zip(finite, buckets).sorted { $0.0 < $1.0 }
        #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.1 <= $1.1 }, "not in order")
        #expect(buckets.allSatisfy { (0..<plan.buckets).contains($0) })
        var expected = [UInt32](repeating: 0, count: Int(plan.buckets) + 1)
        for bucket in buckets { expected[Int(bucket)] += 1 }
        expected[Int(plan.buckets)] = UInt32(size - finite.count)
        // Every third bucket is wanted.
        let slots = (0...Int(plan.buckets)).map { UInt16($0 % 3 == 1 && $0 < plan.buckets ? 1 : 0) }
        let wanted = zip(finite, buckets).filter { $0.1 % 3 == 1 }.map(\.0.bitPattern)
        for set in Works.instructionSets {
          var histogram = [UInt32](repeating: 0, count: Int(plan.buckets) + 1)
          drift_bucket_histogram(set, &plan, values, Int64(size), &histogram)
          #expect(histogram == expected, "\(size), \(set)")
          var next: [Int64] = [0, 0]
          var out = [Double](repeating: 0, count: size + 1)
          drift_bucket_gather(set, &plan, values, Int64(size), slots, &next, &out)
          #expect(out.prefix(Int(next[1])).map(\.bitPattern) == wanted, "\(size), \(set)")
          last(set, &plan, values, zip(finite, buckets).map { ($0, Int($1)) }, expected)
        }
      }
    }
  }

  /// The last value of each bucket, and all others of every third one.
  private func last(
    _ set: InstructionSet, _ plan: inout drift_buckets, _ values: [Double],
    _ buckets: [(value: Double, bucket: Int)], _ counts: [UInt32]
  ) {
    var histogram = [UInt32](repeating: 0, count: counts.count)
    var last = [Double](repeating: 0.5, count: counts.count)
    drift_bucket_last(set, &plan, values, Int64(values.count), &histogram, &last)
    #expect(histogram == counts, "\(set)")
    var expected = [Double](repeating: 0.5, count: counts.count)
    for (value, bucket) in buckets { expected[bucket] = value }
    #expect(
      last.dropLast().map(\.bitPattern) == expected.dropLast().map(\.bitPattern), "\(set)")
    let isWanted = counts.indices.map { UInt8($0 % 3 == 1 && $0 < plan.buckets ? 1 : 0) }
    var out = [Double](repeating: 0, count: values.count + 1)
    let found = drift_bucket_others(
      set, &plan, values, Int64(values.count), isWanted, expected, &out)
    let others = buckets.filter { $0.bucket % 3 == 1 && $0.value != expected[$0.bucket] }
    #expect(
      out.prefix(Int(found)).map(\.bitPattern) == others.map(\.value.bitPattern), "\(set)")
  }

  @Test("Kinds of numbers", arguments: NastyNumbers.allCases)
  func kinds(kind: NastyNumbers) {
    for size in [0, 1, 7, 8, 9, 1_003] {
      let values = kind.sample(size, seed: UInt64(size))
      for set in Works.instructionSets {
        let kinds = drift_count_kinds(set, values, Int64(size))
        #expect(Int(kinds.finite) == values.count(where: \.isFinite))
        #expect(Int(kinds.nans) == values.count(where: \.isNaN))
        #expect(Int(kinds.positive_infinities) == values.count { $0 == .infinity })
      }
    }
  }

  /// Buckets of equal width, where that goes, and of equally many doubles.
  private func plans(_ least: Double, _ most: Double) -> [drift_buckets] {
    func order(_ value: Double) -> UInt64 {
      let bits = (value + 0).bitPattern
      return bits >> 63 == 1 ? ~bits : bits | 1 << 63
    }
    let bits = UInt64.bitWidth - (order(most) - order(least)).leadingZeroBitCount
    let steps = drift_buckets(
      minimum: least, scale: 0, shift: Int32(max(0, bits - 8)), buckets: 256)
    let scale = 255 / (most - least)
    guard scale.isNormal else { return [steps] }
    // The last one is narrower than the range.
    return [
      steps, drift_buckets(minimum: least, scale: scale, shift: 0, buckets: 256),
      drift_buckets(
        minimum: least + 0.25 * (most - least), scale: 2 * scale, shift: 0, buckets: 256),
    ]
  }

  @Test("Different values are counted, up to a limit", arguments: NastyNumbers.allCases)
  func differentValues(kind: NastyNumbers) {
    for (size, limit) in [(0, 0), (1, 0), (1, 1), (50, 3), (500, 6), (500, 61), (2_000, 5_000)] {
      let values = kind.sample(size, seed: UInt64(size))
      let finite = values.filter(\.isFinite)
      var expected: [Double: Int64] = [:]
      for value in finite { expected[value, default: 0] += 1 }
      let slots = 16_384
      var numbers = [Double](repeating: 0, count: slots)
      var counts = [Int64](repeating: 0, count: slots)
      let status = numbers.withUnsafeMutableBufferPointer { numbers in
        counts.withUnsafeMutableBufferPointer { counts in
          var set = drift_value_set(
            values: numbers.baseAddress, counts: counts.baseAddress, slots: Int64(slots), used: 0,
            limit: Int64(limit), multiplier: .random(in: .min ... .max) | 1)
          return drift_count_different(&set, values, Int64(size))
        }
      }
      #expect((status == 1) == (expected.count > limit), "\(size), \(limit)")
      guard status == 0 else { continue }
      let found = zip(numbers, counts).filter { $0.1 > 0 }
      #expect(Dictionary(uniqueKeysWithValues: found) == expected, "\(size), \(limit)")
      // Of both zeros the first one stands for all.
      if let zero = finite.first(where: { $0 == 0 }) {
        #expect(found.contains { $0.0 == 0 && $0.0.sign == zero.sign })
      }
    }
  }

  @Test("Negative zeros", arguments: [0, 1, 7, 8, 100, 1_001])
  func negativeZeros(count: Int) {
    let values = NastyNumbers.signedZeros.sample(count, seed: 4)
    for set in Works.instructionSets {
      #expect(
        drift_count_negative_zeros(set, values, Int64(count))
          == values.count { $0 == 0 && $0.sign == .minus })
    }
  }
}
