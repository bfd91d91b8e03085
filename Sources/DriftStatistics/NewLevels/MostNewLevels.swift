package import DriftColumns

/// What share of current rows may have new levels at most, where levels were dropped on a side.
///
/// Rows are certain not to be new when their level was counted on both sides. Of a baseline with
/// dropped levels it is not known either how many were seen once, each of them may have come twice: none
/// are expected.
package struct MostNewLevels: Sendable, Hashable {
  /// The share of the current rows that may have a new level.
  package let share: Double
  /// The share that chance makes one expect at least.
  package let expectedShare: Double
  /// Whether that is the expected share, not a bound.
  package let isExpectedKnown: Bool
  /// How likely at least so large a share is without drift.
  package let pValue: Double

  /// What may be new; nil when it is known, or a side has no row with a level.
  /// - Complexity: O(levels).
  package init?(baseline: LevelCounts, current: LevelCounts) {
    guard !(baseline.isExact && current.isExact), baseline.present > 0, current.present > 0 else {
      return nil
    }
    let rows = (Double(baseline.present), Double(current.present))
    var known = 0
    current.table.forEach(countedIn: baseline.table) { _, count, before in
      if before > 0 { known += count }
    }
    let once = baseline.isExact ? baseline.table.levels(occurring: 1) : 0
    let twice = baseline.isExact ? baseline.table.levels(occurring: 2) : 0
    share = Double(current.present - known) / rows.1
    expectedShare = Double(once) / rows.0
    isExpectedKnown = baseline.isExact
    pValue = NewLevelsTest.pValue(share: share, once: once, twice: twice, rows: rows)
  }
}
