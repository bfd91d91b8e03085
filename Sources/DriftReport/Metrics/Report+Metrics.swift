internal import DriftDetection

extension Report {
  /// When a check was made and how long it took.
  package struct Timing: Sendable, Hashable {
    /// When it ended, in seconds since 1970.
    package var end: Double
    /// How long it took, in seconds; nil when that is not known.
    package var duration: Double?

    package init(end: Double, duration: Double?) {
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
    var text: [UInt8] = []
    writeMetrics(timing, trustyAI: trustyAI) { text += $0 }
    return text
  }

  /// Writes the text of `metrics` piece by piece.
  ///
  /// - Parameters:
  ///   - timing: When the check was made.
  ///   - trustyAI: Whether to add the gauge that TrustyAI has for a mean shift.
  ///   - take: Gets the bytes in order.
  /// - Throws: What `take` throws.
  package func writeMetrics<Failure: Error>(
    _ timing: Timing, trustyAI: Bool, _ take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var families = summary(timing) + featureFamilies
    if let outcome = result.maximumMeanDiscrepancy {
      families += self.families(DiscrepancyEntry.self, outcome)
    }
    if let outcome = result.dependence {
      families += self.families(DependenceEntry.self, outcome)
    }
    if trustyAI { families.append(trustyAIMeanShift) }
    var pieces = OutputPieces()
    for family in families { try family.write(to: &pieces, take) }
    pieces.bytes += "# EOF\n".utf8
    try pieces.finish(take)
  }

  /// The labels that all gauges have, and more.
  private func labels(_ more: (String, String)...) -> [(String, String)] {
    more + (context.model.map { [("model", $0)] } ?? [])
  }

  private func summary(_ timing: Timing) -> [MetricFamily] {
    let statuses = FeatureStatus.allCases
    let success = result.status == .fail ? nil : timing.end
    return [
      MetricFamily(
        "drift_check_status", help: "Verdict of the last run: 0 OK, 1 WARN, 2 FAIL."
      ) { $1.add(Double(result.status.level), labels()) },
      MetricFamily(
        "drift_check_features", help: "Features by status.", of: statuses.count
      ) { place, samples in
        let status = statuses[place]
        let count = result.features.count { $0.status == status }
        samples.add(Double(count), labels(("status", status.rawValue)))
      },
      MetricFamily("drift_check_rows", help: "Rows that were compared.") { _, samples in
        samples.add(Double(result.baselineRows), labels(("dataset", "baseline")))
        samples.add(Double(result.currentRows), labels(("dataset", "current")))
      },
      MetricFamily(
        "drift_check_duration_seconds", unit: "seconds", help: "How long the last run took."
      ) { $1.add(timing.duration, labels()) },
      MetricFamily(
        "drift_check_last_run_timestamp_seconds", unit: "seconds",
        help: "When the last run ended, in Unix time."
      ) { $1.add(timing.end, labels()) },
      MetricFamily(
        "drift_check_last_success_timestamp_seconds", unit: "seconds",
        help: "When the last run ended that was not FAIL, in Unix time."
      ) { $1.add(success, labels()) },
      MetricFamily("drift_check_build_info", help: "The program that ran; always 1.") {
        $1.add(1, labels(("version", context.version)))
      },
    ]
  }

  private var featureFamilies: [MetricFamily] {
    [
      ofFeatures(
        "drift_check_feature_status",
        help: "Verdict by feature: 0 OK, 1 WARN, 2 FAIL; none for one that was not compared."
      ) {
        $0.status == .notCompared ? nil : Double($0.status.verdict.level)
      }
    ] + TestTable.ofFeatures.flatMap { families($0) } + [
      MetricFamily(
        "drift_check_feature_missing_ratio", unit: "ratio",
        help:
          "Share of rows without a value by feature: missing, or not a number where one is wanted.",
        of: result.features.count
      ) { place, samples in
        let feature = result.features[place]
        let name = ("feature", feature.name)
        samples.add(feature.baseline.missingShare, labels(name, ("dataset", "baseline")))
        samples.add(feature.current?.missingShare, labels(name, ("dataset", "current")))
      }
    ]
  }

  /// A gauge of one value a feature, where it is known.
  private func ofFeatures(
    _ name: String, help: String, _ value: @escaping (FeatureResult) -> Double?
  ) -> MetricFamily {
    MetricFamily(name, help: help, of: result.features.count) { place, samples in
      let feature = result.features[place]
      samples.add(value(feature), labels(("feature", feature.name)))
    }
  }

  /// The gauges that a test of features declares.
  private func families<Test: FeatureTest>(_: Test.Type) -> [MetricFamily] {
    Test.fields.compactMap { field in
      field.metric.map { metric in
        ofFeatures("drift_check_feature_\(metric.name)", help: metric.help) {
          $0.results[Test.Outcome.self].flatMap { field.value($0).number }
        }
      }
    }
  }

  /// The gauges that a test of all features declares.
  private func families<Test: DriftTest>(_: Test.Type, _ outcome: Test.Outcome) -> [MetricFamily] {
    Test.fields.compactMap { field in
      field.metric.map { metric in
        MetricFamily("drift_check_\(metric.name)", help: metric.help) {
          $1.add(field.value(outcome).number, labels())
        }
      }
    }
  }

  /// The gauge of TrustyAI's service, with the labels that it gives it, so that its rules go on
  /// working. The p-value is 1 where there is too little data, as there.
  private var trustyAIMeanShift: MetricFamily {
    MetricFamily(
      "trustyai_meanshift", help: "P-value of the mean shift by column, as TrustyAI names it.",
      of: result.features.count
    ) { place, samples in
      let feature = result.features[place]
      guard feature.kind == .numeric else { return }
      samples.add(
        feature.meanShift?.pValue ?? 1,
        [
          ("batch_size", "\(result.currentRows)"), ("metricName", "MEANSHIFT"),
          ("model", context.model ?? ""), ("request", "drift-check"),
          ("subcategory", feature.name),
        ])
    }
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
