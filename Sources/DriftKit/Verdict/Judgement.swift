/// Turns the tests of all features into statuses and reasons.
struct Judgement {
  let configuration: DriftConfiguration

  /// Whether tests other than the index count.
  private var isComplete: Bool { configuration.compatibility == .none }

  /// Adjusts p-values over the features and judges each of them.
  func judge(_ features: [FeatureResult]) -> [FeatureResult] {
    var features = features
    adjust(&features, \.populationStability?.test.pValue) {
      $0.populationStability?.adjustedPValue = $1
    }
    adjust(&features, \.meanShift?.pValue) { $0.meanShift?.adjustedPValue = $1 }
    adjust(&features, \.newLevels?.test.pValue) { $0.newLevels?.adjustedPValue = $1 }
    for index in features.indices { judge(&features[index]) }
    return features
  }

  private func adjust(
    _ features: inout [FeatureResult], _ pValue: (FeatureResult) -> Double?,
    set: (inout FeatureResult, Double) -> Void
  ) {
    let tested = features.indices.filter { pValue(features[$0]) != nil }
    let adjusted = configuration.adjustment.adjust(tested.compactMap { pValue(features[$0]) })
    for (index, value) in zip(tested, adjusted) { set(&features[index], value) }
  }

  private func judge(_ feature: inout FeatureResult) {
    let limits = configuration.thresholds(for: feature.name)
    var findings = [schema(feature)]
    findings.append(stability(&feature, limits))
    findings.append(meanShift(&feature, limits))
    findings.append(newLevels(&feature, limits))
    let counted = findings.compactMap { $0 }
    feature.status = counted.map(\.status).max() ?? .ok
    feature.reasons = counted.sorted { $0.status > $1.status }.map(\.reason)
  }

  private struct Finding {
    let status: DriftStatus
    let reason: String
  }

  private func finding(_ status: DriftStatus, _ reason: String) -> Finding? {
    status == .ok ? nil : Finding(status: status, reason: reason)
  }

  private func schema(_ feature: FeatureResult) -> Finding? {
    guard let current = feature.current else {
      return finding(.fail, "\(feature.name): not in the current data")
    }
    guard isComplete else { return nil }
    if feature.baseline.present > 0, current.present == 0 {
      let what = current.unparseable > 0 ? "are missing or not numbers" : "are missing"
      let text = "\(feature.name): no data any more: all \(current.rows) cells \(what)"
      let chance = Chance.ofNone(
        in: current.rows, when: feature.baseline.present, of: feature.baseline.rows)
      guard chance >= configuration.thresholds(for: feature.name).alpha else {
        return finding(.fail, text)
      }
      return finding(
        .warn,
        "\(text), which chance explains, as \(feature.baseline.present) of "
          + "\(feature.baseline.rows) had any (\(NumberText.pValue(chance)))")
    }
    // Of what an empty column held nothing is known.
    guard current.unparseable > 0, feature.baseline.present > 0 || feature.baseline.unparseable > 0
    else { return nil }
    let cells =
      current.unparseable == 1
      ? "1 cell is not a number" : "\(current.unparseable) cells are not numbers"
    return finding(.warn, "\(feature.name): \(cells)")
  }

  private func stability(_ feature: inout FeatureResult, _ limits: Thresholds) -> Finding? {
    guard let outcome = feature.populationStability else { return nil }
    var limits = limits
    limits.stabilityGate = limits.stabilityGate && isComplete
    let value = outcome.test.value
    let status = limits.status(stability: value, adjustedPValue: outcome.adjustedPValue)
    feature.populationStability?.status = status
    let limit = status == .fail ? limits.stabilityFail : limits.stabilityWarn
    let p = NumberText.pValue(outcome.adjustedPValue)
    let text = "\(feature.name): PSI \(NumberText.fixed(value, 3))"
    if status == .ok, value >= limits.stabilityWarn {
      feature.notes.append(
        "\(text) >= \(NumberText.significant(limit, 3)), which sampling noise explains (\(p))")
    }
    if status == .ok, let most = feature.mostStability,
      limits.status(stability: most.value, adjustedPValue: most.pValue) != .ok
    {
      feature.populationStability?.status = .warn
      feature.possibleStability = most.value
      return finding(
        .warn,
        "\(text), but it may be up to \(NumberText.fixed(most.value, 3)), as there were more levels than "
          + "memory holds; raise --memory-limit")
    }
    return finding(status, "\(text) >= \(NumberText.significant(limit, 3)) (\(p))")
  }

  private func meanShift(_ feature: inout FeatureResult, _ limits: Thresholds) -> Finding? {
    guard let outcome = feature.meanShift else { return nil }
    guard let p = outcome.adjustedPValue else {
      feature.notes.append(
        "\(feature.name): insufficient data for the mean shift, each side needs 2 finite values")
      return nil
    }
    let isConstant = outcome.statistic == nil
    let chance = isConstant ? chanceOfConstants(feature) : 0
    let status =
      isConstant
      ? (chance < limits.alpha ? .fail : .warn)
      : limits.status(effect: outcome.effectSize, adjustedPValue: p)
    feature.meanShift?.status = status
    guard isComplete else { return nil }
    let (before, after) = NumberText.pair(
      feature.baseline.mean ?? .nan, feature.current?.mean ?? .nan, 5)
    if isConstant {
      let doubt =
        status == .fail ? "" : ", of too few values to be sure (\(NumberText.pValue(chance)))"
      return finding(status, "\(feature.name): constant \(before) became \(after)\(doubt)")
    }
    let effect = outcome.effectSize ?? .infinity
    let limit = status == .fail ? limits.effectFail : limits.effectWarn
    return finding(
      status,
      "\(feature.name): mean \(before) became \(after), effect \(NumberText.fixed(effect, 3)), "
        + "size >= \(NumberText.significant(limit, 3)) (\(NumberText.pValue(p)))")
  }

  private func chanceOfConstants(_ feature: FeatureResult) -> Double {
    func finite(_ side: SideSummary?) -> Int { side.map { $0.present - $0.infinite } ?? 0 }
    return Chance.ofSeparation(finite(feature.baseline), finite(feature.current))
  }

  private func newLevels(_ feature: inout FeatureResult, _ limits: Thresholds) -> Finding? {
    if let outcome = feature.newLevels {
      let test = outcome.test
      let status = limits.status(
        newLevels: test.share - test.expectedShare, adjustedPValue: outcome.adjustedPValue)
      feature.newLevels?.status = status
      guard isComplete else { return nil }
      let examples = test.examples.prefix(3).map(\.level.description).joined(separator: ", ")
      let share = NumberText.percent(test.share)
      let found = finding(
        status,
        "\(feature.name): \(test.shareError > 0 ? "at least " : "")\(share) of rows have new levels, "
          + "\(NumberText.percent(test.expectedShare)) expected "
          + "(\(NumberText.pValue(outcome.adjustedPValue))): \(examples)")
      if let found { return found }
    }
    guard isComplete, let most = feature.mostNewLevels,
      limits.status(newLevels: most.share - most.expectedShare, adjustedPValue: most.pValue) != .ok
    else { return nil }
    feature.newLevels?.status = .warn
    feature.possibleNewLevels = most.share
    return finding(
      .warn,
      "\(feature.name): up to \(NumberText.percent(most.share)) of rows may have new levels, "
        + "\(most.isExpectedKnown ? NumberText.percent(most.expectedShare) : "an unknown share") "
        + "expected, as there were more levels than memory holds; raise --memory-limit")
  }
}
