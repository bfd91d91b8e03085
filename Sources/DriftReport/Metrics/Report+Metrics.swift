internal import DriftKit

extension Report {
  /// When a check was made and how long it took.
  package struct Timing: Sendable, Hashable {
    /// When it ended, in seconds since 1970.
    package var end: Double
    /// How long it took, in seconds.
    package var duration: Double

    package init(end: Double, duration: Double) {
      self.end = end
      self.duration = duration
    }
  }

  /// The report as gauges: OpenMetrics text that is Prometheus text too, without timestamps.
  ///
  /// - Parameters:
  ///   - timing: When the check was made.
  ///   - trustyAI: Whether to add the gauge that TrustyAI has for a mean shift.
  /// - Returns: The text, with "# EOF" at its end.
  package func metrics(_ timing: Timing, trustyAI: Bool) -> [UInt8] {
    var families = summary(timing) + featureFamilies
    if let outcome = result.maximumMeanDiscrepancy { families += self.families(outcome) }
    if trustyAI { families.append(trustyAIMeanShift) }
    var text: [UInt8] = []
    for family in families { family.write(to: &text) }
    text += "# EOF\n".utf8
    return text
  }

  /// The labels that all gauges have, and more.
  private func labels(_ more: (String, String)...) -> [(String, String)] {
    more + (context.model.map { [("model", $0)] } ?? [])
  }

  private func summary(_ timing: Timing) -> [MetricFamily] {
    var status = MetricFamily(
      "drift_check_status", help: "Verdict of the last run: 0 OK, 1 WARN, 2 FAIL.")
    status.add(Double(result.status.level), labels())
    var features = MetricFamily("drift_check_features", help: "Features by status.")
    for status in [DriftStatus.ok, .warn, .fail] {
      let count = result.features.count { $0.status == status }
      features.add(Double(count), labels(("status", status.rawValue)))
    }
    var rows = MetricFamily("drift_check_rows", help: "Rows that were compared.")
    rows.add(Double(result.baselineRows), labels(("dataset", "baseline")))
    rows.add(Double(result.currentRows), labels(("dataset", "current")))
    var duration = MetricFamily(
      "drift_check_duration_seconds", unit: "seconds", help: "How long the last run took.")
    duration.add(timing.duration, labels())
    var run = MetricFamily(
      "drift_check_last_run_timestamp_seconds", unit: "seconds",
      help: "When the last run ended, in Unix time.")
    run.add(timing.end, labels())
    var success = MetricFamily(
      "drift_check_last_success_timestamp_seconds", unit: "seconds",
      help: "When the last run ended that was not FAIL, in Unix time.")
    success.add(result.status == .fail ? nil : timing.end, labels())
    var build = MetricFamily("drift_check_build_info", help: "The program that ran; always 1.")
    build.add(1, labels(("version", context.version)))
    return [status, features, rows, duration, run, success, build]
  }

  private var featureFamilies: [MetricFamily] {
    var status = MetricFamily(
      "drift_check_feature_status", help: "Verdict by feature: 0 OK, 1 WARN, 2 FAIL.")
    var psi = MetricFamily(
      "drift_check_feature_psi", help: "Population stability index by feature.")
    var pValue = MetricFamily(
      "drift_check_feature_mean_shift_p_value",
      help: "P-value of the mean shift by feature, not adjusted for the number of features.")
    var adjusted = MetricFamily(
      "drift_check_feature_mean_shift_p_value_adjusted",
      help: "P-value of the mean shift by feature, adjusted for the number of features.")
    var effect = MetricFamily(
      "drift_check_feature_effect_size", help: "Hedges' g of the mean shift by feature.")
    var missing = MetricFamily(
      "drift_check_feature_missing_ratio", unit: "ratio",
      help:
        "Share of rows without a value by feature: missing, or not a number where one is wanted.")
    for feature in result.features {
      let name = ("feature", feature.name)
      status.add(Double(feature.status.level), labels(name))
      psi.add(feature.populationStability?.test.value, labels(name))
      pValue.add(feature.meanShift?.pValue, labels(name))
      adjusted.add(feature.meanShift?.adjustedPValue, labels(name))
      effect.add(feature.meanShift?.effectSize, labels(name))
      missing.add(feature.baseline.missingShare, labels(name, ("dataset", "baseline")))
      missing.add(feature.current?.missingShare, labels(name, ("dataset", "current")))
    }
    return [status, psi, pValue, adjusted, effect, missing]
  }

  private func families(_ outcome: DiscrepancyOutcome) -> [MetricFamily] {
    var statistic = MetricFamily(
      "drift_check_mmd_statistic", help: "Squared maximum mean discrepancy, unbiased.")
    statistic.add(outcome.test.statistic, labels())
    var pValue = MetricFamily(
      "drift_check_mmd_p_value", help: "P-value of the maximum mean discrepancy.")
    pValue.add(outcome.test.pValue, labels())
    return [statistic, pValue]
  }

  /// The gauge of TrustyAI's service, with the labels that it gives it, so that its rules go on
  /// working. The p-value is 1 where there is too little data, as there.
  private var trustyAIMeanShift: MetricFamily {
    var family = MetricFamily(
      "trustyai_meanshift", help: "P-value of the mean shift by column, as TrustyAI names it.")
    for feature in result.features where feature.kind == .numeric {
      family.add(
        feature.meanShift?.pValue ?? 1,
        [
          ("batch_size", "\(result.currentRows)"), ("metricName", "MEANSHIFT"),
          ("model", context.model ?? ""), ("request", "drift-check"),
          ("subcategory", feature.name),
        ])
    }
    return family
  }
}

extension DriftStatus {
  fileprivate var level: Int {
    switch self {
    case .ok: 0
    case .warn: 1
    case .fail: 2
    }
  }
}

extension SideSummary {
  fileprivate var missingShare: Double? {
    rows > 0 ? Double(missing + unparseable) / Double(rows) : nil
  }
}
