public import DriftColumns

/// Bins of a categorical column, frozen from the baseline: its frequent levels, and one bin for all
/// the others, rare or never seen.
///
/// There is no bin for never-seen levels alone: under a long tail current data always holds new
/// levels, and the index would be large every night. New levels have a test of their own,
/// ``NewLevelsTest``. A level that is frequent in the current data gets a bin when both are compared.
public struct CategoricalBinning: Sendable, Hashable {
  /// The levels with a bin of their own: the baseline's, the most frequent first, ties by bytes, then
  /// those that only the current data have so often.
  public let levels: [Level]
  /// How many of them the baseline chose.
  package let baselineLevels: Int

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
    self.init(baseline: frequent.levels.map(\.level), current: [])
  }

  private init(baseline: [Level], current: [Level]) {
    levels = baseline + current
    baselineLevels = baseline.count
  }

  /// How many current rows a level needs to get a bin for that: 1 %, and `minimumCount`.
  package static func leastRows(of current: LevelCounts, minimumCount: Int) -> Int {
    max(minimumCount, (current.rows + 99) / 100)
  }

  /// The same bins, and one for each further level that is frequent in the current data: in the bin of
  /// all others a new word in half of the rows would not show.
  /// - Complexity: O(levels).
  package func adding(frequentIn current: LevelCounts, minimumCount: Int, maximumLevels: Int)
    -> CategoricalBinning
  {
    var known = LevelTable()
    for level in levels { level.bytes.withUnsafeBufferPointer { known.add($0, count: 1) } }
    var frequent = FrequentLevels<Void>(maximumLevels)
    let least = Self.leastRows(of: current, minimumCount: minimumCount)
    current.table.forEach(atLeast: least) { level, count in
      guard known.count(of: level) == 0 else { return }
      frequent.offer(level, count: count, counts: ())
    }
    return CategoricalBinning(
      baseline: Array(levels.prefix(baselineLevels)), current: frequent.levels.map(\.level))
  }

  /// How many rows fall in each bin; the last bin is that of all other levels.
  public func counts(of column: LevelCounts) -> [Int] {
    let counts = levels.map { column.table.count(of: $0) }
    return counts + [column.present - counts.reduce(0, +)]
  }
}
