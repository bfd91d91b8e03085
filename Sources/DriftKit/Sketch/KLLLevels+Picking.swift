internal import CColumnKernels
internal import CInstructionSets

extension KLLLevels {
  /// So many values of all, as a power of 2 that they are divided by, may lie in one bucket without
  /// being sorted.
  package static let bucketShift = 13
  /// Compactions of sorted values that follow the first one.
  package static let sortedCompactions = 3

  /// The values of a column, which are too many to be kept, without sorting all of them.
  ///
  /// The values are put in order by bucket, and in a bucket stay in the order in which they came. Of
  /// every w = 2^b in that order one is picked, at a place that a coin chooses; the picked ones are
  /// sorted and compacted as usual. Buckets with more than n / 2^`bucketShift` values are sorted
  /// before.
  ///
  /// Error. The values below any number are all those of the buckets before its own, which stand side
  /// by side, and some of that one, of m = n / 2^`bucketShift` values at most. Of the b that stand
  /// before a bucket, b / w rounded down or up are picked; up for the places below b mod w. For the
  /// first of these places, w - b mod w >= 1 values of the bucket come before the next one that is
  /// picked, so that at most (m - 1) / w, rounded up, of the bucket are. Between a place with all of
  /// these and one without any, the picked ones times w differ by w (1 + (m - 1) / w, rounded up) at
  /// most, a place with b / w rounded down and all of a bucket by no more. On average they are as many
  /// as they should be: by Hoeffding's lemma a variance of at most a quarter of that, squared. The
  /// compactions of the picked ones keep one of every 2^`sortedCompactions` with one draw: a variance
  /// of at most a quarter of w 2^`sortedCompactions`, squared.
  ///
  /// - Parameters:
  ///   - numbers: The column.
  ///   - count: How many finite values it has: at least 1, less than 2^31.
  ///   - range: The smallest and the largest of them.
  ///   - seed: What random choices depend on.
  ///   - stream: Which stream of the seed they are from.
  ///   - instructionSet: What inner loops run with.
  /// - Complexity: O(n), three passes as a rule.
  init(
    _ numbers: NumberChunks, count: Int, range: ClosedRange<Double>, seed: UInt64, stream: UInt64,
    instructionSet: InstructionSet
  ) {
    let height = Self.height(count: count)
    let first = height - Self.sortedCompactions
    guard first > 0, range.lowerBound < range.upperBound else {
      self.init(sorted: Self.sorted(numbers, count: count), seed: seed, stream: stream)
      return
    }
    let buckets = PickedBuckets(
      numbers, count: count, range: range, most: count >> Self.bucketShift,
      instructionSet: instructionSet)
    var coins = SketchCoins(seed: seed, stream: stream, salt: buckets.salt)
    let place = coins.draw { $0.next(below: 1 << first) }
    var picked = buckets.picked(numbers, shift: first, place: place, instructionSet: instructionSet)
    SortedNumbers.sort(&picked.values)
    var levels: [[Double]] = Array(repeating: [], count: height + 1)
    let rest = height - first
    let kept = picked.values.count >> rest
    let offset = coins.draw { $0.next(below: 1 << rest) }
    levels[height] = (0..<kept).map { picked.values[$0 << rest + offset] }
    levels[first] += picked.values[(kept << rest)...]
    levels[0] += picked.rest
    self.init(
      count: count, levels: levels, offsets: Array(repeating: 2, count: height + 1),
      sampler: QuantileSampler(), coins: coins)
    settle()
  }

  /// As many compactions of all values at once as make few enough of them.
  static func height(count: Int) -> Int {
    var height = 0
    while count >> height >= topCapacity { height += 1 }
    return height
  }

  /// The finite values of a column, ascending.
  static func sorted(_ numbers: NumberChunks, count: Int) -> [Double] {
    var (low, high) = (Double.infinity, -Double.infinity)
    var sorted = [Double](unsafeUninitializedCapacity: max(count, 1)) { out, initialized in
      for piece in 0..<numbers.pieceCount {
        numbers.withPiece(piece) { rows in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { finite in
            guard let source = rows.baseAddress, let target = finite.baseAddress else { return }
            let found = Int(
              drift_gather_finite(source, Int64(rows.count), target, &low, &high))
            // Whatever is said of their number, there is no room for more.
            let taken = min(found, count - initialized)
            for index in 0..<taken {
              out.initializeElement(at: initialized + index, to: finite[index])
            }
            initialized += taken
          }
        }
      }
    }
    SortedNumbers.sort(&sorted)
    return sorted
  }
}

/// The values of a column by bucket, from which some are picked.
private struct PickedBuckets {
  private let plan: drift_buckets
  private let histogram: [UInt32]
  /// More values than these in a bucket are sorted.
  private let most: Int
  private let count: Int

