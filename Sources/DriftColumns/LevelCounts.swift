/// How often each level of a categorical column occurs.
///
/// Where a column had more levels than there was memory for, rare ones were dropped on the way: counts
/// may then be too low, by `countError` at most. Those of levels that were never dropped, as frequent
/// ones are not, are exact even so.
public struct LevelCounts: Sendable, Hashable {
  package private(set) var table = LevelTable()
  /// The rows without a value.
  public private(set) var missing = 0
  /// The rows that have a value.
  public private(set) var present = 0
  /// By how much the count of any level may be too low; 0 when all are exact.
  public private(set) var countError = 0
  /// Some of all levels with exact counts, where rare ones were dropped; nil when it is not known.
  package private(set) var sample: LevelSample?

  /// No rows.
  public init() {}

  /// Counts from counts; levels without rows are dropped.
  ///
  /// - Parameters:
  ///   - counts: The rows of each level.
  ///   - missing: The rows without a value.
  /// - Throws: `DriftError.invalidData` for a negative count, and for more rows than an `Int` holds.
  public init(counts: [Level: Int], missing: Int = 0) throws(DriftError) {
    var rows = missing
    for count in counts.values {
      let (sum, overflow) = rows.addingReportingOverflow(count)
      guard count >= 0, missing >= 0, !overflow else {
        throw DriftError(.invalidData, "counts of levels are negative or too large")
      }
      rows = sum
    }
    self.missing = missing
    for (level, count) in counts where count > 0 {
      level.bytes.withUnsafeBufferPointer { add($0, count: count) }
    }
  }

  /// Counts the cells of a column; nil is a missing one.
  public init(_ cells: some Sequence<String?>) {
    for cell in cells {
      guard var cell else {
        missing += 1
        continue
      }
      cell.withUTF8 { add($0) }
    }
  }

  /// Counts the cells of a column without missing ones.
  public init(_ cells: some Sequence<String>) { self.init(cells.lazy.map(Optional.some)) }

  /// Counts of levels that were counted elsewhere.
  ///
  /// - Parameters:
  ///   - levelCount: About how many levels there are.
  ///   - bytes: About how many bytes they have in all.
  ///   - missing: The rows without a value, not negative.
  ///   - forEachLevel: Hands out the levels, each with its count, which is positive.
  package init(
    levelCount: Int, bytes: Int, missing: Int,
    forEachLevel: ((UnsafeBufferPointer<UInt8>, Int) -> Void) -> Void
  ) {
    self.missing = missing
    table.reserve(levels: levelCount, bytes: bytes)
    forEachLevel { add($0, count: $1) }
  }

  /// Counts of a table in which rare levels may have been dropped.
  ///
  /// - Parameters:
  ///   - table: The levels that are kept.
  ///   - present: The rows that have a value.
  ///   - missing: The rows without one.
  ///   - countError: By how much the count of any level may be too low.
  ///   - sample: Some of all levels with exact counts.
  package init(
    table: LevelTable, present: Int, missing: Int, countError: Int, sample: LevelSample?
  ) {
    self.table = table
    self.missing = missing
    self.present = present
    self.countError = countError
    self.sample = sample
  }

  /// Counts one cell.
  public mutating func add(_ level: Level?) {
    guard let level else {
      missing += 1
      return
    }
    level.bytes.withUnsafeBufferPointer { add($0) }
  }

  /// Adds the counts of another part of the column.
  /// - Complexity: O(levels of the other part).
  public mutating func merge(_ other: LevelCounts) {
    sample = LevelSample.merged(
      (sample, table, isExact), (other.sample, other.table, other.isExact))
    table.merge(other.table, dropped: countError, droppedByOther: other.countError)
    missing += other.missing
    present += other.present
    countError += other.countError
  }

  /// Whether every count is exact.
  public var isExact: Bool { countError == 0 }

  /// Whether there are nearly as many levels as rows: more than half, as far as they were counted.
  /// - Complexity: O(1).
  package var holdsIdentifiers: Bool { present > 1 && 2 * table.count > present }

  /// The rows whose level was dropped.
  /// - Complexity: O(levels), O(1) when exact.
  package var dropped: Int { isExact ? 0 : present - table.rows }

  /// By how much the count of a level may be too low.
  package func uncertainty(of level: UnsafeBufferPointer<UInt8>) -> Int {
    isExact ? 0 : table.uncertainty(of: level) ?? countError
  }

  package mutating func add(_ level: UnsafeBufferPointer<UInt8>, count: Int = 1) {
    table.add(level, count: count, before: countError)
    sample?.add(level, count: count)
    present += count
  }

  /// All rows, with a value or without.
  public var rows: Int { present + missing }

  /// The rows of each level.
  /// - Complexity: O(levels).
  public var counts: [Level: Int] { table.counts }

  /// The levels, the most frequent first, ties by bytes.
  /// - Complexity: O(levels log levels).
  public var byFrequency: [(level: Level, count: Int)] {
    counts.map { (level: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.level) < ($0.count, $1.level) }
  }

  /// Whether every level has the same count, and as many cells have none.
  public static func == (left: Self, right: Self) -> Bool {
    guard left.missing == right.missing, left.present == right.present,
      left.countError == right.countError, left.table.count == right.table.count
    else { return false }
    var isEqual = true
    left.table.forEach(countedIn: right.table) { _, count, other in
      isEqual = isEqual && count == other
    }
    return isEqual
  }

  /// Feeds the numbers of rows and levels.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(missing)
    hasher.combine(present)
    hasher.combine(table.count)
  }
}
