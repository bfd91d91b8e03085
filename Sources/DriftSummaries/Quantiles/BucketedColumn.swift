internal import CColumnKernels
internal import CInstructionSets
package import DriftColumns

/// The finite numbers of a column in the order of their buckets, without sorting it.
///
/// One pass counts the values of each bucket and remembers one of them, the last. Where that is not
/// enough, `want` names the ranks and one more pass, `gather`, collects all other values of the buckets
/// that they lie in. Buckets that hold one value only, as of rounded numbers, or zeros, cost nothing
/// then, however many rows they have. -0 counts as 0.
package struct BucketedColumn: Sendable {
  private let numbers: NumberChunks
  private let work: PieceWork
  private let range: ClosedRange<Double>
  /// How many finite values there are.
  package let count: Int
  private let plan: drift_buckets
  /// How many values lie in the buckets before each one; at last all.
  private let below: [UInt32]
  /// The last value of each bucket that has one.
  private let last: [Double]
  /// Whether all values of a bucket are to be known.
  private var isWanted: [UInt8]
  /// The values of those buckets but for those that equal the last one, ascending.
  private var others: [Double] = []

  /// About as many buckets as a second-level cache holds with what is known of them.
  private static let mostBuckets = 1 << 16

  /// Counts the values.
  ///
  /// Buckets are of equal width where most of the first rows lie. Where that puts too many different
  /// values in one, of the whole range, or of equally many doubles.
  ///
  /// - Parameters:
  ///   - numbers: The column; fewer than 2^32 finite values.
  ///   - range: The smallest and the largest of them, which differ.
  ///   - crowd: With more different values than this a bucket would have to be gathered.
  ///   - buckets: How many buckets, a power of two; nil for as many as are of use.
  ///   - work: How to work.
  package init(
    _ numbers: NumberChunks, range: ClosedRange<Double>, crowd: Int, buckets: Int? = nil,
    work: PieceWork
  ) {
    let bucketCount = buckets ?? Self.mostBuckets
    let sampled = buckets.map { min(Self.sampleSize, $0 / 16) } ?? Self.sampleSize
    var sample = Self.first(sampled, of: numbers)
    SortedNumbers.sort(&sample)
    func trial(_ plan: drift_buckets) -> Trial {
      let table = Table(numbers, plan, work)
      return Trial(plan: plan, table: table, crowded: table.crowded(sample, plan, crowd))
    }
    let ranges = [Self.bulk(of: sample), range].compactMap { $0 }
    var best: Trial?
    for range in ranges where best?.isGood != true {
      guard let plan = drift_buckets.equalWidths(of: range, buckets: bucketCount) else {
        continue
      }
      best = trial(plan).better(than: best)
    }
    let chosen: Trial
    if let best, best.isGood {
      chosen = best
    } else {
      let steps = drift_buckets.equalSteps(of: range, buckets: bucketCount)
      chosen = trial(steps).better(than: best)
    }
    let (plan, table) = (chosen.plan, chosen.table)
    var sum: UInt32 = 0
    var below: [UInt32] = []
    below.reserveCapacity(table.counts.count)
    for count in table.counts.dropLast() {
      below.append(sum)
      sum &+= count
    }
    self.below = below + [sum]
    last = table.last
    isWanted = Array(repeating: 0, count: table.counts.count)
    self.numbers = numbers
    self.work = work
    self.range = range
    self.count = Int(sum)
    self.plan = plan
  }

  /// Something that other values are likely not to have in common: how many lie before every eighth
  /// bucket, and the smallest.
  var words: [UInt64] {
    stride(from: 0, to: below.count, by: 8).map { UInt64(below[$0]) } + [
      range.lowerBound.bitPattern
    ]
  }

  /// Asks for all values of the buckets that ranks lie in.
  ///
  /// - Parameters:
  ///   - ranks: Ranks from 0, ascending.
  ///   - most: Of a bucket with no more values any one will do.
  package mutating func want(_ ranks: some Sequence<Int>, unlessFew most: Int = 1) {
    var isWanted = isWanted
    self.isWanted = []
    forEachBucket(of: ranks) { bucket, _, _ in
      if size(of: bucket) > max(most, 1) { isWanted[bucket] = 1 }
    }
    self.isWanted = isWanted
  }

  /// Asks for all values of the buckets that ranks lie in, and of those beside them that have any.
  package mutating func wantBeside(_ ranks: some Sequence<Int>) {
    var isWanted = isWanted
    self.isWanted = []
    func note(_ bucket: Int) {
      if size(of: bucket) > 1 { isWanted[bucket] = 1 }
    }
    forEachBucket(of: ranks) { bucket, _, _ in
      note(bucket)
      var next = bucket + 1
      while next < below.count - 1, size(of: next) == 0 { next += 1 }
      if next < below.count - 1 { note(next) }
      var previous = bucket - 1
      while previous >= 0, size(of: previous) == 0 { previous -= 1 }
      if previous >= 0 { note(previous) }
    }
    self.isWanted = isWanted
  }

  /// Collects the values that were asked for.
  package mutating func gather() {
    let (isWanted, last) = (isWanted, last)
    let most = isWanted.indices.reduce(0) { isWanted[$1] != 0 ? $0 + size(of: $1) : $0 }
    guard most > 0 else { return }
    let parts = work.parts(of: numbers.pieceCount)
    let (numbers, plan, set) = (numbers, plan, work.instructionSet)
    let gathered = work.map(count: parts.count) { part in
      // Memory that is never written takes no room.
      [Double](unsafeUninitializedCapacity: most + 1) { out, initialized in
        withUnsafePointer(to: plan) { plan in
          for piece in parts[part] {
            numbers.withPiece(piece) { rows in
              guard let source = rows.baseAddress, let target = out.baseAddress else { return }
              initialized += Int(
                drift_bucket_others(
                  set, plan, source, Int64(rows.count), isWanted, last, target + initialized))
            }
          }
        }
      }
    }
    others = gathered.count == 1 ? gathered[0] : Array(gathered.joined())
    // -0 is 0.
    for index in others.indices { others[index] += 0 }
    SortedNumbers.sort(&others)
  }

  /// The values at ranks: exactly those of buckets that were gathered or have one value only, of others
  /// any one of the bucket.
  ///
  /// - Parameter ranks: Ascending.
  /// - Returns: A value for each rank that there is.
  package func values(at ranks: some Sequence<Int>) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(ranks.underestimatedCount)
    var own = (bucket: -1, values: others[..<0], firstLast: 0)
    forEachBucket(of: ranks) { bucket, rank, last in
      guard isWanted[bucket] != 0 else {
        values.append(last + 0)
        return
      }
      if own.bucket != bucket {
        let found = others(in: bucket)
        own = (bucket, found, found.partitioningIndex { $0 > last } - found.startIndex)
      }
      let place = rank - Int(below[bucket])
      let lastCount = size(of: bucket) - own.values.count
      if place < own.firstLast {
        values.append(own.values[own.values.startIndex + place])
      } else if place < own.firstLast + lastCount {
        values.append(last + 0)
      } else {
        values.append(own.values[own.values.startIndex + place - lastCount])
      }
    }
    return values
  }

  /// The value at a rank from 0 below `count`; nil if it is not known.
  /// - Complexity: O(log buckets).
  package func value(at rank: Int) -> Double? {
    let bucket = Self.firstIndex(in: below) { Int($0) > rank } - 1
    let last = last[bucket] + 0
    guard isWanted[bucket] != 0 else { return size(of: bucket) == 1 ? last : nil }
    let own = others(in: bucket)
    let place = rank - Int(below[bucket])
    let smaller = own.firstIndex { $0 > last }.map { $0 - own.startIndex } ?? own.count
    if place < smaller { return own[own.startIndex + place] }
    let equal = size(of: bucket) - own.count
    return place < smaller + equal ? last : own[own.startIndex + place - equal]
  }

  /// The first index of an element, of those that come last, for which something holds.
  @inline(__always)
  private static func firstIndex<Element>(
    in elements: [Element], where holds: (Element) -> Bool
  ) -> Int {
    elements.withUnsafeBufferPointer { elements in
      var (low, high) = (0, elements.count)
      while low < high {
        let middle = (low + high) / 2
        if holds(elements[middle]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }

  /// How many values are less than a number; nil if that is not known.
  package func count(below number: Double) -> Int? {
    if number <= range.lowerBound { return 0 }
    if number > range.upperBound { return count }
    guard number.isFinite else { return nil }
    let bucket = bucket(of: number)
    let before = Int(below[bucket])
    let size = size(of: bucket)
    if size == 0 || self.bucket(of: number.nextDown) < bucket { return before }
    guard isWanted[bucket] != 0 || size == 1 else { return nil }
    let own = others(in: bucket)
    return before + own.partitioningIndex { $0 >= number } - own.startIndex
      + (last[bucket] < number ? size - own.count : 0)
  }

  private func bucket(of value: Double) -> Int {
    withUnsafePointer(to: plan) { Int(drift_bucket_of($0, value)) }
  }

  private func size(of bucket: Int) -> Int { Int(below[bucket + 1] - below[bucket]) }

  /// Those of the gathered values that lie in a bucket.
  private func others(in bucket: Int) -> ArraySlice<Double> {
    let first = Self.firstIndex(in: others) { self.bucket(of: $0) >= bucket }
    var end = first
    while end < others.count, self.bucket(of: others[end]) == bucket { end += 1 }
    return others[first..<end]
  }

  /// Calls `body` with the bucket of each rank, the rank, and the last value of the bucket.
  private func forEachBucket(of ranks: some Sequence<Int>, _ body: (Int, Int, Double) -> Void) {
    below.withUnsafeBufferPointer { below in
      last.withUnsafeBufferPointer { last in
        var bucket = 0
        for rank in ranks where rank < count {
          while Int(below[bucket + 1]) <= rank { bucket += 1 }
          body(bucket, rank, last[bucket])
        }
      }
    }
  }
}

extension BucketedColumn {
  private static let sampleSize = 4096

  /// The first finite values.
  private static func first(_ most: Int, of numbers: NumberChunks) -> [Double] {
    var first: [Double] = []
    for piece in 0..<numbers.pieceCount where first.count < most {
      numbers.withPiece(piece) { rows in
        for value in rows where value.isFinite {
          first.append(value + 0)
          if first.count == most { return }
        }
      }
    }
    return first
  }

  /// Where all but the outer ones of some values lie; nil if that is no range.
  private static func bulk(of sorted: [Double]) -> ClosedRange<Double>? {
    let outer = sorted.count / 200
    guard sorted.count > 0, sorted[outer] < sorted[sorted.count - 1 - outer] else { return nil }
    return sorted[outer]...sorted[sorted.count - 1 - outer]
  }

  /// A way to cut the range, and what it gives.
  private struct Trial {
    let plan: drift_buckets
    let table: Table
    /// About how many values lie in buckets with too many.
    let crowded: Int

    /// To gather half of the values takes less time than to try again.
    var isGood: Bool { crowded <= table.total / 2 }

    func better(than other: Trial?) -> Trial {
      other.map { crowded < $0.crowded ? self : $0 } ?? self
    }
  }

  /// What one pass finds.
  private struct Table: Sendable {
    /// How many values lie in each bucket, and last how many in none.
    var counts: [UInt32]
    /// The last value of each bucket that has one.
    var last: [Double]

    /// How many finite values there are.
    var total: Int { counts.dropLast().reduce(0) { $0 + Int($1) } }

    init(size: Int) {
      counts = Array(repeating: 0, count: size)
      last = Array(repeating: 0, count: size)
    }

    init(_ numbers: NumberChunks, _ plan: drift_buckets, _ work: PieceWork) {
      let parts = work.parts(of: numbers.pieceCount)
      let tables = work.map(count: parts.count) { part in
        var table = Table(size: Int(plan.buckets) + 1)
        withUnsafePointer(to: plan) { plan in
          for piece in parts[part] {
            numbers.withPiece(piece) { rows in
              guard let source = rows.baseAddress else { return }
              drift_bucket_last(
                work.instructionSet, plan, source, Int64(rows.count), &table.counts, &table.last)
            }
          }
        }
        return table
      }
      self = tables[0]
      for table in tables.dropFirst() {
        for bucket in counts.indices where table.counts[bucket] > 0 {
          counts[bucket] += table.counts[bucket]
          last[bucket] = table.last[bucket]
        }
      }
    }

    /// About how many values lie in buckets of more than so many values that are not all equal, judged
    /// by some of them.
    func crowded(_ sample: [Double], _ plan: drift_buckets, _ most: Int) -> Int {
      let crowded = counts.dropLast().reduce(0) { Int($1) > most ? $0 + Int($1) : $0 }
      guard crowded > 0 else { return 0 }
      var (seen, different) = (0, 0)
      withUnsafePointer(to: plan) { plan in
        for value in sample {
          let bucket = Int(drift_bucket_of(plan, value))
          guard Int(counts[bucket]) > most else { continue }
          seen += 1
          if value != last[bucket] { different += 1 }
        }
      }
      return seen > 0 ? Int(Double(crowded) * Double(different) / Double(seen)) : crowded
    }
  }
}
