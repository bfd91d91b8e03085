internal import DriftColumns
internal import DriftStatistics

/// Lost levels in the table of tests.
package enum LostLevelsEntry: UnseenLevelsEntry {
  package static let title = "Lost levels"
  package static let kinds: Set<ColumnKind> = [.categorical]
  package static let limits = DeclaredLimits(
    test: id, name: "lost levels", warnKey: "lost_levels_warn", failKey: "lost_levels_fail",
    defaults: Limits(warn: 0.02, fail: 0.10),
    documentation:
      "Share of baseline rows with lost levels, beyond the expected, from which a feature is",
    symbol: "x", size: "lost levels", remark: " beyond the expected")
  package static let fields: [TestField<LostLevelsOutcome>] = sharedFields

  package static var possible: any WritableKeyPath<FeatureComparison, MostUnseenLevels?> & Sendable
  { \FeatureComparison.lostLevelsBound }
  package static var bound:
    any WritableKeyPath<FeatureResult, FeatureResult.LevelsBound?> & Sendable
  { \FeatureResult.lostLevelsBound }

  package static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison) {
    guard let before = pair.baseline.levels, let after = pair.current.levels else { return }
    comparison.lostLevelsBound = MostUnseenLevels(in: before, not: after)
    do {
      let test = try LostLevelsTest(baseline: before, current: after)
      comparison.result.lostLevels = LostLevelsOutcome(test: test)
      comparison.note("lost levels", levelsForOne: test.levelsForOne)
      if test.levelsForOne > 1 { comparison.lostLevelsBound = nil }
    } catch {
      comparison.note("lost levels", error)
    }
  }

  package static func reason(_ finding: Finding, _ feature: FeatureResult) -> String {
    reason(
      finding, feature, rows: "the baseline's rows have levels that are gone",
      possibly: "the baseline's rows may have levels that are gone",
      rewritten: feature.rewrittenLostLevels)
  }
}
