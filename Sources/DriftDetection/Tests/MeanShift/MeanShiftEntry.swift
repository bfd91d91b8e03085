internal import DriftColumns
internal import DriftStatistics

/// The mean shift in the table of tests.
package enum MeanShiftEntry: FeatureTest {
  package static let title = "Mean shift"
  package static let kinds: Set<ColumnKind> = [.numeric]
  package static let limits = DeclaredLimits(
    test: id, name: "effect", warnKey: "mean_shift_effect_warn", failKey: "mean_shift_effect",
    defaults: Limits(warn: 0.10, fail: 0.25),
    documentation: "Standardised difference from which a shift is", symbol: "g",
    size: "size of effect")

  package static let fields: [TestField<MeanShiftOutcome>] = [
    TestField(key: "statistic", label: "t") { .number($0.statistic) },
    TestField(key: "degrees_of_freedom", label: "Degrees of freedom") {
      .number($0.degreesOfFreedom)
    },
    TestField(
      key: "p_value", label: "p-value",
      metric: TestMetric(
        name: "mean_shift_p_value",
        help: "P-value of the mean shift by feature, not adjusted for the number of features."),
      logName: "mean_shift_p_value"
    ) { .probability($0.pValue) },
    TestField(key: "welch_p_value", label: "p-value of the t-test alone") {
      .probability($0.welchPValue)
    },
    TestField(
      key: "p_value_adjusted", label: "Adjusted p-value",
      metric: TestMetric(
        name: "mean_shift_p_value_adjusted",
        help: "P-value of the mean shift by feature, adjusted for the number of features."),
      logName: "mean_shift_p_value_adjusted", column: .adjustedPValue(of: "mean shift")
    ) { .probability($0.adjustedPValue) },
    TestField(key: "difference", label: "Difference", leads: true) { .number($0.difference) },
    TestField(
      key: "effect_size", label: "Effect (Hedges’ g)",
      metric: TestMetric(name: "effect_size", help: "Hedges' g of the mean shift by feature."),
      logName: "effect_size",
      column: .size("effect", pageHeading: "Effect", digits: 2, isSigned: true)
    ) { .number($0.effectSize) },
    TestField(key: "effect_size_interval", label: "95 % interval of the effect") {
      .interval($0.effectSizeInterval)
    },
    .status,
  ]

  package static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison) {
    comparison.result.meanShift = MeanShiftOutcome(
      baseline: pair.baseline.moments, current: pair.current.moments,
      variance: pair.configuration.meanShiftVariance)
    if comparison.result.meanShift?.pValue != nil { comparison.comparesValues = true }
  }

  package static func judge(_ comparison: inout FeatureComparison, _ verdict: FeatureVerdict)
    -> Finding?
  {
    let feature = comparison.result
    guard let outcome = feature.meanShift else { return nil }
    guard let p = outcome.adjustedPValue else {
      comparison.result.remarks.append(
        "\(feature.name): insufficient data for the mean shift, each side needs 2 finite values")
      return nil
    }
    guard outcome.statistic != nil else {
      // Both sides are constant and different: how likely is that without drift?
      let chance = chanceOfConstants(feature)
      let status = chance < verdict.limits.alpha ? DriftStatus.fail : .warn
      comparison.result.meanShift?.status = status
      return verdict.isComplete
        ? Finding(.feature(feature.name), id, status, adjustedPValue: chance) : nil
    }
    let effect = outcome.effect ?? .infinity
    var status = verdict.limits.status(limits, effect: effect, adjustedPValue: p)
    if let side = outcome.skewedSide, status != .ok {
      let evidence = comparison.evidence?.adjustedPValue
      let shared = verdict.limits.status(
        limits, effect: effect, adjustedPValue: max(p, evidence ?? 1))
      if shared != status {
        comparison.result.remarks.append(SkewRemark(side, evidence: evidence).remark(feature.name))
      }
      status = shared
    }
    comparison.result.meanShift?.status = status
    guard verdict.isComplete else { return nil }
    return Finding(
      .feature(feature.name), id, status, observed: outcome.effectSize,
      limit: limit(status, verdict.limits), adjustedPValue: p)
  }

  private static func chanceOfConstants(_ feature: FeatureResult) -> Double {
    func finite(_ side: SideSummary?) -> Int { side.map { $0.present - $0.infinite } ?? 0 }
    return Chance.ofSeparation(finite(feature.baseline), finite(feature.current))
  }

  package static func reason(_ finding: Finding, _ feature: FeatureResult) -> String {
    let (before, after) = NumberText.pair(
      feature.baseline.mean ?? .nan, feature.current?.mean ?? .nan, 5)
    let p = NumberText.pValue(finding.adjustedPValue ?? .nan)
    guard let limit = finding.limit else {
      let doubt = finding.status == .fail ? "" : ", of too few values to be sure (\(p))"
      return "constant \(before) became \(after)\(doubt)"
    }
    return "mean \(before) became \(after), effect "
      + "\(NumberText.fixed(finding.observed ?? .infinity, 3)), "
      + "size >= \(NumberText.significant(limit, 3)) (\(p))"
  }
}
