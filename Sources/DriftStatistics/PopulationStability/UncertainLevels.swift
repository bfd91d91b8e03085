package import DriftColumns
internal import DriftSummaries

/// Counts of levels on both sides where some of them are known by bounds only.
///
/// Where counts leave room, those are taken that are closest to no drift: what is then found is there
/// whatever the true counts are.
package struct UncertainLevels {
  package let baseline: LevelCounts
  package let current: LevelCounts
  /// The rows whose level was dropped: none had more of them besides.
  package let dropped: (baseline: Int, current: Int)

  /// - Complexity: O(levels) where they are not exact.
  package init(baseline: LevelCounts, current: LevelCounts) {
    self.baseline = baseline
    self.current = current
    dropped = (baseline.dropped, current.dropped)
  }

  /// Whether all counts of both sides are exact.
  package var isExact: Bool { baseline.isExact && current.isExact }

  /// `CategoricalBinning.pooledTest` where counts are known by bounds only: its p-value is not below
  /// that of the true counts.
  ///
  /// No term of the statistic is negative, so it is at least the sum of what each one is at least, over
  /// the counts that are possible. Levels are chosen by the rows that are certain, and must have twice
  /// as many on either side, if there is no drift, as may be missing: else one that is frequent by
  /// chance on the side that counts exactly would be chosen more often than others.
  /// - Complexity: O(levels).
  package func pooledTest(
    missing: (baseline: Int, current: Int), options: PopulationStabilityIndex.Options
  ) -> PooledLevelTest {
    guard baseline.present > 0, current.present > 0 else { return PooledLevelTest() }
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
        RangePair(
          baseline: count...(count + min(room, dropped.baseline)), current: currentRange(of: level))
      )
    }
    current.table.forEachWithUncertainty { level, count, room in
      guard baseline.table.uncertainty(of: level) == nil else { return }
      offer(
        level,
        RangePair(
          baseline: 0...min(baseline.countError, dropped.baseline),
          current: count...(count + min(room, dropped.current))))
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
    let comparesLevels = !frequent.levels.isEmpty
    guard bins.count > 1 else { return PooledLevelTest(comparesLevels: comparesLevels) }
    let rows = (n + Double(missing.baseline), m + Double(missing.current))
    let statistic = bins.reduce(0) { $0 + $1.leastTerm(rows) }
    return PooledLevelTest(
      pValue: ChiSquared(degreesOfFreedom: Double(bins.count - 1)).upperTail(statistic),
      comparesLevels: comparesLevels)
  }

  /// How many current rows a level may have.
  func currentRange(of level: UnsafeBufferPointer<UInt8>) -> ClosedRange<Int> {
    let count = current.table.count(of: level)
    return count...(count + min(current.uncertainty(of: level), dropped.current))
  }

  /// The rows that are in none of some bins.
  private static func others(_ ranges: [ClosedRange<Int>], of rows: Int) -> ClosedRange<Int> {
    let most = rows - ranges.reduce(0) { $0 + $1.lowerBound }
    return max(0, rows - ranges.reduce(0) { $0 + $1.upperBound })...most
  }

  /// What is to be said of counts that are not exact.
  package static func notes(_ name: String, baseline: LevelCounts, current: LevelCounts) -> [String]
  {
    var notes: [String] = []
    if !baseline.isExact {
      notes.append(
        "\(name): more levels in the baseline than memory holds; its bins are of levels that were "
          + "counted, late ones \(baseline.countError) rows too low at most; all others are counted "
          + "together")
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
