public import DriftColumns

/// Whether current data hold more levels that the baseline never had than chance explains.
///
/// When all rows of both sides are in a random order, a level that both together have c times, of N = n + m
/// rows, lies wholly in the current data with the probability C(N - c, n) / C(N, n). The share of current
/// rows with a new level is compared with the share to expect, e, the sum of c times that probability
/// over the levels of both sides, divided by m; its p-value is that of the sum of independent levels, exact
/// where that is short, else by a saddlepoint. Rows without a level do not count.
///
/// Where there were more levels than memory holds, shares and test are those of a sample of levels, of
/// which all rows are known on both sides. Where there is no sample, or a small one, and only the current
/// data had too many, rows of dropped levels count as new, less those that may have had a level of the
/// baseline, and the share to expect is that of Good and Turing.
///
/// Sources: Good, "The Population Frequencies of Species and the Estimation of Population Parameters",
/// Biometrika 40, 1953; Lugannani & Rice, "Saddle point approximation for the distribution of the sum of
/// independent random variables", Advances in Applied Probability 12, 1980.
public struct NewLevelsTest: Sendable, Hashable, Codable {
  /// A level that the baseline never had.
  public struct Example: Sendable, Hashable, Codable {
    /// The level.
    public let level: Level
    /// The current rows that have it.
    public let count: Int
  }

  private let unseen: UnseenLevels

  /// The share of current rows with a new level.
  public var share: Double { unseen.share }
  /// By how much the share may be too low, as rows of dropped levels are not known to be new.
  public var shareError: Double { unseen.shareError }
  /// The share that chance makes one expect.
  public var expectedShare: Double { unseen.expectedShare }
  /// The share of baseline rows whose level the baseline has once: what Good and Turing expect of rows
  /// without end.
  public var goodTuringShare: Double { unseen.goodTuringShare }
  /// How likely at least so large a share is without drift.
  public var pValue: Double { unseen.pValue }
  /// The most frequent new levels that are known, at most ten, ties by bytes.
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
  ///   not known well enough which rows have new levels.
  public init(baseline: LevelCounts, current: LevelCounts) throws(StatisticsError) {
    unseen = try UnseenLevels(in: current, not: baseline, .new)
  }
}
