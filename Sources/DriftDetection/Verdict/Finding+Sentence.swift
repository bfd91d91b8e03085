internal import DriftStatistics

extension DriftResult {
  /// The findings in words, the worst first.
  public var reasons: [String] { reasons(memoryAdvice: nil) }

  /// The findings in words.
  ///
  /// - Parameter memoryAdvice: What a user can do where more memory would tell; nil for nothing.
  /// - Returns: A sentence a finding.
  package func reasons(memoryAdvice: String?) -> [String] {
    worded(memoryAdvice: memoryAdvice).map(\.text)
  }

  /// The findings, the worst first, each with its sentence.
  package func worded(memoryAdvice: String?) -> [(finding: Finding, text: String)] {
    inOrder(
      tables: { [($0, $0.sentence)] },
      joint: { finding in
        maximumMeanDiscrepancy.map { [(finding, DiscrepancyEntry.reason(finding, $0))] } ?? []
      },
      feature: { $0.worded(memoryAdvice: memoryAdvice) })
  }
}

extension FeatureResult {
  /// The findings in words, the worst first.
  public var reasons: [String] { reasons(memoryAdvice: nil) }

  /// The findings in words, as for a whole result.
  package func reasons(memoryAdvice: String?) -> [String] {
    worded(memoryAdvice: memoryAdvice).map(\.text)
  }

  /// The findings with their sentences, as for a whole result.
  func worded(memoryAdvice: String?) -> [(finding: Finding, text: String)] {
    findings.map { finding in
      let advice = finding.certainty == .upTo ? memoryAdvice.map { "; \($0)" } : nil
      return (finding, "\(name): \(sentence(finding))\(advice ?? "")")
    }
  }

  private func sentence(_ finding: Finding) -> String {
    switch finding.test {
    case .schema: schemaSentence(finding)
    case .cells: CellRemarks(self).change
    default:
      TestTable.ofFeatures(finding.test)?.reason(finding, self)
        ?? "\(finding.test) is \(finding.status.rawValue)"
    }
  }

  private func schemaSentence(_ finding: Finding) -> String {
    guard let current else {
      return "not in the current data"
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
