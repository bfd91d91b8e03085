public import DriftColumns

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

  /// How many rows fall in each bin; the last bin is that of all other levels.
  public func counts(of column: LevelCounts) -> [Int] {
    let counts = levels.map { column.table.count(of: $0) }
    return counts + [column.present - counts.reduce(0, +)]
  }
}
