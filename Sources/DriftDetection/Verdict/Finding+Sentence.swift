internal import DriftStatistics

extension DriftResult {
  /// The findings in words, the worst first.
  public var reasons: [String] { reasons(advice: FindingAdvice()) }

  /// The findings in words.
  ///
  /// - Parameter advice: What a user can do about some of them.
  /// - Returns: A sentence a finding.
  package func reasons(advice: FindingAdvice) -> [String] {
    worded(advice: advice).map(\.text)
  }

  /// The findings, the worst first, each with its sentence.
  package func worded(advice: FindingAdvice) -> [(finding: Finding, text: String)] {
    inOrder(
      tables: { [($0, $0.sentence)] },
      joint: { finding in jointSentence(finding).map { [(finding, $0)] } ?? [] },
      feature: { $0.worded(advice: advice) })
  }

  private func jointSentence(_ finding: Finding) -> String? {
    finding.test == .dependence
      ? dependence.map { DependenceEntry.reason(finding, $0) }
      : maximumMeanDiscrepancy.map { DiscrepancyEntry.reason(finding, $0) }
  }
}

extension FeatureResult {
  /// The findings in words, the worst first.
  public var reasons: [String] { reasons(advice: FindingAdvice()) }

  /// The findings in words, as for a whole result.
  package func reasons(advice: FindingAdvice) -> [String] { worded(advice: advice).map(\.text) }

  /// The findings with their sentences, as for a whole result.
  func worded(advice: FindingAdvice) -> [(finding: Finding, text: String)] {
    findings.map { finding in
      let isGone = finding.test == .schema && current == nil
      let text = finding.certainty == .upTo ? advice.memory : isGone ? advice.missingFeature : nil
      return (
        finding,
        ["\(name): \(sentence(finding))", text].compactMap { $0 }.joined(separator: "; ")
          + (finding.gates ? "" : " (does not gate)")
      )
    }
  }

  private func sentence(_ finding: Finding) -> String {
    switch finding.test {
    case .schema: schemaSentence(finding)
    default:
      TestTable.ofFeatures(finding.test)?.reason(finding, self)
        ?? "\(finding.test) is \(finding.status.rawValue)"
    }
  }

  private func schemaSentence(_ finding: Finding) -> String {
    guard let current else {
      return ["not in the current data", nearestName].compactMap { $0 }.joined(separator: "; ")
        + (UnnamedHeader.isNumber(name) ? ", and its name is a number: is a header missing?" : "")
    }
    if gainsData {
      return "empty in the baseline, has data now: \(current.rows - current.missing) of "
        + "\(current.rows) cells"
    }
    let what =
      current.unparseable > 0
      ? "are missing or not \(kind == .time ? "dates" : "numbers")" : "are missing"
    let text = "no data any more: all \(current.rows) cells \(what)"
    guard finding.status == .warn, let chance = finding.adjustedPValue else { return text }
    return "\(text), which chance explains, as \(baseline.present) of \(baseline.rows) had any "
      + "(\(NumberText.pValue(chance)))"
  }
}

/// What a user can do about findings, in the words of the program.
package struct FindingAdvice: Sendable {
  /// Where more memory would tell.
  let memory: String?
  /// Where a column is gone.
  let missingFeature: String?

  package init(memory: String? = nil, missingFeature: String? = nil) {
    self.memory = memory
    self.missingFeature = missingFeature
  }
}
