package import DriftColumns
internal import DriftSummaries

/// The levels of one side that the other has not, and how many rows of them chance makes one expect: new
/// levels of the current data, or levels of the baseline that are gone.
package struct UnseenLevels: Sendable, Hashable, Codable {
  /// A level that the other side has not.
  package struct Example: Sendable, Hashable, Codable {
    /// The level.
    package let level: Level
    /// The rows that have it.
    package let count: Int
  }

  /// What the sides are called where something cannot be said.
  package enum Direction: Sendable {
    /// Levels of the current data that the baseline has not.
    case new
    /// Levels of the baseline that the current data have not.
    case lost
  }

  /// The share of the side's rows.
  package let share: Double
  /// By how much it may be too low, as rows of dropped levels are not known to be unseen.
  package let shareError: Double
  /// The share to expect when all rows are in a random order.
  package let expectedShare: Double
  /// The share of rows of the other side with a level that it has once: what Good and Turing expect.
  package let goodTuringShare: Double
  /// How likely at least so large a share is without drift.
  package let pValue: Double
  /// The most frequent levels that are known, at most ten, ties by bytes.
  package let examples: [Example]
  /// One of so many levels was looked at; 1 for all.
  package let levelsForOne: Double

  /// Most examples.
  static let mostExamples = 10

  /// The levels of a side, from the counts of both.
  ///
  /// - Parameters:
  ///   - own: The side that the levels are in.
  ///   - other: The side that they are not in.
  ///   - direction: Which of them is the baseline.
  /// - Throws: `StatisticsError.insufficientData` when a side has no row with a level, and when it is
  ///   not known well enough which rows have unseen levels.
  package init(in own: LevelCounts, not other: LevelCounts, _ direction: Direction)
    throws(StatisticsError)
  {
    for (side, name) in zip([other, own], direction.names) where side.present == 0 {
      throw StatisticsError(code: .insufficientData, message: "\(name) has no level")
    }
    guard own.isExact, other.isExact else {
      if let sampled = SampledUnseenLevels(in: own, not: other) {
        self = UnseenLevels(sampled)
        return
      }
      guard other.isExact else {
        throw StatisticsError(
          code: .insufficientData,
          problem: "as \(direction.names[0]) had more levels than memory holds",
          recovery: .moreMemory)
      }
      self = try UnseenLevels(bounded: own, not: other, direction)
      return
    }
    var (unseen, pooled) = (0, RowsOfLevels())
    var frequent = FrequentLevels<Int>(Self.mostExamples)
    own.table.forEach(countedIn: other.table) { level, count, elsewhere in
      pooled.add(count + elsewhere)
      guard elsewhere == 0 else { return }
      unseen += count
      frequent.offer(level, count: count, counts: count)
    }
    other.table.forEach(countedIn: own.table) { _, count, elsewhere in
      if elsewhere == 0 { pooled.add(count) }
    }
    let (n, m) = (Double(other.present), Double(own.present))
    let law = UnseenRows(levels: pooled.levels, other: other.present, own: own.present)
    self.init(
      share: Double(unseen) / m, shareError: 0, expectedShare: min(1, law.expected / m),
      goodTuringShare: Double(other.table.levels(occurring: 1)) / n,
      pValue: law.upperTail(unseen), examples: Self.examples(frequent), levelsForOne: 1)
  }

  /// Where levels of the one side were dropped, and no sample tells what they were: rows of dropped levels
  /// count as unseen, less those that may have had a level of the other side. As it is not known how many
  /// rows each of them has, what to expect is that of Good and Turing.
  private init(bounded own: LevelCounts, not other: LevelCounts, _ direction: Direction)
    throws(StatisticsError)
  {
    let m = Double(own.present)
    var rows = 0
    var frequent = FrequentLevels<Int>(Self.mostExamples)
    own.table.forEach(countedIn: other.table) { level, count, elsewhere in
      guard elsewhere == 0 else { return }
      rows += count
      frequent.offer(level, count: count, counts: count)
    }
    let unknown = Self.unknownRows(in: own, not: other)
    rows += own.dropped - unknown
    let law = GoodTuring(other, rows: m)
    let u = Double(rows) / m
    guard Double(unknown) <= Self.mostUnknown * m || u > law.expectedShare else {
      throw StatisticsError(
        code: .insufficientData,
        problem:
          "as up to \(unknown) rows of levels that memory did not hold may have had those of "
          + direction.names[0], recovery: .moreMemory)
    }
    self.init(
      share: u, shareError: Double(unknown) / m, expectedShare: law.expectedShare,
      goodTuringShare: law.expectedShare, pValue: law.pValue(share: u),
      examples: Self.examples(frequent), levelsForOne: 1)
  }

  private init(_ sampled: SampledUnseenLevels) {
    self.init(
      share: sampled.share, shareError: 0, expectedShare: sampled.expectedShare,
      goodTuringShare: sampled.goodTuringShare, pValue: sampled.pValue,
      examples: sampled.examples, levelsForOne: sampled.levelsForOne)
  }

  private init(
    share: Double, shareError: Double, expectedShare: Double, goodTuringShare: Double,
    pValue: Double, examples: [Example], levelsForOne: Double
  ) {
    self.share = share
    self.shareError = shareError
    self.expectedShare = expectedShare
    self.goodTuringShare = goodTuringShare
    self.pValue = pValue
    self.examples = examples
    self.levelsForOne = levelsForOne
  }

  /// Levels as examples.
  static func examples(_ frequent: FrequentLevels<Int>) -> [Example] {
    frequent.levels.map { Example(level: $0.level, count: $0.counts) }
  }

  /// The share of rows that may be unseen or not, at most.
  private static let mostUnknown = 0.001

  /// How many rows of dropped levels may have had one of the other side's.
  private static func unknownRows(in own: LevelCounts, not other: LevelCounts) -> Int {
    let dropped = own.dropped
    var known = 0
    other.table.forEach { level, _ in
      if known < dropped { known += own.uncertainty(of: level) }
    }
    return min(known, dropped)
  }
}

extension UnseenLevels.Direction {
  /// The side that the levels are not in, and the one that they are in.
  fileprivate var names: [String] {
    switch self {
    case .new: ["the baseline", "the current data"]
    case .lost: ["the current data", "the baseline"]
    }
  }
}

/// How many levels have so many rows.
struct RowsOfLevels {
  /// Of few rows, which most levels have.
  private var few = [Int](repeating: 0, count: 256)
  private var many: [Int: Int] = [:]

  /// Counts a level with so many rows.
  mutating func add(_ rows: Int) {
    if rows < few.count { few[rows] += 1 } else { many[rows, default: 0] += 1 }
  }

  /// Levels by their rows.
  var levels: [Int: Int] {
    few.enumerated().reduce(into: many) { if $1.element > 0 { $0[$1.offset] = $1.element } }
  }
}
