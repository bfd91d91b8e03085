/// Bins of a categorical column, frozen from the baseline: its frequent levels, and one bin for all
/// the others, rare or never seen.
///
/// There is no bin for never-seen levels alone: under a long tail current data always holds new
/// levels, and the index would be large every night. New levels have a test of their own,
/// ``NewLevelsTest``.
public struct CategoricalBinning: Sendable, Hashable {
  /// The levels with a bin of their own, the most frequent first, ties by bytes.
  public let levels: [Level]

  private let positions: [Level: Int]

  /// Chooses the bins for a baseline.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's counts.
  ///   - minimumCount: How many rows a level needs to get a bin of its own.
  ///   - maximumLevels: How many levels can have one.
  public init(fitting baseline: LevelCounts, minimumCount: Int = 10, maximumLevels: Int = 100) {
    levels =
      baseline.byFrequency
      .prefix(max(0, maximumLevels)).prefix { $0.count >= minimumCount }.map(\.level)
    positions = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
  }

  /// The p-value of the chi-squared test on levels that are chosen from both samples together.
  ///
  /// The bins' levels are those that are frequent in the baseline, partly by chance: those near the
  /// limit are over-represented in it, and a test on these bins would find them rarer in any other
  /// sample. Chosen from the pooled counts, levels do not favour a side, and the test keeps its
  /// level. Where no level is near the limit, both choices are the same.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's counts.
  ///   - current: The current counts.
  ///   - missing: Cells without a level on both sides; zeros to leave them out.
  ///   - options: Which levels count as frequent.
  /// - Returns: The p-value; 1 when a side has no rows.
  /// - Complexity: O(levels log levels).
  static func pooledPValue(
    baseline: LevelCounts, current: LevelCounts, missing: (baseline: Int, current: Int),
    options: PopulationStabilityIndex.Options
  ) -> Double {
    guard baseline.present > 0, current.present > 0 else { return 1 }
    let pooled = baseline.counts.merging(current.counts, uniquingKeysWith: +)
    // The baseline's share of a level with this many pooled rows is `minimumCount` on average.
    let share = Double(baseline.present) / Double(baseline.present + current.present)
    let least = Double(options.minimumCount) / share
    let levels = pooled.filter { Double($0.value) >= least }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(options.maximumLevels)
    var counts = levels.map { level in
      (baseline.counts[level.key] ?? 0, current.counts[level.key] ?? 0)
    }
    counts.append(
      (
        baseline.present - counts.reduce(0) { $0 + $1.0 },
        current.present - counts.reduce(0) { $0 + $1.1 }
      ))
    counts.append((missing.baseline, missing.current))
    let bins = counts.filter { $0.0 > 0 || $0.1 > 0 }
    return ChiSquared.homogeneity(bins.map { Double($0.0) }, bins.map { Double($0.1) })
  }

  /// How many rows fall in each bin; the last bin is that of all other levels.
  public func counts(of column: LevelCounts) -> [Int] {
    var counts = [Int](repeating: 0, count: levels.count + 1)
    for (level, count) in column.counts { counts[positions[level] ?? levels.count] += count }
    return counts
  }
}