  init(
    _ numbers: NumberChunks, count: Int, range: ClosedRange<Double>, most: Int,
    instructionSet: InstructionSet
  ) {
    func histogram(_ plan: drift_buckets) -> [UInt32] {
      NumberBuckets.histogram(plan, instructionSet: instructionSet) { body in
        for piece in 0..<numbers.pieceCount { numbers.withPiece(piece, body) }
      }
    }
    func sorted(_ histogram: [UInt32]) -> Int {
      histogram.dropLast().reduce(0) { Int($1) > most ? $0 + Int($1) : $0 }
    }
    self.most = most
    self.count = count
    let widths = drift_buckets.equalWidths(of: range, buckets: 1 << 16)
    let byWidth = widths.map(histogram)
    if let widths, let byWidth, sorted(byWidth) <= count / 8 {
      (plan, self.histogram) = (widths, byWidth)
      return
    }
    // Far values, say, and all others share a few buckets.
    let steps = drift_buckets.equalSteps(of: range, buckets: 1 << 16)
    let byStep = histogram(steps)
    if let widths, let byWidth, sorted(byWidth) < sorted(byStep) {
      (plan, self.histogram) = (widths, byWidth)
    } else {
      (plan, self.histogram) = (steps, byStep)
    }
  }

  /// What random choices depend on besides the seed: the finite values, which are all but the last
  /// bucket.
  var salt: UInt64 {
    SketchCoins.salt(ofWords: histogram.dropLast().lazy.map { UInt64($0) })
  }

  /// One of every 2^shift values, in no order, and the largest ones that are too few for one.
  func picked(
    _ numbers: NumberChunks, shift: Int, place: Int, instructionSet: InstructionSet
  ) -> (values: [Double], rest: [Double]) {
    let end = (count >> shift) << shift
    // What is never picked while it is counted.
    let never = UInt32(1) << 31
    var next = [UInt32](repeating: never, count: histogram.count)
    var slots = [UInt16](repeating: 0, count: histogram.count)
    var segments: [(start: Int, count: Int)] = []
    var below = 0
    for (bucket, size) in histogram.dropLast().enumerated() where size > 0 {
      if Int(size) > most || below + Int(size) > end {
        // One segment for all of them: they are sorted together.
        slots[bucket] = 1
        segments.append((below, Int(size)))
      } else {
        next[bucket] = UInt32(below)
      }
      below += Int(size)
    }
    var picked = pick(
      numbers, next: &next, mask: never | (1 << UInt32(shift) - 1), place: UInt32(place),
      most: count >> shift, instructionSet: instructionSet)
    var gathered = gather(
      numbers, slots: slots, count: segments.reduce(0) { $0 + $1.count },
      instructionSet: instructionSet)
    SortedNumbers.sort(&gathered)
    var rest: [Double] = []
    var start = 0
    for segment in segments {
      let last = segment.start + segment.count
      let firstPlace = segment.start + (place - segment.start) & (1 << shift - 1)
      for number in stride(from: firstPlace, to: min(last, end), by: 1 << shift) {
        picked.append(gathered[start + number - segment.start])
      }
      if last > end {
        rest += gathered[(start + max(0, end - segment.start))..<(start + segment.count)]
      }
      start += segment.count
    }
    return (picked, rest)
  }

  private func pick(
    _ numbers: NumberChunks, next: inout [UInt32], mask: UInt32, place: UInt32, most: Int,
    instructionSet: InstructionSet
  ) -> [Double] {
    [Double](unsafeUninitializedCapacity: most + 1) { out, initialized in
      withUnsafePointer(to: plan) { plan in
        for piece in 0..<numbers.pieceCount {
          numbers.withPiece(piece) { rows in
            guard let source = rows.baseAddress, let target = out.baseAddress else { return }
            initialized += Int(
              drift_bucket_pick(
                instructionSet, plan, source, Int64(rows.count), &next, mask, place,
                target + initialized))
          }
        }
      }
    }
  }

  private func gather(
    _ numbers: NumberChunks, slots: [UInt16], count: Int, instructionSet: InstructionSet
  ) -> [Double] {
    guard count > 0 else { return [] }
    var next: [Int64] = [0, 0]
    var gathered = [Double](unsafeUninitializedCapacity: count) { out, initialized in
      withUnsafePointer(to: plan) { plan in
        for piece in 0..<numbers.pieceCount {
          numbers.withPiece(piece) { rows in
            guard let source = rows.baseAddress, let target = out.baseAddress else { return }
            drift_bucket_gather(
              instructionSet, plan, source, Int64(rows.count), slots, &next, target)
          }
        }
      }
      initialized = count
    }
    // -0 is 0.
    for index in gathered.indices { gathered[index] += 0 }
    return gathered
  }
}
