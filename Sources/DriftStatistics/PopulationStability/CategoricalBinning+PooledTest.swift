package import DriftColumns
package import DriftSummaries

/// What a test on levels says that were chosen from both samples together.
package struct PooledLevelTest: Sendable {
  /// The p-value; nil where all levels are counted together, with no other bin.
  package var pValue: Double?
  /// Whether some level is counted apart from the others.
  package var comparesLevels = false
}

extension CategoricalBinning {
  /// The chi-squared test on levels that are chosen from both samples together.
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
  /// - Returns: The test; one without a p-value when a side has no rows.
  /// - Complexity: O(levels).
  package static func pooledTest(
    baseline: LevelCounts, current: LevelCounts, missing: (baseline: Int, current: Int),
    options: PopulationStabilityIndex.Options
  ) -> PooledLevelTest {
    guard baseline.present > 0, current.present > 0 else { return PooledLevelTest() }
    guard baseline.isExact, current.isExact else {
      return UncertainLevels(baseline: baseline, current: current)
        .pooledTest(missing: missing, options: options)
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
    return PooledLevelTest(
      pValue: BinCounts(baseline: counts.map(\.0), current: counts.map(\.1)).homogeneity,
      comparesLevels: !frequent.levels.isEmpty)
  }
}
