package import DriftColumns

/// What share of the rows of one side may have levels that the other has not at most, where levels were
/// dropped on a side.
///
/// Rows are certain not to be unseen when their level was counted on both sides. Of another side with
/// dropped levels it is not known either how many were seen once, each of them may have come twice: none
/// are expected.
package struct MostUnseenLevels: Sendable, Hashable {
  /// The share of the rows that may have an unseen level.
  package let share: Double
  /// The share that chance makes one expect at least.
  package let expectedShare: Double
  /// Whether that is the expected share, not a bound.
  package let isExpectedKnown: Bool
  /// How likely at least so large a share is without drift.
  package let pValue: Double

  /// What may be unseen; nil when it is known, or a side has no row with a level.
  /// - Complexity: O(levels).
  package init?(in own: LevelCounts, not other: LevelCounts) {
    guard !(own.isExact && other.isExact), own.present > 0, other.present > 0 else { return nil }
    var known = 0
    own.table.forEach(countedIn: other.table) { _, count, elsewhere in
      if elsewhere > 0 { known += count }
    }
    let law = GoodTuring(other, rows: Double(own.present))
    share = Double(own.present - known) / Double(own.present)
    expectedShare = law.expectedShare
    isExpectedKnown = other.isExact
    pValue = law.pValue(share: share)
  }
}
