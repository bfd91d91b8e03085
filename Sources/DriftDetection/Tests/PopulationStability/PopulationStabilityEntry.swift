internal import DriftColumns
internal import DriftStatistics

/// The population stability index in the table of tests.
package enum PopulationStabilityEntry: FeatureTest {
  package static let title = "Population stability"
  package static let kinds: Set<ColumnKind> = [.numeric, .categorical, .time]
  package static let countsWithOlderJob = true
  package static let limits = DeclaredLimits(
    test: id, name: "population stability", warnKey: "psi_warn", failKey: "psi_fail",
    defaults: Limits(warn: 0.10, fail: 0.25), documentation: "PSI from which a feature is",
    symbol: "x", size: "PSI")

  /// The key of the bins in the JSON report.
  package static let binsKey = "bins"

  package static let fields: [TestField<StabilityOutcome>] = [
    TestField(
      key: "value", label: "PSI",
      metric: TestMetric(name: "psi", help: "Population stability index by feature."),
      logName: "psi",
      column: .size("PSI", pageHeading: "PSI", digits: 3)
    ) { .number($0.test.value) },
    TestField(key: "p_value", label: "p-value") { .probability($0.test.pValue) },
    TestField(
      key: "p_value_adjusted", label: "Adjusted p-value", logName: "psi_p_value_adjusted",
      column: .adjustedPValue(of: "PSI")
    ) { .probability($0.adjustedPValue) },
    TestField(key: "critical_value", label: "Exceeded by chance") {
      .number($0.test.criticalValue)
    },
    TestField(key: "bias_corrected", label: "PSI less noise") { .number($0.test.biasCorrected) },
    TestField(key: "smoothed", label: "Half a count added") { .flag($0.test.isSmoothed) },
    .status,
    TestField(key: binsKey) { outcome in
      .records(
        outcome.test.bins.map { bin in
          .record([
            ("label", .text(LongText.cut(bin.label, to: LongText.longestLevel))),
            ("lower", .number(bin.lower)),
            ("upper", .number(bin.upper)), ("baseline_count", .count(bin.baselineCount)),
            ("current_count", .count(bin.currentCount)),
            ("contribution", .number(bin.contribution)),
          ])
        })
    },
  ]

  package static func judge(_ comparison: inout FeatureComparison, _ verdict: FeatureVerdict)
    -> Finding?
  {
    var thresholds = verdict.limits
    thresholds.stabilityGate = thresholds.stabilityGate && verdict.isComplete
    return found(&comparison, thresholds) ?? possible(&comparison, thresholds)
  }

  /// What the index says.
  private static func found(_ comparison: inout FeatureComparison, _ thresholds: Thresholds)
    -> Finding?
  {
    guard let outcome = comparison.result.populationStability else { return nil }
    let (name, value) = (comparison.result.name, outcome.test.value)
    let status = thresholds.status(stability: value, adjustedPValue: outcome.adjustedPValue)
    comparison.result.populationStability?.status = status
    if status == .ok, value >= thresholds.stabilityWarn {
      let why =
        outcome.adjustedPValue.map { "which sampling noise explains (\(NumberText.pValue($0)))" }
        ?? "of levels too rare to tell it from sampling noise"
      comparison.result.remarks.append(
        Remark(
          "\(name): PSI \(NumberText.fixed(value, 3)) >= "
            + "\(NumberText.significant(thresholds.stabilityWarn, 3)), \(why)"))
    }
    return Finding(
      .feature(name), id, status, observed: value, limit: limit(status, thresholds),
      adjustedPValue: outcome.adjustedPValue,
      cause: status == .ok ? nil : Finding.Cause(outcome.test))
  }

  /// What the index may be where levels were dropped.
  private static func possible(_ comparison: inout FeatureComparison, _ thresholds: Thresholds)
    -> Finding?
  {
    guard let bound = comparison.stabilityBound,
      thresholds.status(stability: bound.value, adjustedPValue: bound.pValue) != .ok
    else { return nil }
    comparison.result.populationStability?.status = .warn
    return Finding(
      .feature(comparison.result.name), id, .warn, observed: bound.value,
      limit: thresholds.stabilityWarn, adjustedPValue: bound.pValue, certainty: .upTo)
  }

  package static func reason(_ finding: Finding, _ feature: FeatureResult) -> String {
    let value = feature.populationStability.map { NumberText.fixed($0.test.value, 3) }
    guard finding.certainty != .upTo else {
      let most = NumberText.fixed(finding.observed ?? .nan, 3)
      return (value.map { "PSI \($0), but it may be up to \(most)" } ?? "PSI may be up to \(most)")
        + ", \(FeatureResult.memoryDoubt)"
    }
    let chance = finding.adjustedPValue.map { " (\(NumberText.pValue($0)))" } ?? ""
    return "PSI \(value ?? "") >= \(NumberText.significant(finding.limit ?? .nan, 3))\(chance)"
      + (finding.cause.map { ", \($0)" } ?? "")
  }
}

extension Thresholds {
  /// The status of an index, which need not be significant where the gate is off.
  fileprivate func status(stability value: Double, adjustedPValue p: Double?) -> DriftStatus {
    status(
      PopulationStabilityEntry.limits, effect: value, adjustedPValue: stabilityGate ? p ?? 1 : 0)
  }
}
