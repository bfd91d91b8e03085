/// Counts of levels on both sides where some of them are known by bounds only.
///
/// Where counts leave room, those are taken that are closest to no drift: what is then found is there
/// whatever the true counts are.
struct UncertainLevels {
  let baseline: LevelCounts
  let current: LevelCounts

  /// Whether all counts of both sides are exact.
  var isExact: Bool { baseline.isExact && current.isExact }

  /// The current rows in bins that the baseline was counted by exactly, the last one that of all other
  /// levels.
  struct Bins: Sendable, Hashable {
    /// To the row the possible counts with the lowest index.
    let closest: [Int]
    /// How many rows each bin may have.
    let ranges: [ClosedRange<Int>]
  }

  /// The current rows by bin; nil when they are all known.
  ///
  /// Each term of the index is convex in the share q of the current data, its slope a function of
  /// q / p that grows. So the index is lowest where q / p is the same in all bins whose range has
  /// room for that, and the others are at the end next to it.
  func bins(_ binning: CategoricalBinning, baselineCounts: [Int]) -> Bins? {
    guard !current.isExact else { return nil }
    let counts = binning.counts(of: current)
    let room = binning.levels.map { level in
      level.bytes.withUnsafeBufferPointer { current.uncertainty(of: $0) }
    }
    guard let others = counts.last, room.contains(where: { $0 > 0 }) else { return nil }
    // Rows that were dropped are among the others; no level can have had more than all of them.
    var ranges = zip(counts, room).map { $0...($0 + min($1, others)) }
    ranges.append(max(0, others - room.reduce(0, +))...others)
    func possible(ratio: Double) -> [Double] {
      zip(ranges, baselineCounts).map { range, before in
        min(max(ratio * Double(before), Double(range.lowerBound)), Double(range.upperBound))
      }
    }
    let rows = Double(current.present)
    // At the higher one all counts are as high as they may be, or that of a bin without a baseline.
    var (low, high) = (0.0, rows)
    for _ in 0..<100 {
      let middle = low + (high - low) / 2
      if possible(ratio: middle).reduce(0, +) < rows { low = middle } else { high = middle }
    }
    // What rounding took from a whole number is given back.
    var closest = possible(ratio: low).dropLast().map { Int($0 + 1e-6) }
    closest.append(current.present - closest.reduce(0, +))
    return Bins(closest: closest, ranges: ranges)
  }

  /// `CategoricalBinning.pooledPValue` where counts are known by bounds only: not below that of the
  /// true counts.
  ///
  /// No term of the statistic is negative, so it is at least the sum of what each one is at least, over
  /// the counts that are possible. Levels are chosen by the rows that are certain, and must have twice
  /// as many on either side, if there is no drift, as may be missing: else one that is frequent by
  /// chance on the side that counts exactly would be chosen more often than others.
  /// - Complexity: O(levels).
  func pooledPValue(
    missing: (baseline: Int, current: Int), options: PopulationStabilityIndex.Options
  ) -> Double {
    guard baseline.present > 0, current.present > 0 else { return 1 }
    let (n, m) = (Double(baseline.present), Double(current.present))
    let least = max(
      Double(options.minimumCount + 2 * baseline.countError) * (n + m) / n,
      current.isExact ? 0 : Double(options.minimumCount + 2 * current.countError) * (n + m) / m)
    var frequent = FrequentLevels<RangePair>(options.maximumLevels)
    func offer(_ level: UnsafeBufferPointer<UInt8>, _ ranges: RangePair) {
      let certain = ranges.baseline.lowerBound + ranges.current.lowerBound
      guard Double(certain) >= least else { return }
      frequent.offer(level, count: certain, counts: ranges)
    }
    baseline.table.forEachWithUncertainty { level, count, room in
      offer(
        level,
        RangePair(baseline: count...(count + room), current: Self.range(of: level, in: current)))
    }
    current.table.forEachWithUncertainty { level, count, room in
      guard baseline.table.uncertainty(of: level) == nil else { return }
      offer(
        level,
        RangePair(baseline: Self.range(of: level, in: baseline), current: count...(count + room)))
    }
    var bins = frequent.levels.map(\.counts)
    bins.append(
      RangePair(
        baseline: Self.others(bins.map(\.baseline), of: baseline.present),
        current: Self.others(bins.map(\.current), of: current.present)))
    bins.append(
      RangePair(
        baseline: missing.baseline...missing.baseline, current: missing.current...missing.current))
    bins.removeAll { $0.baseline.upperBound == 0 && $0.current.upperBound == 0 }
    guard bins.count > 1 else { return 1 }
    let rows = (n + Double(missing.baseline), m + Double(missing.current))
    let statistic = bins.reduce(0) { $0 + $1.leastTerm(rows) }
    return ChiSquared(degreesOfFreedom: Double(bins.count - 1)).upperTail(statistic)
  }

  private static func range(of level: UnsafeBufferPointer<UInt8>, in counts: LevelCounts)
    -> ClosedRange<Int>
  {
    let count = counts.table.count(of: level)
    return count...(count + counts.uncertainty(of: level))
  }

  /// The rows that are in none of some bins.
  private static func others(_ ranges: [ClosedRange<Int>], of rows: Int) -> ClosedRange<Int> {
    let most = rows - ranges.reduce(0) { $0 + $1.lowerBound }
    return max(0, rows - ranges.reduce(0) { $0 + $1.upperBound })...most
  }

  /// What is to be said of counts that are not exact.
  func notes(_ name: String) -> [String] {
    var notes: [String] = []
    if !baseline.isExact {
      notes.append(
        "\(name): more levels in the baseline than memory holds; its bins are of levels that were "
          + "counted exactly; all others, which have up to \(baseline.countError) rows or came late, "
          + "are counted together")
    }
    if !current.isExact {
      let share = NumberText.significant(
        100 * Double(current.countError) / Double(max(current.present, 1)), 2)
      notes.append(
        "\(name): more levels in the current data than memory holds; the count of a rare one may be "
          + "too low, by \(current.countError) rows (\(share) %) at most, and the index is the lowest that "
          + "this allows")
    }
    return notes
  }
}

/// How many rows a bin may have on both sides.
private struct RangePair {
  let baseline: ClosedRange<Int>
  let current: ClosedRange<Int>

  /// The least that the bin can add to Pearson's statistic of homogeneity, of so many rows on both
  /// sides: nothing if the shares can be equal, else what it adds at the counts that are closest to
  /// that, as the term grows with the distance from equal shares on either side.
  func leastTerm(_ rows: (baseline: Double, current: Double)) -> Double {
    let rate = rows.current / rows.baseline
    var (x, y) = (Double(baseline.lowerBound), Double(current.upperBound))
    if x * rate <= y {
      (x, y) = (Double(baseline.upperBound), Double(current.lowerBound))
      if x * rate >= y { return 0 }
    }
    let difference = x * rows.current - y * rows.baseline
    return difference / (rows.baseline * rows.current) * difference / (x + y)
  }
}
