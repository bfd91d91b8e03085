internal import CColumnKernels
internal import CInstructionSets

/// Values by bucket of their range: which buckets hold the wanted ranks, and the values in them.
struct NumberBuckets {
  /// A bucket with wanted ranks.
  struct Hit {
    /// Which of the wanted ranks lie in it.
    let ranks: Range<Int>
    /// How many values lie in the buckets before it.
    let below: Int
    /// How many lie in it.
    let count: Int
    /// Which bucket it is.
    let bucket: Int
    /// The value that all of them have, if it is known.
    var value: Double?
  }

  private(set) var hits: [Hit]
  /// The number of each bucket among the hits whose values are to be gathered, from 1, or 0.
  private var slots: [UInt16]

  /// - Parameters:
  ///   - histogram: How many values are in each bucket, and last those that are in none.
  ///   - ranks: The wanted ranks, ascending, fewer than 65,536.
  init(histogram: [UInt32], ranks: [Int]) {
    var hits: [Hit] = []
    var below = 0
    var first = 0
    slots = Array(unsafeUninitializedCapacity: histogram.count) { slots, initialized in
      slots.initialize(repeating: 0)
      initialized = histogram.count
      for bucket in 0..<histogram.count - 1 where histogram[bucket] > 0 {
        let count = Int(histogram[bucket])
        var end = first
        while end < ranks.count, ranks[end] < below + count { end += 1 }
        if end > first {
          hits.append(Hit(ranks: first..<end, below: below, count: count, bucket: bucket))
          slots[bucket] = UInt16(hits.count)
          first = end
          if end == ranks.count { break }
        }
        below += count
      }
    }
    self.hits = hits
  }

  /// How many values have to be gathered.
  var gatheredCount: Int { hits.reduce(0) { $0 + ($1.value == nil ? $1.count : 0) } }

  /// All values of a hit are known to be this one.
  mutating func settle(_ hit: Int, value: Double) {
    hits[hit].value = value
    slots[hits[hit].bucket] = 0
  }

  /// The values in the hits, hit after hit, none for those that are settled. `histogram` is that of
  /// the values that `forEach` hands out, a buffer at a time.
  func gather(
    _ plan: drift_buckets, histogram: [UInt32], instructionSet: InstructionSet,
    forEach: ((UnsafeBufferPointer<Double>) -> Void) -> Void
  ) -> [[Double]] {
    var counts = [Int](repeating: 0, count: hits.count)
    for (bucket, slot) in slots.enumerated() where slot > 0 {
      counts[Int(slot) - 1] = Int(histogram[bucket])
    }
    // Slot 0 is not used.
    var next: [Int64] = [0]
    var total = 0
    for count in counts {
      next.append(Int64(total))
      total += count
    }
    let values = [Double](unsafeUninitializedCapacity: max(total, 1)) { out, initialized in
      withUnsafePointer(to: plan) { plan in
        forEach { values in
          guard let source = values.baseAddress, let target = out.baseAddress else { return }
          drift_bucket_gather(
            instructionSet, plan, source, Int64(values.count), slots, &next, target)
        }
      }
      initialized = total
    }
    var start = 0
    return counts.map { count in
      defer { start += count }
      return Array(values[start..<start + count])
    }
  }

  /// How many values lie in each bucket, and last how many in none.
  static func histogram(
    _ plan: drift_buckets, instructionSet: InstructionSet,
    forEach: ((UnsafeBufferPointer<Double>) -> Void) -> Void
  ) -> [UInt32] {
    var histogram = [UInt32](repeating: 0, count: Int(plan.buckets) + 1)
    withUnsafePointer(to: plan) { plan in
      forEach { values in
        guard let source = values.baseAddress else { return }
        drift_bucket_histogram(instructionSet, plan, source, Int64(values.count), &histogram)
      }
    }
    return histogram
  }
}

extension drift_buckets {
  /// Buckets of equal width; nil where the width would overflow or underflow.
  static func equalWidths(of range: ClosedRange<Double>, count: Int) -> drift_buckets? {
    equalWidths(of: range, buckets: Self.number(for: count, each: 16, most: 1 << 15))
  }

  /// So many of them.
  static func equalWidths(of range: ClosedRange<Double>, buckets: Int) -> drift_buckets? {
    let scale = Double(buckets - 1) / (range.upperBound - range.lowerBound)
    guard scale.isNormal else { return nil }
    return drift_buckets(
      minimum: range.lowerBound, scale: scale, shift: 0, buckets: Int32(buckets))
  }

  /// Buckets of equally many doubles. A bucket of them is at most one of 128th of the range, in the
  /// order of all doubles.
  static func equalSteps(of range: ClosedRange<Double>, count: Int) -> drift_buckets {
    equalSteps(of: range, buckets: Self.number(for: count, each: 4, most: 1 << 16))
  }

  /// A power of two of them.
  static func equalSteps(of range: ClosedRange<Double>, buckets: Int) -> drift_buckets {
    let distance = Self.order(range.upperBound) - Self.order(range.lowerBound)
    let bits = UInt64.bitWidth - distance.leadingZeroBitCount
    let shift = max(0, bits - buckets.trailingZeroBitCount)
    return drift_buckets(
      minimum: range.lowerBound, scale: 0, shift: Int32(shift), buckets: Int32(buckets))
  }

  /// A power of two that puts about `each` of the values in a bucket.
  private static func number(for count: Int, each: Int, most: Int) -> Int {
    var buckets = 256
    while buckets < most, buckets * each < count { buckets *= 2 }
    return buckets
  }

  /// A double as an integer in the same order; 0 for both zeros alike.
  private static func order(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }
}
