/// Quantiles of the squared distances over all pairs of rows, exactly and without holding the distances.
///
/// A random sample of pairs tells two bounds that very likely have the quantile between them. One
/// pass over all pairs counts the distances on both sides and keeps those between, a few percent,
/// from which it is selected. Where the bounds were wrong, or too many distances lie
/// between, there is another pass with better bounds: they decide the time, never the result.
///
/// Source: Floyd & Rivest, "Expected time bounds for selection", CACM 18(3), 1975.
struct DistanceQuantiles {
  private let passes: DistancePass
  private let seed: UInt64
  private let pairs: Int

  /// - Parameters:
  ///   - rows: The rows.
  ///   - options: Threads, memory, and the seed that chooses the sampled pairs.
  init(rows: RowBlocks, options: MaximumMeanDiscrepancy.Options) {
    passes = DistancePass(rows: rows, options: options)
    seed = options.seed
    pairs = rows.rowCount * (rows.rowCount - 1) / 2
  }

  /// The median: the mean of the two middle values; of the distances that are not zero when it would be zero;
  /// zero when all are.
  /// - Throws: What `progress` throws; it is told the share of the present pass.
  /// - Complexity: O(N^2 d), as a rule one pass.
  func median(progress: (Double) throws -> Void) throws -> Double {
    guard pairs > 0 else { return 0 }
    let median = try median(of: 0..<pairs, progress: progress)
    if median > 0 { return median }
    let zeros = try passes.counts(of: [(0, 0)], progress: progress)[0].atLow
    return zeros == pairs ? 0 : try self.median(of: zeros..<pairs, progress: progress)
  }

  /// The median of the distances of these ranks, by size and from 0.
  private func median(of ranks: Range<Int>, progress: (Double) throws -> Void) throws -> Double {
    let (first, second) = try values(
      atRanks: [
        (ranks.lowerBound + (ranks.count - 1) / 2, ranks.lowerBound + ranks.count / 2)
      ], progress: progress)[0]
    return first + (second - first) / 2
  }

  /// Quantiles of the distances, not squared, that are not zero: by linear interpolation between those
  /// of the ranks on both sides (Hyndman & Fan 1996, type 7).
  ///
  /// - Parameters:
  ///   - percents: Which quantiles.
  ///   - zeros: How many distances are zero.
  ///   - progress: Called with the share done of the present pass.
  /// - Returns: The quantiles; nil when all distances are zero.
  /// - Throws: What `progress` throws.
  func roots(percents: [Int], zeros: Int, progress: (Double) throws -> Void) throws -> [Double]? {
    guard pairs > zeros else { return nil }
    let places = percents.map { (pairs - zeros - 1) * $0 }
    let values = try values(
      atRanks: places.map { (zeros + $0 / 100, min(zeros + $0 / 100 + 1, pairs - 1)) },
      progress: progress)
    return zip(places, values).map { place, values in
      // A distance whose square is too small for a number is not shorter than this.
      let low = max(values.0, .leastNormalMagnitude).squareRoot()
      let high = max(values.1, .leastNormalMagnitude).squareRoot()
      return low + (high - low) * Double(place % 100) / 100
    }
  }

  /// The distances of pairs of ranks, by size and from 0, the second of which is the first or the next.
  /// All are looked for at once.
  private func values(
    atRanks ranks: [(Int, Int)], progress: (Double) throws -> Void
  ) throws -> [(Double, Double)] {
    let sample = passes.canKeep(pairs) ? [] : passes.sampled(seed: seed)
    var searches = ranks.map { Search(rank: $0.0, pairs: pairs, sample: sample) }
    try find(&searches, progress: progress)
    let first = searches.map { $0.value ?? 0 }
    var second = zip(searches, ranks).map { $0.valueOfLastPass(atRank: $1.1) }
    let open = second.indices.filter { second[$0] == nil }
    searches = open.map { Search(rank: ranks[$0].1, pairs: pairs, sample: sample) }
    try find(&searches, progress: progress)
    for (index, search) in zip(open, searches) { second[index] = search.value }
    return zip(first, second).map { ($0, $1 ?? $0) }
  }

  private func find(_ searches: inout [Search], progress: (Double) throws -> Void) throws {
    while true {
      let open = searches.indices.filter { searches[$0].value == nil }
      if open.isEmpty { return }
      let counts = try passes.counts(of: open.map { searches[$0].bounds }, progress: progress)
      for (index, counts) in zip(open, counts) { searches[index].take(counts) }
    }
  }
}

/// What is known of one order statistic: between which distances it lies.
private struct Search {
  private let rank: Int
  /// The value is above `low` and below `high`; `before` distances are not above `low`, `inside`
  /// of them lie between.
  private var low = -1.0
  private var high = Double.infinity
  private var before = 0
  private var inside: Int
  /// Some of the distances between, sorted.
  private var candidates: [Double]
  private var last: DistanceCounts?
  /// The value, when it is found.
  private(set) var value: Double?

  init(rank: Int, pairs: Int, sample: [Double]) {
    self.rank = rank
    inside = pairs
    candidates = sample
  }

  func valueOfLastPass(atRank rank: Int) -> Double? {
    if case .known(let value) = last?.place(ofRank: rank) { return value }
    return nil
  }

  /// Takes what a pass has counted by `bounds`.
  mutating func take(_ counts: DistanceCounts) {
    let (from, to) = (counts.low, counts.high)
    last = counts
    switch counts.place(ofRank: rank) {
    case .known(let value): self.value = value
    case .below:
      (high, inside) = (from, counts.below - before)
      candidates.removeAll { $0 >= from }
    case .between:
      (low, high) = (from, to)
      (before, inside) = (counts.below + counts.atLow, counts.between)
      candidates = counts.someKept
    case .above:
      let end = before + inside
      (low, before) = (to, counts.below + counts.atLow + counts.between + counts.atHigh)
      inside = end - before
      candidates.removeAll { $0 <= to }
    }
  }

  /// Two bounds with the rank's value between them in all but one of 370 cases: wider ones would
  /// cost more distances than the passes they save.
  var bounds: (low: Double, high: Double) {
    guard !candidates.isEmpty else { return (low, high) }
    let count = Double(candidates.count)
    let share = (Double(rank - before) + 0.5) / Double(inside)
    let expected = share * count
    // The standard deviation of a binomial count.
    let margin = 3 * (expected * max(0, 1 - share)).squareRoot() + 1
    let (from, to) = (Int((expected - margin).rounded(.down)), Int(expected + margin))
    return (
      from < 0 ? low : candidates[min(from, candidates.count - 1)],
      to >= candidates.count ? high : candidates[to]
    )
  }
}
