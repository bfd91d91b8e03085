public import DriftColumns

/// Whether more levels of the baseline are gone from the current data than chance explains:
/// ``NewLevelsTest`` with the sides swapped.
///
/// The share of baseline rows whose level no current row has is compared with the share to expect when all
/// rows of both sides are in a random order.
public struct LostLevelsTest: Sendable, Hashable, Codable {
  /// A level that the current data never have.
  public struct Example: Sendable, Hashable, Codable {
    /// The level.
    public let level: Level
    /// The baseline rows that have it.
    public let count: Int
  }

  private let unseen: UnseenLevels

  /// The share of baseline rows whose level is gone.
  public var share: Double { unseen.share }
  /// By how much the share may be too low, as rows of dropped levels are not known to be gone.
  public var shareError: Double { unseen.shareError }
  /// The share that chance makes one expect.
  public var expectedShare: Double { unseen.expectedShare }
  /// The share of current rows whose level the current data have once: what Good and Turing expect.
  public var goodTuringShare: Double { unseen.goodTuringShare }
  /// How likely at least so large a share is without drift.
  public var pValue: Double { unseen.pValue }
  /// The most frequent levels that are gone, as far as they are known, at most ten, ties by bytes.
  public var examples: [Example] {
    unseen.examples.map { Example(level: $0.level, count: $0.count) }
  }
  /// One of so many levels was looked at; 1 for all.
  public var levelsForOne: Double { unseen.levelsForOne }

  /// The test between two samples, from their counts.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's counts.
  ///   - current: The current counts.
  /// - Throws: `StatisticsError.insufficientData` when a side has no row with a level, and when it is
  ///   not known well enough which levels are gone.
  public init(baseline: LevelCounts, current: LevelCounts) throws(StatisticsError) {
    unseen = try UnseenLevels(in: baseline, not: current, .lost)
  }

  /// The test between two samples; nil is a missing cell.
  ///
  /// - Throws: `StatisticsError.insufficientData` when a side has no row with a level.
  public init(
    baseline: some Sequence<String?>, current: some Sequence<String?>
  ) throws(StatisticsError) {
    try self.init(baseline: LevelCounts(baseline), current: LevelCounts(current))
  }

  /// The test between two samples without missing cells.
  ///
  /// - Throws: `StatisticsError.insufficientData` when a side has no row.
  public init(
    baseline: some Sequence<String>, current: some Sequence<String>
  ) throws(StatisticsError) {
    try self.init(baseline: LevelCounts(baseline), current: LevelCounts(current))
  }
}
