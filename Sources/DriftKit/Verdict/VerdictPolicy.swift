internal import DriftStatistics

/// Decides what the tests of all features say: the only place where numbers meet limits.
struct VerdictPolicy {
  let configuration: DriftConfiguration

  /// Whether tests other than the index count.
  private var isComplete: Bool { configuration.compatibility == .none }

  /// Adjusts p-values over the features and judges each of them.
  func judge(_ comparisons: [FeatureComparison]) -> [FeatureResult] {
    var comparisons = comparisons
    adjust(&comparisons, \.populationStability?.test.pValue) {
      $0.populationStability?.adjustedPValue = $1
    }
    adjust(&comparisons, \.meanShift?.pValue) { $0.meanShift?.adjustedPValue = $1 }
    adjust(&comparisons, \.newLevels?.test.pValue) { $0.newLevels?.adjustedPValue = $1 }
    return comparisons.map(judged)
  }

  /// The finding of the kernel two-sample test; nil when it is OK, and where it does not count.
  func finding(pValue p: Double, status: DriftStatus) -> Finding? {
    let limits = configuration.thresholds
    guard isComplete else { return nil }
    return Finding(
      .allFeatures, .maximumMeanDiscrepancy, status, observed: p,
      limit: status == .fail ? limits.alpha : limits.warnAlpha, adjustedPValue: p)
  }

  private func adjust(
    _ comparisons: inout [FeatureComparison], _ pValue: (FeatureResult) -> Double?,
    set: (inout FeatureResult, Double) -> Void
  ) {
    let tested = comparisons.indices.filter { pValue(comparisons[$0].result) != nil }
    let adjusted = configuration.adjustment.adjust(
      tested.compactMap { pValue(comparisons[$0].result) })
    for (index, value) in zip(tested, adjusted) { set(&comparisons[index].result, value) }
  }

  private func judged(_ comparison: FeatureComparison) -> FeatureResult {
    var feature = comparison.result
    let limits = configuration.thresholds(for: feature.name)
    let findings = [
      schema(feature, limits),
      stability(&feature, comparison.stabilityBound, limits),
      meanShift(&feature, limits),
      newLevels(&feature, comparison.newLevelsBound, limits),
    ].compactMap { $0 }
    feature.status = findings.map(\.status).max() ?? .ok
    feature.findings = findings.sorted { $0.status > $1.status }
    return feature
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
    guard current.unparseable > 0, feature.baseline.present > 0 || feature.baseline.unparseable > 0
    else { return nil }
    return Finding(subject, .cells, .warn, observed: Double(current.unparseable), limit: 0)
  }

  private func stability(
    _ feature: inout FeatureResult, _ bound: PopulationStabilityIndex.Most?, _ limits: Thresholds
  ) -> Finding? {
    guard let outcome = feature.populationStability else { return nil }
    let subject = Finding.Subject.feature(feature.name)
    var limits = limits
    limits.stabilityGate = limits.stabilityGate && isComplete
    let value = outcome.test.value
    let status = limits.status(stability: value, adjustedPValue: outcome.adjustedPValue)
    feature.populationStability?.status = status
    if status == .ok, value >= limits.stabilityWarn {
      feature.remarks.append(
        Remark(
          "\(feature.name): PSI \(NumberText.fixed(value, 3)) >= "
            + "\(NumberText.significant(limits.stabilityWarn, 3)), which sampling noise explains "
            + "(\(NumberText.pValue(outcome.adjustedPValue)))"))
    }
    if status == .ok, let bound,
      limits.status(stability: bound.value, adjustedPValue: bound.pValue) != .ok
    {
      feature.populationStability?.status = .warn
      return Finding(
        subject, .populationStability, .warn, observed: bound.value, limit: limits.stabilityWarn,
        adjustedPValue: bound.pValue, certainty: .upTo)
    }
    return Finding(
      subject, .populationStability, status, observed: value,
      limit: status == .fail ? limits.stabilityFail : limits.stabilityWarn,
      adjustedPValue: outcome.adjustedPValue)
  }

  private func meanShift(_ feature: inout FeatureResult, _ limits: Thresholds) -> Finding? {
    guard let outcome = feature.meanShift else { return nil }
    let subject = Finding.Subject.feature(feature.name)
    guard let p = outcome.adjustedPValue else {
      feature.remarks.append(
        "\(feature.name): insufficient data for the mean shift, each side needs 2 finite values")
      return nil
    }
    guard outcome.statistic != nil else {
      // Both sides are constant and different: how likely is that without drift?
      let chance = chanceOfConstants(feature)
      let status = chance < limits.alpha ? DriftStatus.fail : .warn
      feature.meanShift?.status = status
      return isComplete ? Finding(subject, .meanShift, status, adjustedPValue: chance) : nil
    }
    let status = limits.status(effect: outcome.effectSize, adjustedPValue: p)
    feature.meanShift?.status = status
    guard isComplete else { return nil }
    return Finding(
      subject, .meanShift, status, observed: outcome.effectSize,
      limit: status == .fail ? limits.effectFail : limits.effectWarn, adjustedPValue: p)
  }

  private func chanceOfConstants(_ feature: FeatureResult) -> Double {
    func finite(_ side: SideSummary?) -> Int { side.map { $0.present - $0.infinite } ?? 0 }
    return Chance.ofSeparation(finite(feature.baseline), finite(feature.current))
  }

  private func newLevels(
    _ feature: inout FeatureResult, _ bound: MostNewLevels?, _ limits: Thresholds
  ) -> Finding? {
    let subject = Finding.Subject.feature(feature.name)
    if let outcome = feature.newLevels {
      let excess = outcome.test.share - outcome.test.expectedShare
      let status = limits.status(newLevels: excess, adjustedPValue: outcome.adjustedPValue)
      feature.newLevels?.status = status
      guard isComplete else { return nil }
      let finding = Finding(
        subject, .newLevels, status, observed: excess,
        limit: status == .fail ? limits.newLevelsFail : limits.newLevelsWarn,
        adjustedPValue: outcome.adjustedPValue,
        certainty: outcome.test.shareError > 0 ? .atLeast : .exact)
      if let finding { return finding }
    }
    guard isComplete, let bound,
      limits.status(newLevels: bound.share - bound.expectedShare, adjustedPValue: bound.pValue)
        != .ok
    else { return nil }
    feature.newLevels?.status = .warn
    feature.newLevelsBound = .init(
      share: bound.share, expectedShare: bound.isExpectedKnown ? bound.expectedShare : nil)
    return Finding(
      subject, .newLevels, .warn, observed: bound.share - bound.expectedShare,
      limit: limits.newLevelsWarn, adjustedPValue: bound.pValue, certainty: .upTo)
  }
}
