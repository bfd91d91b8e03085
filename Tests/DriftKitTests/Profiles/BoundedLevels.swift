import DriftKit
import DriftTestSupport

/// A column of levels in the order of its rows, profiled in parts that are merged one after the other:
/// levels are dropped on the way, as while a file is read.
struct BoundedLevels {
  var cells: [String?] = []

  /// The profile of the rows with at most so many levels kept at a time.
  func profile(levels: Int, parts: Int = 16) throws -> DatasetProfile {
    var options = DatasetProfile.Options()
    options.levels = levels
    var merged = DatasetProfile.empty
    for part in 0..<parts {
      let rows = cells[(part * cells.count / parts)..<((part + 1) * cells.count / parts)]
      guard !rows.isEmpty else { continue }
      try merged.merge(
        DatasetProfile(
          Dataset([Column("plan", Array(rows))]), options: options, segment: "\(part)"))
    }
    return merged
  }

  /// The check of one column against another; nil for levels is no limit.
  static func check(
    _ before: BoundedLevels, _ after: BoundedLevels, levels: (Int?, Int?)
  ) throws -> FeatureResult? {
    let detector = try DriftDetector(baseline: before.profile(levels: levels.0 ?? 1 << 30))
    return try detector.check(after.profile(levels: levels.1 ?? 1 << 30)).features.first
  }

  /// Adds rows: each has one of the levels, by its share, or else an identifier.
  mutating func add(
    _ rows: Int, _ shares: KeyValuePairs<String, Double>, ids: String,
    _ source: inout SplitMix64
  ) {
    for _ in 0..<rows {
      var uniform = Double(source.next() >> 11) * 0x1p-53
      var cell = "\(ids)-\(cells.count)"
      for (level, share) in shares {
        if uniform >= 0, uniform < share { cell = level }
        uniform -= share
      }
      cells.append(cell)
    }
  }
}
