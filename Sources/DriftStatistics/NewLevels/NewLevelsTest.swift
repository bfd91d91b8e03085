public import DriftColumns
internal import DriftSummaries

/// Whether current data holds more levels that the baseline never had than chance explains.
///
/// The share u of current rows with a new level is compared with the share that a long tail makes
/// one expect, e = N1 / n by Good-Turing, N1 being the number of levels seen exactly once among n
/// baseline rows:
/// z = (u - e) / sqrt(max(2 max(N1, 1), N1 + 2 N2) / n^2 + max(e, 1/n) (1 - min(e, 1)) / m), upper
/// tail. N2, the number of levels seen twice, matters where levels are of about equal share: without
/// it the test would reject far too often there (Esty 1983).
/// Rows without a level do not count.
///
/// Where there were more levels than memory holds, current rows of dropped levels count as new, less those
/// that may have had a level of the baseline. When these are more than 0.1 % of the rows, or levels of the
/// baseline were dropped, shares and test are those of a sample of levels, of which all rows are known on
/// both sides; `SampledNewLevels` says how. Where there is none, or a small one, there is no test unless
/// the share that is certain exceeds the expected one.
///
/// Sources: Good, "The Population Frequencies of Species and the Estimation of Population
/// Parameters", Biometrika 40, 1953; Robbins, "Estimating the Total Probability of the Unobserved
/// Outcomes of an Experiment", Annals of Mathematical Statistics 39, 1968; Esty, "A Normal Limit Law
/// for a Nonparametric Estimator of the Coverage of a Random Sample", Annals of Statistics 11, 1983.
public struct NewLevelsTest: Sendable, Hashable, Codable {
  /// A level that the baseline never had.
  public struct Example: Sendable, Hashable, Codable {
    /// The level.
    public let level: Level
    /// The current rows that have it.
    public let count: Int
  }

  /// The share of current rows with a new level.
  public let share: Double
  /// By how much the share may be too low, as rows of dropped levels are not known to be new.
  public let shareError: Double
  /// The share that chance makes one expect.
  public let expectedShare: Double
  /// How likely at least so large a share is without drift.
  public let pValue: Double
  /// The most frequent new levels that are known, at most ten, ties by bytes.
  public let examples: [Example]
  /// One of so many levels was looked at; 1 for all.
  public let levelsForOne: Double

  /// The test between two samples, from their counts.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's counts.
  ///   - current: The current counts.
  /// - Throws: `StatisticsError.insufficientData` when a side has no row with a level, and when it is
  ///   not known well enough which rows have new levels.
  public init(baseline: LevelCounts, current: LevelCounts) throws(StatisticsError) {
    guard baseline.present > 0, current.present > 0 else {
      throw StatisticsError(
        code: .insufficientData,
        message: "\(baseline.present == 0 ? "the baseline" : "the current data") has no level")
    }
    guard baseline.isExact else {
      guard let sampled = SampledNewLevels(baseline: baseline, current: current) else {
        throw StatisticsError(
          code: .insufficientData,
          problem: "as the baseline had more levels than memory holds", recovery: .moreMemory)
      }
      self.init(sampled)
      return
    }
    let n = Double(baseline.present)
    let m = Double(current.present)
    var newRows = 0
    var frequent = FrequentLevels<Int>(10)
    current.table.forEach(countedIn: baseline.table) { level, count, before in
      guard before == 0 else { return }
      newRows += count
      frequent.offer(level, count: count, counts: count)
    }
    let unknown = Self.unknownRows(baseline: baseline, current: current)
    newRows += unknown.dropped - unknown.known
    let once = baseline.table.levels(occurring: 1)
    let (u, e) = (Double(newRows) / m, Double(once) / n)
    if Double(unknown.known) > Self.mostUnknown * m {
      if let sampled = SampledNewLevels(baseline: baseline, current: current) {
        self.init(sampled)
        return
      }
      guard u > e else {
        throw StatisticsError(
          code: .insufficientData,
          problem: "as up to \(unknown.known) rows of levels that memory did not hold may have had "
            + "those of the baseline", recovery: .moreMemory)
      }
    }
    self.init(
      share: u, shareError: Double(unknown.known) / m, expectedShare: e,
      pValue: Self.pValue(
        share: u, once: once, twice: baseline.table.levels(occurring: 2), rows: (n, m)),
      examples: frequent.levels.map { Example(level: $0.level, count: $0.counts) },
      levelsForOne: 1)
  }

  private init(_ sampled: SampledNewLevels) {
    self.init(
      share: sampled.share, shareError: 0, expectedShare: sampled.expectedShare,
      pValue: sampled.pValue, examples: sampled.examples, levelsForOne: sampled.levelsForOne)
  }

  private init(
    share: Double, shareError: Double, expectedShare: Double, pValue: Double,
    examples: [Example], levelsForOne: Double
  ) {
    self.share = share
    self.shareError = shareError
    self.expectedShare = expectedShare
    self.pValue = pValue
    self.examples = examples
    self.levelsForOne = levelsForOne
  }

  /// How likely at least so large a share of new levels is without drift.
  ///
  /// - Parameters:
  ///   - share: The share of the current rows.
  ///   - once: How many levels occur once in the baseline.
  ///   - twice: How many occur twice.
  ///   - rows: The rows with a level, of both sides.
  /// - Returns: The probability, 0 to 1.
  package static func pValue(
    share: Double, once: Int, twice: Int, rows: (baseline: Double, current: Double)
  ) -> Double {
    let variance = variance(once: once, twice: twice, rows: rows)
    return StandardNormal.upperTail(
      (share - Double(once) / rows.baseline) / variance.squareRoot())
  }

  /// The variance of the difference between the share of current rows and the expected one.
  package static func variance(once: Int, twice: Int, rows: (baseline: Double, current: Double))
    -> Double
  {
    let (n, m) = rows
    let (once, twice) = (Double(once), Double(twice))
    let e = once / n
    let unseen = max(2 * max(once, 1), once + 2 * twice) / (n * n)
    return unseen + max(e, 1 / n) * (1 - min(e, 1)) / m
  }

  /// The share of rows that may be new or not, at most.
  private static let mostUnknown = 0.001

  /// The current rows whose level was dropped, and how many of them may have had one of the
  /// baseline's.
  private static func unknownRows(baseline: LevelCounts, current: LevelCounts) -> (
    dropped: Int, known: Int
  ) {
    guard !current.isExact else { return (0, 0) }
    var dropped = current.present
    current.table.forEach { dropped -= $1 }
    var known = 0
    baseline.table.forEach { level, _ in
      if known < dropped { known += current.uncertainty(of: level) }
    }
    return (dropped, min(known, dropped))
  }
}
