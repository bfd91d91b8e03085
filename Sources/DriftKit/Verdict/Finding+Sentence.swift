extension DriftResult {
  /// The findings in words, the worst first.
  public var reasons: [String] { reasons(memoryAdvice: nil) }

  /// The findings in words.
  ///
  /// - Parameter memoryAdvice: What a user can do where more memory would tell; nil for nothing.
  /// - Returns: A sentence a finding, and one for what drives the maximum mean discrepancy.
  package func reasons(memoryAdvice: String?) -> [String] {
    inOrder(
      joint: { [sentence($0), maximumMeanDiscrepancy?.causes?.reason].compactMap { $0 } },
      feature: { $0.reasons(memoryAdvice: memoryAdvice) })
  }

  /// What all features together show.
  private func sentence(_ finding: Finding) -> String? {
    guard let outcome = maximumMeanDiscrepancy, let alpha = finding.limit else { return nil }
    return "MMD: p = \(NumberText.significant(outcome.test.pValue, 2)) < "
      + "\(NumberText.significant(alpha, 2)) over \(outcome.features.count) features "
      + "(MMD^2 \(NumberText.significant(outcome.test.statistic, 3)))"
  }
}

extension FeatureResult {
  /// The findings in words, the worst first.
  public var reasons: [String] { reasons(memoryAdvice: nil) }

  /// The findings in words, as for a whole result.
  package func reasons(memoryAdvice: String?) -> [String] {
    findings.map { finding in
      let advice = finding.certainty == .upTo ? memoryAdvice.map { "; \($0)" } : nil
      return "\(name): \(sentence(finding))\(advice ?? "")"
    }
  }

  private func sentence(_ finding: Finding) -> String {
    switch finding.test {
    case .schema: schemaSentence(finding)
    case .cells:
      current?.unparseable == 1
        ? "1 cell is not a number" : "\(current?.unparseable ?? 0) cells are not numbers"
    case .populationStability: stabilitySentence(finding)
    case .meanShift: meanSentence(finding)
    case .newLevels: newLevelsSentence(finding)
    default: "\(finding.test) is \(finding.status.rawValue)"
    }
  }

  private func schemaSentence(_ finding: Finding) -> String {
    guard let current else { return "not in the current data" }
    let what = current.unparseable > 0 ? "are missing or not numbers" : "are missing"
    let text = "no data any more: all \(current.rows) cells \(what)"
    guard finding.status == .warn, let chance = finding.adjustedPValue else { return text }
    return "\(text), which chance explains, as \(baseline.present) of \(baseline.rows) had any "
      + "(\(NumberText.pValue(chance)))"
  }

  private func stabilitySentence(_ finding: Finding) -> String {
    let value = NumberText.fixed(populationStability?.test.value ?? .nan, 3)
    guard finding.certainty != .upTo else {
      return "PSI \(value), but it may be up to \(NumberText.fixed(finding.observed ?? .nan, 3)), "
        + Self.memoryDoubt
    }
    return "PSI \(value) >= \(NumberText.significant(finding.limit ?? .nan, 3)) "
      + "(\(NumberText.pValue(finding.adjustedPValue ?? .nan)))"
  }

  private func meanSentence(_ finding: Finding) -> String {
    let (before, after) = NumberText.pair(baseline.mean ?? .nan, current?.mean ?? .nan, 5)
    let p = NumberText.pValue(finding.adjustedPValue ?? .nan)
    guard let limit = finding.limit else {
      let doubt = finding.status == .fail ? "" : ", of too few values to be sure (\(p))"
      return "constant \(before) became \(after)\(doubt)"
    }
    return "mean \(before) became \(after), effect "
      + "\(NumberText.fixed(finding.observed ?? .infinity, 3)), "
      + "size >= \(NumberText.significant(limit, 3)) (\(p))"
  }

  private func newLevelsSentence(_ finding: Finding) -> String {
    if finding.certainty == .upTo, let newLevelsBound {
      let expected = newLevelsBound.expectedShare.map(NumberText.percent) ?? "an unknown share"
      return "up to \(NumberText.percent(newLevelsBound.share)) of rows may have new levels, "
        + "\(expected) expected, \(Self.memoryDoubt)"
    }
    guard let outcome = newLevels else { return "" }
    let examples = outcome.test.examples.prefix(3).map(\.level.description)
    return "\(finding.certainty == .atLeast ? "at least " : "")"
      + "\(NumberText.percent(outcome.test.share)) of rows have new levels, "
      + "\(NumberText.percent(outcome.test.expectedShare)) expected "
      + "(\(NumberText.pValue(outcome.adjustedPValue))): \(examples.joined(separator: ", "))"
  }

  private static let memoryDoubt = "as there were more levels than memory holds"
}
