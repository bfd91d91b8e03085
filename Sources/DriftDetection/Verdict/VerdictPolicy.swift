internal import DriftStatistics

/// Decides what the tests of all features say: the only place where numbers meet limits.
struct VerdictPolicy {
  let configuration: DriftConfiguration

  /// Whether tests other than the index count.
  private var isComplete: Bool { configuration.compatibility == .none }

  /// Adjusts p-values over the features and judges each of them: those that gate among themselves, as if
  /// there were no others, and the others among themselves.
  func judge(_ comparisons: [FeatureComparison], gates: Gates) -> [FeatureResult] {
    let places = Dictionary(grouping: comparisons.indices) {
      gates.contains(comparisons[$0].result.name)
    }
    var comparisons = comparisons
    for family in places.values {
      var members = family.map { comparisons[$0] }
      TestTable.adjust(&members, configuration.adjustment)
      for (place, member) in zip(family, members) { comparisons[place] = member }
    }
    var features = comparisons.map(judged)
    for place in places[false] ?? [] { features[place].leaveAside() }
    if let importance = gates.importance {
      for place in features.indices {
        features[place].importance = importance.share(features[place].name)
      }
    }
    return features
  }

  /// The finding of a test of all features together; nil when it is OK, and where it does not count.
  func jointFinding(
    _ test: Finding.Test, _ status: DriftStatus, observed: Double, limits: Limits,
    adjustedPValue p: Double
  ) -> Finding? {
    guard isComplete else { return nil }
    return Finding(
      .allFeatures, test, status, observed: observed,
      limit: status == .fail ? limits.fail : limits.warn, adjustedPValue: p)
  }

  /// That no feature which decides could be compared: such a check knows nothing, and is not OK.
  func nothingCompared(_ features: [FeatureResult]) -> Finding? {
    let gating = features.filter(\.gates)
    guard gating.allSatisfy({ $0.status == .notCompared }) else { return nil }
    let what =
      gating.isEmpty
      ? "the features that gate, none of which is there"
      : (gating.count == 1 ? "its only feature" : "any of its \(gating.count) features")
        + (gating.count < features.count ? " that gate\(gating.count == 1 ? "s" : "")" : "")
    return Finding(
      .tables, .comparison, .warn, observed: 0, limit: 0,
      words: "nothing was compared, the check can say nothing of \(what)")
  }

  private func judged(_ comparison: FeatureComparison) -> FeatureResult {
    var comparison = comparison
    let limits = configuration.thresholds(for: comparison.result.name)
    let verdict = FeatureVerdict(limits: limits, isComplete: isComplete)
    var findings = [schema(comparison.result, limits)].compactMap { $0 }
    for test in TestTable.ofFeatures {
      if let finding = test.judge(&comparison, verdict) { findings.append(finding) }
    }
    let worst = findings.map(\.status).max()
    comparison.result.status = worst.map { FeatureStatus($0) } ?? .ok
    if worst == nil, isComplete, let obstacle = comparison.obstacle {
      comparison.result.status = .notCompared
      comparison.result.remarks.append(.notCompared(comparison.result.name, obstacle))
    }
    comparison.result.remarks += CellRemarks(comparison.result).all
    comparison.result.findings = findings.sorted { $0.status > $1.status }
    return comparison.result
  }

  private func schema(_ feature: FeatureResult, _ limits: Thresholds) -> Finding? {
    let subject = Finding.Subject.feature(feature.name)
    guard let current = feature.current else { return Finding(subject, .schema, .fail) }
    guard isComplete else { return nil }
    if feature.baseline.present > 0, current.present == 0 {
      let chance = Chance.ofNone(
        in: current.rows, when: feature.baseline.present, of: feature.baseline.rows)
      return Finding(
        subject, .schema, chance >= limits.alpha ? .warn : .fail, observed: 0,
        adjustedPValue: chance)
    }
    // Of what an empty column held nothing is known.
    if feature.gainsData {
      return Finding(
        subject, .schema, .warn, observed: Double(current.rows - current.missing), limit: 0)
    }
    return nil
  }
}
