internal import DriftDetection

/// Features by what hints at a fault on the way of the data, which is the cheapest cause to rule out.
struct Signs {
  /// All that changed, of the features that gate.
  let changed: [FeatureResult]
  /// Columns that are gone.
  let gone: [FeatureResult]
  /// Columns with cells that are not numbers.
  let invalid: [FeatureResult]
  /// Columns, still there, with many more missing cells.
  let emptied: [FeatureResult]
  /// Columns with levels never seen before.
  let newLevels: [FeatureResult]
  /// Columns that lost levels of the baseline, and have no new ones in their place.
  let lostLevels: [FeatureResult]
  /// Columns of which memory was too small to tell.
  let uncertain: [FeatureResult]

  init(_ result: DriftResult) {
    changed = result.features.filter { $0.gates && $0.status.isFinding }
    gone = changed.filter { $0.current == nil }
    invalid = changed.filter { ($0.current?.unparseable ?? 0) > 0 }
    emptied = changed.filter { $0.losesCells(0.05) }
    newLevels = changed.filter(\.hasNewLevels)
    lostLevels = changed.filter { $0.hasLostLevels && !$0.hasNewLevels }
    uncertain = changed.filter(\.isUncertain)
  }
}
