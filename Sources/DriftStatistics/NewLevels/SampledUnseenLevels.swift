internal import DriftColumns
internal import DriftSummaries

/// The share of rows with unseen levels where levels were dropped on a side, from a sample of levels.
///
/// Both sides sample the same levels, with all their rows: of those it is known which are unseen. Only
/// frequent levels, with 0.1 % of all rows or more, are counted apart, as one of them more or less in
/// the sample would change its shares: those that one side does not hold are unseen there, or as good as
/// unseen, as it had next to none of them.
///
/// With R the share of the side's rows that have rare levels, u the share of unseen rows among those of the
/// sample, and g the share of rows with frequent unseen levels, the share is estimated as g + R u; the
/// expected share likewise. What is tested is the number of unseen rows of the frequent levels and the
/// sample together, by the law of all levels: which levels were looked at has nothing to do with the side.
struct SampledUnseenLevels: Sendable {
  let share: Double
  let expectedShare: Double
  let goodTuringShare: Double
  let pValue: Double
  /// The most frequent unseen levels that are known.
  let examples: [UnseenLevels.Example]
  /// One of so many levels was looked at.
  let levelsForOne: Double

  /// Rare levels have less than this share of the rows.
  private static let frequentShare = 0.001
  /// No count may be too low by more than this share of the rows.
  private static let mostError = frequentShare / 20
  /// The rows of the sample from which shares are estimated.
  private static let leastRows = 100

  /// The estimate; nil where a side has no sample, or one that is too small.
  /// - Complexity: O(levels).
  init?(in own: LevelCounts, not other: LevelCounts) {
    let (n, m) = (other.present, own.present)
    guard n > 0, m > 0, let there = Side(other), let here = Side(own),
      Double(there.error) <= Self.mostError * Double(n),
      Double(here.error) <= Self.mostError * Double(m)
    else { return nil }
    let shift = max(there.shift, here.shift)
    var levels = Levels(
      least: max(Int((Self.frequentShare * Double(n + m)).rounded(.up)), Self.leastRows))
    own.table.forEach(countedIn: other.table) { levels.addFrequent($0, own: $1, other: $2) }
    other.table.forEach(countedIn: own.table) { level, count, elsewhere in
      if elsewhere == 0 { levels.addFrequent(level, own: 0, other: count) }
    }
    here.forEach(shift: shift) { levels.addRare($0, own: $1, other: there.count(of: $0)) }
    there.forEach(shift: shift) { level, count in
      if here.count(of: level) == 0 { levels.addRare(level, own: 0, other: count) }
    }
    guard levels.rare.other >= Self.leastRows, levels.rare.own >= Self.leastRows else {
      return nil
    }
    func law(_ rows: RowsOfLevels) -> UnseenRows {
      UnseenRows(levels: rows.levels, other: n, own: m)
    }
    let weight = Double(max(0, m - levels.frequent.own)) / Double(levels.rare.own)
    func estimate(_ frequent: Double, _ rare: Double) -> Double {
      min(1, (frequent + weight * rare) / Double(m))
    }
    let rare = law(levels.rareRows).expected
    let all = law(levels.allRows)
    share = estimate(Double(levels.unseen.frequent), Double(levels.unseen.rare))
    expectedShare = estimate(max(0, all.expected - rare), rare)
    goodTuringShare =
      Double(max(0, n - levels.frequent.other)) / Double(n) * Double(levels.once)
      / Double(levels.rare.other)
    pValue = all.upperTail(levels.unseen.frequent + levels.unseen.rare)
    examples = UnseenLevels.examples(levels.examples)
    levelsForOne = Double(UInt64(1) << UInt64(shift))
  }

  /// What is counted of the levels that are looked at.
  private struct Levels {
    /// The rows of both sides together from which a level is frequent.
    let least: Int
    /// The rows of frequent levels.
    var frequent = (own: 0, other: 0)
    /// The rows of rare levels of the sample.
    var rare = (own: 0, other: 0)
    /// Rows of unseen levels.
    var unseen = (frequent: 0, rare: 0)
    /// Rare levels of the sample that the other side has once.
    var once = 0
    var rareRows = RowsOfLevels()
    var allRows = RowsOfLevels()
    var examples = FrequentLevels<Int>(UnseenLevels.mostExamples)
    private var apart = LevelTable()

    init(least: Int) { self.least = least }

    mutating func addFrequent(_ level: UnsafeBufferPointer<UInt8>, own: Int, other: Int) {
      guard own + other >= least else { return }
      apart.add(level, count: 1)
      allRows.add(own + other)
      frequent.own += own
      frequent.other += other
      guard other == 0 else { return }
      unseen.frequent += own
      examples.offer(level, count: own, counts: own)
    }

    mutating func addRare(_ level: UnsafeBufferPointer<UInt8>, own: Int, other: Int) {
      guard apart.count(of: level) == 0 else { return }
      rareRows.add(own + other)
      allRows.add(own + other)
      rare.own += own
      rare.other += other
      if other == 1 { once += 1 }
      guard other == 0 else { return }
      unseen.rare += own
      examples.offer(level, count: own, counts: own)
    }
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
