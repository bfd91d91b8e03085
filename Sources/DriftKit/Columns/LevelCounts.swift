/// How often each level of a categorical column occurs.
public struct LevelCounts: Sendable, Hashable {
  /// The rows of each level.
  public private(set) var counts: [Level: Int]
  /// The rows without a value.
  public private(set) var missing: Int
  /// The rows that have a value.
  public private(set) var present: Int

  /// No rows.
  public init() {
    counts = [:]
    missing = 0
    present = 0
  }

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
    self.counts = counts.filter { $0.value > 0 }
    self.missing = missing
    present = rows - missing
  }

  /// Counts the cells of a column; nil is a missing one.
  public init(_ cells: some Sequence<String?>) {
    self.init()
    for cell in cells { add(cell.map { Level($0) }) }
  }

  /// Counts one cell.
  public mutating func add(_ level: Level?) {
    guard let level else {
      missing += 1
      return
    }
    counts[level, default: 0] += 1
    present += 1
  }

  /// All rows, with a value or without.
  public var rows: Int { present + missing }

  /// The levels, the most frequent first, ties by bytes.
  /// - Complexity: O(levels log levels).
  public var byFrequency: [(level: Level, count: Int)] {
    counts.map { (level: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.level) < ($0.count, $1.level) }
  }
}
