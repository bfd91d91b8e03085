internal import DriftColumns
internal import DriftStatistics

/// New levels in the table of tests.
package enum NewLevelsEntry: FeatureTest {
  package static let title = "New levels"
  package static let kinds: Set<ColumnKind> = [.categorical]
  package static let limits = DeclaredLimits(
    test: id, name: "new levels", warnKey: "new_levels_warn", failKey: "new_levels_fail",
    defaults: Limits(warn: 0.02, fail: 0.10),
    documentation:
      "Share of rows with new levels, beyond the expected, from which a feature is",
    symbol: "x", size: "new levels", remark: " beyond the expected")

  package static let fields: [TestField<NewLevelsOutcome>] = [
    TestField(key: "share", label: "Share of rows") { .share($0.test.share) },
    TestField(key: "expected_share", label: "Expected share") { .share($0.test.expectedShare) },
    TestField(key: "p_value", label: "p-value") { .probability($0.test.pValue) },
    TestField(key: "p_value_adjusted", label: "Adjusted p-value") {
      .probability($0.adjustedPValue)
    },
    TestField(key: "examples", label: "Rows with") { outcome in
      .categories(
        outcome.test.examples.map {
          (LongText.cut($0.level.description, to: LongText.longestLevel), $0.count)
        })
    },
    .status,
  ]

  package static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison) {
    guard let before = pair.baseline.levels, let after = pair.current.levels else { return }
    comparison.hasDroppedLevels = !(before.isExact && after.isExact)
    comparison.newLevelsBound = MostNewLevels(baseline: before, current: after)
    comparison.result.remarks += UncertainLevels.notes(
      pair.name, baseline: before, current: after
    ).map { Remark($0) }
    if let rewritten = RewrittenLevels(baseline: before, current: after) {
      comparison.result.rewrittenLevels = rewritten.words
      comparison.result.remarks.append(
        Remark(
          "\(pair.name): levels of \(NumberText.percent(rewritten.share)) of the rows are new in "
            + "writing only: \(rewritten.words)"))
    }
    do {
      let test = try NewLevelsTest(baseline: before, current: after)
      comparison.result.newLevels = NewLevelsOutcome(test: test)
      if test.levelsForOne > 1 {
        // What the sample says is not less certain than a bound.
        comparison.newLevelsBound = nil
        let number = NumberText.significant(test.levelsForOne, 3)
        comparison.result.remarks.append(
          "\(pair.name): new levels from a sample, one of \(number) levels with all its rows")
      }
    } catch {
      comparison.result.remarks.append(
        Remark(
          "\(pair.name): new levels not tested, \(error.problem)",
          advice: error.recovery?.kind == .moreMemory ? .moreMemory : nil))
    }
  }

  package static func judge(_ comparison: inout FeatureComparison, _ verdict: FeatureVerdict)
    -> Finding?
  {
    let subject = Finding.Subject.feature(comparison.result.name)
    let thresholds = verdict.limits
    if let outcome = comparison.result.newLevels {
      let excess = outcome.test.share - outcome.test.expectedShare
      let status = thresholds.status(
        limits, effect: excess, adjustedPValue: outcome.adjustedPValue)
      comparison.result.newLevels?.status = status
      guard verdict.isComplete else { return nil }
      let finding = Finding(
        subject, id, status, observed: excess, limit: limit(status, thresholds),
        adjustedPValue: outcome.adjustedPValue,
        certainty: outcome.test.shareError > 0 ? .atLeast : .exact)
      if let finding { return finding }
    }
    guard verdict.isComplete, let bound = comparison.newLevelsBound,
      thresholds.status(
        limits, effect: bound.share - bound.expectedShare, adjustedPValue: bound.pValue) != .ok
    else { return nil }
    comparison.result.newLevels?.status = .warn
    comparison.result.newLevelsBound = .init(
      share: bound.share, expectedShare: bound.isExpectedKnown ? bound.expectedShare : nil)
    return Finding(
      subject, id, .warn, observed: bound.share - bound.expectedShare,
      limit: thresholds.newLevelsWarn, adjustedPValue: bound.pValue, certainty: .upTo)
  }

  package static func reason(_ finding: Finding, _ feature: FeatureResult) -> String {
    if finding.certainty == .upTo, let bound = feature.newLevelsBound {
      let expected = bound.expectedShare.map(NumberText.percent) ?? "an unknown share"
      return "up to \(NumberText.percent(bound.share)) of rows may have new levels, "
        + "\(expected) expected, \(FeatureResult.memoryDoubt)"
    }
    guard let outcome = feature.newLevels else { return "" }
    let examples = outcome.test.examples.prefix(3).map {
      LongText.cut($0.level.description, to: LongText.longestInSentence)
    }
    return "\(finding.certainty == .atLeast ? "at least " : "")"
      + "\(NumberText.percent(outcome.test.share)) of rows have new levels, "
      + "\(NumberText.percent(outcome.test.expectedShare)) expected "
      + "(\(NumberText.pValue(outcome.adjustedPValue))): \(examples.joined(separator: ", "))"
      + (feature.rewrittenLevels.map { "; \($0)" } ?? "")
  }
}
