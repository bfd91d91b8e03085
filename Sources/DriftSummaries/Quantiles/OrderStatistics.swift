internal import CColumnKernels
package import DriftColumns

/// Exact order statistics of the finite numbers of a column, without sorting it.
///
/// Values are counted in buckets of their range, and only the buckets that hold a wanted rank are
/// gathered: some dozens of values out of a million. Buckets are of equal width. Where that fails
/// (one far outlier, and all the others share a bucket), they are of equally many doubles, which
/// divides any range down to single values in a few rounds: O(n), whatever the values.
package struct OrderStatistics {
  private let numbers: NumberChunks
  private let count: Int
  private let range: ClosedRange<Double>?
  private let work: PieceWork

  /// - Parameters:
  ///   - numbers: The column.
  ///   - tally: What was found in it.
  ///   - work: How to work.
  package init(_ numbers: NumberChunks, tally: NumberTally, work: PieceWork) {
    self.numbers = numbers
    self.work = work
    count = tally.moments.count
    range =
      if let minimum = tally.moments.minimum, let maximum = tally.moments.maximum {
        minimum...maximum
      } else {
        nil
      }
  }

  /// Fewer values than this are sorted.
  private static let sortedCount = 256

  /// The values at some ranks from 0, as they would stand in the sorted column. The sort is stable:
  /// of zeros of both signs the first rows come first.
  ///
  /// - Parameter ranks: Ascending and different, each below the number of finite values.
  /// - Returns: A value for each rank.
  package func values(at ranks: [Int]) -> [Double] {
    guard let range, !ranks.isEmpty else { return [] }
    var values: [Double]
    if range.lowerBound == range.upperBound {
      values = Array(repeating: range.lowerBound, count: ranks.count)
    } else {
      values = select(ranks, in: range)
    }
    if values.contains(0) { setSigns(ofZeros: &values, at: ranks) }
    return values
  }

  private func select(_ ranks: [Int], in range: ClosedRange<Double>) -> [Double] {
    var result: [Double] = []
    for part in stride(from: 0, to: ranks.count, by: Int(UInt16.max)) {
      let some = Array(ranks[part..<min(part + Int(UInt16.max), ranks.count)])
      if let plan = drift_buckets.equalWidths(of: range, count: count),
        let values = select(some, by: plan, atMost: max(4096, count / 4))
      {
        result += values
      } else {
        let plan = drift_buckets.equalSteps(of: range, count: count)
        result += select(some, by: plan, atMost: count) ?? []
      }
    }
    return result
  }

  /// The values at ranks; nil if more than so many values would have to be looked at.
  private func select(_ ranks: [Int], by plan: drift_buckets, atMost most: Int) -> [Double]? {
    let parts = work.parts(of: numbers.pieceCount)
    let (numbers, instructionSet) = (numbers, work.instructionSet)
    let histograms = work.map(count: parts.count) { part in
      NumberBuckets.histogram(plan, instructionSet: instructionSet) { body in
        for piece in parts[part] { numbers.withPiece(piece, body) }
      }
    }
    var total = histograms[0]
    for histogram in histograms.dropFirst() {
      for bucket in total.indices { total[bucket] += histogram[bucket] }
    }
    var found = NumberBuckets(histogram: total, ranks: ranks)
    settle(&found, by: plan)
    let buckets = found
    guard buckets.gatheredCount <= most else { return nil }
    let gathered = work.map(count: parts.count) { part in
      buckets.gather(plan, histogram: histograms[part], instructionSet: instructionSet) { body in
        for piece in parts[part] { numbers.withPiece(piece, body) }
      }
    }
    return work.map(count: buckets.hits.count) { index in
      let hit = buckets.hits[index]
      if let value = hit.value { return Array(repeating: value, count: hit.ranks.count) }
      var values = gathered[0][index]
      for part in gathered.dropFirst() { values += part[index] }
      return Self.select(ranks[hit.ranks].map { $0 - hit.below }, of: values, work)
    }.flatMap { $0 }
  }

  /// Finds the buckets that hold one value only: whole numbers, and columns that are mostly zero,
  /// have many rows in few of them, and nothing has to be gathered to know what they are.
  private func settle(_ buckets: inout NumberBuckets, by plan: drift_buckets) {
    let large = buckets.hits.indices.filter { buckets.hits[$0].count >= max(1_024, count / 256) }
      .sorted { buckets.hits[$0].count > buckets.hits[$1].count }.prefix(Self.mostSettled)
    guard !large.isEmpty else { return }
    // The first value of each bucket, which comes soon when many rows have it.
    var wanted = Dictionary(uniqueKeysWithValues: large.map { (buckets.hits[$0].bucket, $0) })
    var candidates: [(value: Double, hit: Int)] = []
    withUnsafePointer(to: plan) { plan in
      numbers.withPiece(0) { rows in
        for value in rows where value.isFinite {
          guard let hit = wanted.removeValue(forKey: Int(drift_bucket_of(plan, value))) else {
            continue
          }
          candidates.append((value, hit))
          if wanted.isEmpty { break }
        }
      }
    }
    candidates.sort { $0.value < $1.value }
    let counter = BinCounter(singleValues: candidates.map(\.value))
    let counts = counter.counts(ofCells: counter.cells(of: numbers, work: work))
    for (candidate, count) in zip(candidates, counts)
    where count == buckets.hits[candidate.hit].count {
      buckets.settle(candidate.hit, value: candidate.value)
    }
  }

  /// So many buckets that comparing with a value of each is cheaper than gathering.
  private static let mostSettled = 24

  /// The values at ranks among some finite values.
  private static func select(_ ranks: [Int], of values: [Double], _ work: PieceWork) -> [Double] {
    if values.count <= sortedCount {
      let sorted = values.sorted()
      return ranks.map { sorted[$0] }
    }
    let moments = values.withUnsafeBufferPointer {
      NumberTally($0, work: work).moments
    }
    guard let minimum = moments.minimum, let maximum = moments.maximum, minimum < maximum else {
      return Array(repeating: values[0], count: ranks.count)
    }
    let plan = drift_buckets.equalSteps(of: minimum...maximum, count: values.count)
    let histogram = NumberBuckets.histogram(plan, instructionSet: work.instructionSet) { body in
      values.withUnsafeBufferPointer(body)
    }
    let buckets = NumberBuckets(histogram: histogram, ranks: ranks)
    let gathered = buckets.gather(
      plan, histogram: histogram, instructionSet: work.instructionSet
    ) { body in values.withUnsafeBufferPointer(body) }
    return zip(buckets.hits, gathered).flatMap { hit, values in
      select(ranks[hit.ranks].map { $0 - hit.below }, of: values, work)
    }
  }

  /// Gives each zero the sign that it has in the row it stands for.
  private func setSigns(ofZeros values: inout [Double], at ranks: [Int]) {
    var negative = 0
    var cells: [Int64] = [0, 0, 0]
    for piece in 0..<numbers.pieceCount {
      numbers.withPiece(piece) { rows in
        guard let base = rows.baseAddress else { return }
        let rowCount = Int64(rows.count)
        negative += Int(drift_count_negative_zeros(work.instructionSet, base, rowCount))
        // The finite numbers below zero are in the second cell.
        drift_count_cells(
          work.instructionSet, base, rowCount, [-Double.greatestFiniteMagnitude, 0], 2, &cells)
      }
    }
    let zeros = values.indices.filter { values[$0] == 0 }
    guard negative > 0 else {
      for index in zeros { values[index] = 0 }
      return
    }
    var rest = zeros[...]
    var rank = Int(cells[1])
    for piece in 0..<numbers.pieceCount where !rest.isEmpty {
      numbers.withPiece(piece) { rows in
        for value in rows where value == 0 {
          if let index = rest.first, ranks[index] == rank {
            values[index] = value
            rest.removeFirst()
          }
          rank += 1
        }
      }
    }
  }
}
