internal import Checked

/// A part of a point in time, in UTC, that is compared as a category.
package enum TimeFeature: String, Sendable, Hashable, CaseIterable {
  case hour, weekday, month

  /// The name of the feature of a column.
  package func name(of column: String) -> String { "\(column).\(rawValue)" }

  /// The levels that there are.
  package var levels: [String] {
    switch self {
    case .hour: (0..<24).map { $0 < 10 ? "0\($0)" : "\($0)" }
    case .weekday: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    case .month: (1...12).map { $0 < 10 ? "0\($0)" : "\($0)" }
    }
  }

  /// The place among the levels of seconds since 1970; nil for what is no point in time.
  package func place(ofSeconds seconds: Double) -> Int? {
    // Far beyond any calendar.
    guard seconds.magnitude < 0x1p53 else { return nil }
    let second = Int(seconds.rounded(.down))
    let hour = (second >= 0 ? second : second - 3599) / 3600
    let day = (hour >= 0 ? hour : hour - 23) / 24
    switch self {
    case .hour: return hour - 24 * day
    // 1970 began on a Thursday.
    case .weekday: return ((day + 3) % 7 + 7) % 7
    case .month: return ISO8601.month(ofDay: day) - 1
    }
  }
}

/// How many rows have which level of a feature of time.
package struct TimeFeatureCounts: Sendable, Hashable {
  /// The feature.
  package let feature: TimeFeature
  private var rows: [Int]
  private var missing = 0

  /// No rows.
  package init(_ feature: TimeFeature) {
    self.feature = feature
    rows = feature.levels.map { _ in 0 }
  }

  /// Counts some rows.
  package mutating func add(_ seconds: UnsafeBufferPointer<Double>) {
    for value in seconds {
      if let place = feature.place(ofSeconds: value) { rows[place] += 1 } else { missing += 1 }
    }
  }

  /// Adds the rows of others.
  package mutating func merge(_ other: TimeFeatureCounts) {
    for place in rows.indices { rows[place] += other.rows[place] }
    missing += other.missing
  }

  /// The levels with their rows.
  package var counts: LevelCounts {
    let levels = feature.levels
    return LevelCounts(levelCount: levels.count, bytes: 0, missing: missing) { add in
      for (level, count) in zip(levels, rows) where count > 0 {
        Level(level).bytes.withUnsafeBufferPointer { add($0, count) }
      }
    }
  }
}
