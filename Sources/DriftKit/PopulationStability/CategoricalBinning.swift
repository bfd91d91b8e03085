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

  /// How many rows fall in each bin; the last bin is that of all other levels.
  public func counts(of column: LevelCounts) -> [Int] {
    var counts = [Int](repeating: 0, count: levels.count + 1)
    for (level, count) in column.counts { counts[positions[level] ?? levels.count] += count }
    return counts
  }
}
