/// Bins of a categorical column, frozen from the baseline: its frequent levels, and one bin for all
/// the others, rare or never seen.
///
/// There is no bin for never-seen levels alone: under a long tail current data always holds new
/// levels, and the index would be large every night. New levels have a test of their own,
/// ``NewLevelsTest``.
public struct CategoricalBinning: Sendable, Hashable {
  /// The levels with a bin of their own, the most frequent first, ties by bytes.
  public let levels: [Level]

  /// Chooses the bins for a baseline. Where there were too many levels to keep all of them, those are
  /// chosen that certainly have the rows; `UncertainLevels` knows how many more they may have.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's counts.
  ///   - minimumCount: How many rows a level needs to get a bin of its own.
  ///   - maximumLevels: How many levels can have one.
  public init(fitting baseline: LevelCounts, minimumCount: Int = 10, maximumLevels: Int = 100) {
    var frequent = FrequentLevels<Void>(maximumLevels)
    baseline.table.forEach(atLeast: minimumCount) { level, count in
      frequent.offer(level, count: count, counts: ())
    }
    levels = frequent.levels.map(\.level)
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
  /// - Complexity: O(levels).
  static func pooledPValue(
    baseline: LevelCounts, current: LevelCounts, missing: (baseline: Int, current: Int),
    options: PopulationStabilityIndex.Options
  ) -> Double {
    guard baseline.present > 0, current.present > 0 else { return 1 }
    guard baseline.isExact, current.isExact else {
      return UncertainLevels(baseline: baseline, current: current)
        .pooledPValue(missing: missing, options: options)
    }
    // The baseline's share of a level with this many pooled rows is `minimumCount` on average.
    let share = Double(baseline.present) / Double(baseline.present + current.present)
    let least = Double(options.minimumCount) / share
    // A level that is frequent in both together has half of that on one side at least.
    let half = Int(min(least / 2, Double(Int.max / 2)).rounded(.up))
    var frequent = FrequentLevels<(Int, Int)>(options.maximumLevels)
    func offer(_ level: UnsafeBufferPointer<UInt8>, _ before: Int, _ after: Int) {
      guard Double(before + after) >= least else { return }
      frequent.offer(level, count: before + after, counts: (before, after))
    }
    baseline.table.forEach(atLeast: half, countedIn: current.table) { offer($0, $1, $2) }
    current.table.forEach(atLeast: half, countedIn: baseline.table) { level, after, before in
      if before < half { offer(level, before, after) }
    }
    var counts = frequent.levels.map(\.counts)
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
    let counts = levels.map { column.table.count(of: $0) }
    return counts + [column.present - counts.reduce(0, +)]
  }
}
