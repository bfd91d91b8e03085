internal import Checked
internal import DriftDetection

/// A column that says nothing of drift: a name of its own for each row, or a clock.
struct UnfitColumn {
  /// Why, in a few words.
  let reason: String

  /// Fewer rows say too little of a column.
  private static let leastRows = 30

  /// Nil for a column that can be compared.
  init?(_ column: ColumnProfile) {
    switch column.content {
    case .levels(let levels):
      let (rows, different) = (levels.sketch.count, levels.sketch.distinctAtLeast)
      guard rows >= Self.leastRows, levels.counts.holdsIdentifiers else { return nil }
      let count = levels.sketch.isExact ? "\(different)" : "at least \(different)"
      reason = "\(count) different texts in \(rows) rows: an identifier"
    case .times(let times):
      let moments = times.tally.moments
      guard let first = moments.minimum, let last = moments.maximum else { return nil }
      let days = [first, last].map { ISO8601.text(seconds: $0, hasTime: false) }
      reason = "dates or times, \(days[0]) to \(days[1]): they move on by themselves"
    case .numbers(let numbers):
      guard Self.areConsecutive(numbers.tally.moments) else { return nil }
      reason = "the whole numbers from one to the next, each once: a row number"
    }
  }

  /// Whether it looks as if all whole numbers between two ends are there once each: as many rows as
  /// there are of them, with their mean and their variance.
  private static func areConsecutive(_ moments: Moments) -> Bool {
    guard moments.count >= leastRows, let low = moments.minimum, let high = moments.maximum,
      let mean = moments.mean, let variance = moments.variance, low == low.rounded(),
      high - low + 1 == Double(moments.count)
    else { return false }
    let rows = Double(moments.count)
    let expected = rows * (rows + 1) / 12
    return abs(mean - (low + high) / 2) <= 1e-9 * (high - low)
      && abs(variance - expected) <= 1e-9 * expected
  }
}
