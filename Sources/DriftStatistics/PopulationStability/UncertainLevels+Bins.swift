internal import DriftColumns
package import DriftSummaries

extension UncertainLevels {
  /// The rows in the bins of a baseline where they are known by bounds only.
  package struct Bins: Sendable, Hashable {
    /// To the row the possible counts of the baseline with the lowest index.
    package let baseline: [Int]
    /// To the row the possible current counts with the lowest index.
    package let current: [Int]
    /// How many rows each bin may have, the last one that of all other levels.
    let ranges: [RangePair]
    /// Levels that are among the others and might have bins of their own if all were counted exactly.
    package let hidden: [RangePair]
  }

  /// The rows by bin; nil when they are all known.
  ///
  /// Each term of the index is convex in the share q of one side, its slope a function of q / p that
  /// grows, p being the share of the other side. So the index is lowest where q / p is the same in all
  /// bins whose range has room for that, and the others are at the end next to it. Where both sides
  /// have room, they take turns: the index is convex in both together.
  /// - Complexity: O(levels).
  package func bins(_ binning: CategoricalBinning, options: PopulationStabilityIndex.Options)
    -> Bins?
  {
    guard !isExact else { return nil }
    let hidden = hiddenLevels(binning, options: options)
    guard let counts = closestCounts(binning, evenIfExact: !hidden.isEmpty) else { return nil }
    return Bins(
      baseline: counts.baseline, current: counts.current, ranges: counts.ranges, hidden: hidden)
  }

  /// The possible counts with the lowest index and what all counts may be; nil when they are all known.
  func closestCounts(_ binning: CategoricalBinning, evenIfExact: Bool = false) -> (
    baseline: [Int], current: [Int], ranges: [RangePair]
  )? {
    guard !isExact else { return nil }
    let before = Self.ranges(binning, of: baseline, dropped: dropped.baseline)
    let after = Self.ranges(binning, of: current, dropped: dropped.current)
    let areExact = (Self.areExact(before), Self.areExact(after))
    guard areExact != (true, true) || evenIfExact else { return nil }
    let rows = (baseline.present, current.present)
    // What is certain, all other rows in the last bin.
    var x = binning.counts(of: baseline).map { Double($0) }
    var y = Self.closest(to: x, in: after, rows: rows.1)
    for _ in 0..<(areExact.0 ? 0 : areExact.1 ? 1 : Self.turns) {
      x = Self.closest(to: y, in: before, rows: rows.0)
      if !areExact.1 { y = Self.closest(to: x, in: after, rows: rows.1) }
    }
    return (
      Self.whole(x, rows: rows.0), Self.whole(y, rows: rows.1),
      zip(before, after).map { RangePair(baseline: $0, current: $1) }
    )
  }

  /// How often the sides take turns.
  private static let turns = 32

  /// How many rows each bin may have.
  private static func ranges(
    _ binning: CategoricalBinning, of side: LevelCounts, dropped: Int
  ) -> [ClosedRange<Int>] {
    let counts = binning.counts(of: side)
    let others = counts.last ?? 0
    var ranges = zip(binning.levels, counts).map { level, count in
      let room = level.bytes.withUnsafeBufferPointer { side.uncertainty(of: $0) }
      return count...(count + min(room, dropped))
    }
    let room = ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    ranges.append(max(0, others - min(room, dropped))...others)
    return ranges
  }

  private static func areExact(_ ranges: [ClosedRange<Int>]) -> Bool {
    ranges.allSatisfy { $0.lowerBound == $0.upperBound }
  }

  /// The counts in some ranges whose ratios to those of the other side are as equal as can be; the last
  /// one takes what the others leave.
  private static func closest(
    to other: [Double], in ranges: [ClosedRange<Int>], rows: Int
  ) -> [Double] {
    func possible(_ ratio: Double) -> [Double] {
      zip(ranges, other).map { range, count in
        min(max(ratio * count, Double(range.lowerBound)), Double(range.upperBound))
      }
    }
    let total = Double(rows)
    // At the higher one all counts are as high as they may be, or that of a bin without rows on the
    // other side.
    var (low, high) = (0.0, total / min(1, other.lazy.filter { $0 > 0 }.min() ?? 1))
    for _ in 0..<100 {
      let middle = low + (high - low) / 2
      if possible(middle).reduce(0, +) < total { low = middle } else { high = middle }
    }
    let counts = Array(possible(low).dropLast())
    return counts + [total - counts.reduce(0, +)]
  }

  /// Whole numbers of rows; the last bin takes what rounding leaves.
  private static func whole(_ counts: [Double], rows: Int) -> [Int] {
    // What rounding took from a whole number is given back.
    let whole = counts.dropLast().map { Int($0 + 1e-6) }
    return whole + [rows - whole.reduce(0, +)]
  }
}
