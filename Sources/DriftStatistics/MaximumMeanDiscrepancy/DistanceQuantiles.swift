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
    let zeros = try passes.counts(low: 0, high: 0, progress: progress).atLow
    return zeros == pairs ? 0 : try self.median(of: zeros..<pairs, progress: progress)
  }

  /// The median of the distances of these ranks, by size and from 0.
  private func median(of ranks: Range<Int>, progress: (Double) throws -> Void) throws -> Double {
    let (first, second) = try values(
      atRank: ranks.lowerBound + (ranks.count - 1) / 2, and: ranks.lowerBound + ranks.count / 2,
      progress: progress)
    return first + (second - first) / 2
  }

  /// A quantile of the distances, not squared, that are not zero: by linear interpolation between those
  /// of the ranks on both sides (Hyndman & Fan 1996, type 7).
  ///
  /// - Parameters:
  ///   - percent: Which quantile.
  ///   - zeros: How many distances are zero.
  ///   - progress: Called with the share done of the present pass.
  /// - Returns: The quantile; nil when all distances are zero.
  /// - Throws: What `progress` throws.
  func root(percent: Int, zeros: Int, progress: (Double) throws -> Void) throws -> Double? {
    guard pairs > zeros else { return nil }
    let place = (pairs - zeros - 1) * percent
    let (rank, rest) = (zeros + place / 100, place % 100)
    let (first, second) = try values(
      atRank: rank, and: min(rank + 1, pairs - 1), progress: progress)
    // A distance whose square is too small for a number is not shorter than this.
    let (low, high) = (
      max(first, .leastNormalMagnitude).squareRoot(),
      max(second, .leastNormalMagnitude).squareRoot()
    )
    return low + (high - low) * Double(rest) / 100
  }

  /// The distances of two ranks, by size and from 0, the second of which is the first or the next.
  private func values(
    atRank lower: Int, and upper: Int, progress: (Double) throws -> Void
  ) throws -> (Double, Double) {
    var search = Search(passes: passes, pairs: pairs, seed: seed)
    let first = try search.value(atRank: lower, progress: progress)
    if let second = search.valueOfLastPass(atRank: upper) { return (first, second) }
    search = Search(passes: passes, pairs: pairs, seed: seed)
    return (first, try search.value(atRank: upper, progress: progress))
  }
}

/// What is known of one order statistic: between which distances it lies.
private struct Search {
  private let passes: DistancePass
  /// The value is above `low` and below `high`; `before` distances are not above `low`, `inside`
  /// of them lie between.
  private var low = -1.0
  private var high = Double.infinity
  private var before = 0
  private var inside: Int
  /// Some of the distances between, sorted.
  private var candidates: [Double]
  private var last: DistanceCounts?

  init(passes: DistancePass, pairs: Int, seed: UInt64) {
    self.passes = passes
    inside = pairs
    candidates = passes.canKeep(pairs) ? [] : passes.sampled(seed: seed)
  }

  func valueOfLastPass(atRank rank: Int) -> Double? {
    if case .known(let value) = last?.place(ofRank: rank) { return value }
    return nil
  }

  mutating func value(atRank rank: Int, progress: (Double) throws -> Void) throws -> Double {
    while true {
      let (from, to) = bounds(atRank: rank)
      let counts = try passes.counts(low: from, high: to, progress: progress)
      last = counts
      switch counts.place(ofRank: rank) {
      case .known(let value): return value
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
  }

  /// Two bounds with the rank's value between them in all but one of 370 cases: wider ones would
  /// cost more distances than the passes they save.
  private func bounds(atRank rank: Int) -> (Double, Double) {
    guard !candidates.isEmpty else { return (low, high) }
    let count = Double(candidates.count)
    let expected = (Double(rank - before) + 0.5) / Double(inside) * count
    // A binomial share's standard deviation is at most sqrt(count) / 2.
    let margin = 1.5 * count.squareRoot() + 1
    let (from, to) = (Int((expected - margin).rounded(.down)), Int(expected + margin))
    return (
      from < 0 ? low : candidates[min(from, candidates.count - 1)],
      to >= candidates.count ? high : candidates[to]
    )
  }
}
