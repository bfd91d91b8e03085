internal import DriftColumns
internal import DriftStatistics

/// New levels in the table of tests.
package enum NewLevelsEntry: UnseenLevelsEntry {
  package static let title = "New levels"
  package static let kinds: Set<ColumnKind> = [.categorical]
  package static let limits = DeclaredLimits(
    test: id, name: "new levels", warnKey: "new_levels_warn", failKey: "new_levels_fail",
    defaults: Limits(warn: 0.02, fail: 0.10),
    documentation:
      "Share of rows with new levels, beyond the expected, from which a feature is",
    symbol: "x", size: "new levels", remark: " beyond the expected")
  package static let fields: [TestField<NewLevelsOutcome>] = sharedFields

  package static var possible: any WritableKeyPath<FeatureComparison, MostUnseenLevels?> & Sendable
  { \FeatureComparison.newLevelsBound }
  package static var bound:
    any WritableKeyPath<FeatureResult, FeatureResult.LevelsBound?> & Sendable
  { \FeatureResult.newLevelsBound }

  package static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison) {
    guard let before = pair.baseline.levels, let after = pair.current.levels else { return }
    comparison.hasDroppedLevels = !(before.isExact && after.isExact)
    comparison.newLevelsBound = MostUnseenLevels(in: after, not: before)
    comparison.result.remarks += UncertainLevels.notes(
      pair.name, baseline: before, current: after
    ).map { Remark($0) }
    if let rewritten = RewrittenLevels(baseline: before, current: after) {
      comparison.result.rewrittenLevels = rewritten.words
      comparison.result.rewrittenLostLevels = rewritten.lost(from: after)?.words
      comparison.result.remarks.append(
        Remark(
          "\(pair.name): levels of \(NumberText.percent(rewritten.share)) of the rows are new in "
            + "writing only: \(rewritten.words)"))
    }
    do {
      let test = try NewLevelsTest(baseline: before, current: after)
      comparison.result.newLevels = NewLevelsOutcome(test: test)
      comparison.note("new levels", levelsForOne: test.levelsForOne)
      // What the sample says is not less certain than a bound.
      if test.levelsForOne > 1 { comparison.newLevelsBound = nil }
    } catch {
      comparison.note("new levels", error)
    }
  }

  package static func reason(_ finding: Finding, _ feature: FeatureResult) -> String {
    reason(
      finding, feature, rows: "rows have new levels", possibly: "rows may have new levels",
      rewritten: feature.rewrittenLevels)
  }
}
