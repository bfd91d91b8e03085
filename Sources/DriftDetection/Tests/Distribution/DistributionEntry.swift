internal import DriftColumns
internal import DriftStatistics

/// The distribution of a feature in the table of tests.
package enum DistributionEntry: FeatureTest {
  package static let title = "Distribution"
  package static let evidence: EvidenceShare? = .part
  package static let kinds: Set<ColumnKind> = [.numeric, .categorical]
  package static let limits = DeclaredLimits(
    test: id, name: "distance", warnKey: "distance_warn", failKey: "distance_fail",
    defaults: Limits(warn: 0.05, fail: 0.10),
    documentation: "Share of rows that moved from which a feature is", symbol: "x",
    size: "distance")

  /// The key of the components in the JSON report.
  package static let componentsKey = "components"

  package static let fields: [TestField<DistributionOutcome>] = [
    TestField(key: "p_value", label: "p-value") { .probability($0.pValue) },
    TestField(key: "p_value_adjusted", label: "Adjusted p-value") {
      .probability($0.adjustedPValue)
    },
    TestField(
      key: "distance", label: "Share of rows that moved",
      metric: TestMetric(
        name: "distance", help: "Share of rows that moved by feature: distance of distributions."),
      logName: "distance"
    ) { .number($0.distance) },
    TestField(key: componentsKey, label: "Standardised difference of") { outcome in
      .records(
        outcome.components.map {
          .record([("name", .text($0.name.rawValue)), ("z", .number($0.z))])
        })
    },
    .status,
  ]

  package static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison) {
    guard let evidence = comparison.evidence else { return }
    if let test = evidence.numbers, case .numbers(let bins) = pair.bins {
      comparison.result.distribution = DistributionOutcome(
        test,
        middle: MiddleHalves(bins.counter, baseline: pair.baseline, current: pair.current))
    } else if let p = evidence.levels?.pValue {
      comparison.result.distribution = DistributionOutcome(
        levels: p, distance: comparison.result.populationStability?.test.distance)
    }
    if evidence.valuesPValue != nil { comparison.comparesValues = true }
  }

  package static func judge(_ comparison: inout FeatureComparison, _ verdict: FeatureVerdict)
    -> Finding?
  {
    guard let outcome = comparison.result.distribution, let distance = outcome.distance else {
      return nil
    }
    let status = verdict.limits.status(
      limits, effect: distance, adjustedPValue: outcome.adjustedPValue)
    comparison.result.distribution?.status = status
    // The index says the same.
    guard verdict.isComplete, status > comparison.result.populationStability?.status ?? .ok else {
      return nil
    }
    return Finding(
      .feature(comparison.result.name), id, status, observed: distance,
      limit: limit(status, verdict.limits), adjustedPValue: outcome.adjustedPValue)
  }

  package static func reason(_ finding: Finding, _ feature: FeatureResult) -> String {
    let moved = NumberText.percent(finding.observed ?? .nan)
    let limit = NumberText.percent(finding.limit ?? .nan)
    let p = NumberText.pValue(finding.adjustedPValue ?? .nan)
    return "\(moved) of rows moved, >= \(limit) (\(p))"
      + (feature.distribution?.words.map { ": \($0)" } ?? "")
  }
}

extension DistributionOutcome {
  /// What changed most, in words; nil for levels.
  package var words: String? {
    if let tails, tails.pValue < 0.5, 2 * tails.pValue <= pValue * (1 + 1e-9) {
      return "\(max(tails.above, tails.below)) rows lie "
        + "\(tails.above > tails.below ? "above" : "below") nearly all of the baseline"
    }
    guard let largest = components.max(by: { abs($0.z) < abs($1.z) }) else { return nil }
    switch largest.name {
    case .location: return middle?.location
    case .spread: return middle?.spread
    case .skewness: return "it leans \(largest.z < 0 ? "more to high" : "more to low") values"
    case .tails: return "\(largest.z < 0 ? "more" : "fewer") rows lie far out"
    }
  }
}
