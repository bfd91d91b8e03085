internal import DriftStatistics

extension DependenceOutcome {
  /// - Parameters:
  ///   - test: The test.
  ///   - names: The names of the samples' columns.
  ///   - p: Its p-value, adjusted.
  ///   - policy: What decides.
  init(
    _ test: DependenceChange, names: [String], adjustedPValue p: Double, policy: VerdictPolicy
  ) {
    let thresholds = policy.configuration.thresholds
    let limits = thresholds[DependenceEntry.limits]
    // A pair must be as certain as the status that it brings.
    let failing = test.effect(below: thresholds.alpha)
    let warning = test.effect(below: thresholds.warnAlpha)
    status = thresholds.status(
      p < thresholds.alpha && failing >= limits.fail,
      p < thresholds.warnAlpha && warning >= limits.warn)
    self.test = test
    features = test.columns.map { names[$0] }
    adjustedPValue = p
    pairs = test.pairs.filter { $0.pValue < thresholds.warnAlpha }.map {
      Pair(
        features: [names[$0.first], names[$0.second]], baselineCorrelation: $0.baselineCorrelation,
        currentCorrelation: $0.currentCorrelation, pValue: $0.pValue)
    }
    largestChange = warning
    finding = policy.jointFinding(
      .dependence, status, observed: status == .fail ? failing : warning, limits: limits,
      adjustedPValue: p)
  }
}
