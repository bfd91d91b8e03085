internal import DriftStatistics

/// A feature's tests before anything is adjusted or judged, with what counts known by bounds only may
/// amount to.
package struct FeatureComparison: Sendable {
  /// The tests.
  var result: FeatureResult
  /// The evidence for a difference; nil where a side has no data.
  var evidence: FeatureEvidence?
  /// What the index is at most; nil when it is known.
  var stabilityBound: PopulationStabilityIndex.Most?
  /// What share of rows may be new at most; nil when it is known.
  var newLevelsBound: MostUnseenLevels?
  /// What share of the baseline's rows may have lost levels at most; nil when it is known.
  var lostLevelsBound: MostUnseenLevels?
  /// Whether a test could tell one value from another.
  var comparesValues = false
  /// Whether there are nearly as many levels as rows.
  var holdsIdentifiers = false
  /// Whether a side had more levels than memory holds.
  var hasDroppedLevels = false

  init(_ result: FeatureResult) { self.result = result }
}

extension FeatureResult {
  /// Why something is known by a bound only.
  static let memoryDoubt = "as there were more levels than memory holds"
}
