internal import DriftColumns
internal import DriftSummaries

/// The share of rows with new levels where levels were dropped on a side, from a sample of levels.
///
/// Both sides sample the same levels, with all their rows: of those it is known which are new, and how
/// many rows of the baseline have one that it has once. Only frequent levels, with 0.1 % of the rows of
/// a side or more, are counted apart, as one of them more or less in the sample would change its shares:
/// those of the baseline are certain not to be new; those of the current data that the baseline does
/// not hold are new, or as good as new, as it had next to none of them.
///
/// With r and R the shares of baseline and current rows that have rare levels, n and m the rows of the
/// sample that have one, e = N1 / n and u the share of new levels in it, and g the share of current rows
/// with frequent new levels, the shares are estimated as g + R u and r e. Their difference has the
/// variance r^2 (max(2 max(N1, 1), N1 + 2 N2) / n^2 + max(e, 1/n) (1 - e) / m) + e^2 r (1 - r) (1/n' + 1/m')
/// with n' and m' all rows: that of the test in the sample, and that of r and R. Without frequent levels,
/// and with all levels in the sample, it is the test of all levels.
struct SampledNewLevels: Sendable {
  let share: Double
  let expectedShare: Double
  let pValue: Double
  /// The most frequent new levels that are known.
  let examples: [NewLevelsTest.Example]
  /// One of so many levels was looked at.
  let levelsForOne: Double

  /// Rare levels have less than this share of the rows.
  private static let frequentShare = 0.001
  /// No count may be too low by more than this share of the rows.
  private static let mostError = frequentShare / 20
  /// The rows of the sample that the normal approximation takes.
  private static let leastRows = 100

  /// The estimate; nil where a side has no sample, or one that is too small.
  /// - Complexity: O(levels).
  init?(baseline: LevelCounts, current: LevelCounts) {
    let (n, m) = (Double(baseline.present), Double(current.present))
    guard baseline.present > 0, current.present > 0, let before = Side(baseline),
      let after = Side(current), Double(before.error) <= Self.mostError * n,
      Double(after.error) <= Self.mostError * m
    else { return nil }
    let shift = max(before.shift, after.shift)
    let least = (
      max(Int((Self.frequentShare * n).rounded(.up)), Self.leastRows),
      max(Int((Self.frequentShare * m).rounded(.up)), Self.leastRows)
    )
    // Rows of frequent levels, of the baseline and new ones.
    var known = (baseline: 0, current: 0)
    var apart = LevelTable()
    baseline.table.forEach(atLeast: 3, countedIn: current.table) { level, count, later in
      guard count >= least.0 || later >= least.1 else { return }
      known.baseline += count
      known.current += later
      apart.add(level, count: 1)
    }
    var new = 0
    var frequent = FrequentLevels<Int>(10)
    current.table.forEach(atLeast: least.1, countedIn: baseline.table) { level, count, earlier in
      guard earlier == 0 else { return }
      new += count
      apart.add(level, count: 1)
      frequent.offer(level, count: count, counts: count)
    }
    var (n0, m0, once, twice, unseen) = (0, 0, 0, 0, 0)
    before.forEach(shift: shift) { level, count in
      guard apart.count(of: level) == 0 else { return }
      n0 += count
      if count == 1 { once += 1 }
      if count == 2 { twice += 1 }
    }
    after.forEach(shift: shift) { level, count in
      guard apart.count(of: level) == 0 else { return }
      m0 += count
      guard before.count(of: level) == 0 else { return }
      unseen += count
      frequent.offer(level, count: count, counts: count)
    }
    let rare = (
      max(0, n - Double(known.baseline)) / n, max(0, m - Double(known.current + new)) / m
    )
    guard n0 >= Self.leastRows, m0 >= Self.leastRows else { return nil }
    let (u, e) = (Double(unseen) / Double(m0), Double(once) / Double(n0))
    share = min(1, Double(new) / m + rare.1 * u)
    expectedShare = rare.0 * e
    let variance =
      rare.0 * rare.0
      * NewLevelsTest.variance(once: once, twice: twice, rows: (Double(n0), Double(m0)))
      + e * e * rare.0 * (1 - rare.0) * (1 / n + 1 / m)
    pValue = StandardNormal.upperTail((share - expectedShare) / variance.squareRoot())
    examples = frequent.levels.map { NewLevelsTest.Example(level: $0.level, count: $0.counts) }
    levelsForOne = Double(UInt64(1) << UInt64(shift))
  }

  /// The levels of a side that are known with all their rows.
  private struct Side {
    let shift: Int
    /// By how much other counts may be too low.
    let error: Int
    private let table: LevelTable

    /// Nil where there are none.
    init?(_ counts: LevelCounts) {
      error = counts.countError
      if counts.isExact {
        (shift, table) = (0, counts.table)
      } else if let sample = counts.sample {
        (shift, table) = (sample.shift, sample.table)
      } else {
        return nil
      }
    }

    func count(of level: UnsafeBufferPointer<UInt8>) -> Int { table.count(of: level) }

    /// Calls `body` with those of one of 2^shift.
    func forEach(shift: Int, _ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
      table.forEach { level, count in
        if shift == self.shift || LevelSample.chooses(level, shift: shift) { body(level, count) }
      }
    }
  }
}
