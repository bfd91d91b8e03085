internal import DriftKit

/// Something that a check found at a feature, in plain words.
struct Finding {
  let status: DriftStatus
  let sentence: String
}

extension FeatureResult {
  /// What counts against the feature in a check with this configuration, the worst first; empty
  /// when it is OK.
  func findings(_ configuration: DriftConfiguration) -> [Finding] {
    guard status != .ok else { return [] }
    guard let current else {
      return [Finding(status: .fail, sentence: "The column is gone: the current data lack it.")]
    }
    let limits = configuration.thresholds(for: name)
    var findings = [stabilityFinding(limits)]
    // With an older job's numbers nothing but the index counts.
    if configuration.compatibility == .none {
      findings.insert(cellFinding(current), at: 0)
      findings += [meanFinding(current), levelFinding()]
    }
    return findings.compactMap { $0 }.filter { $0.status != .ok }.sorted { $0.status > $1.status }
  }

  private func cellFinding(_ current: SideSummary) -> Finding? {
    if baseline.present > 0, current.present == 0 {
      let what = current.unparseable > 0 ? "missing or not numbers" : "missing"
      let cells = ShownNumber.counted(current.rows, "cell is", "cells are")
      return Finding(status: .fail, sentence: "There is no data any more: all \(cells) \(what).")
    }
    guard current.unparseable > 0 else { return nil }
    let cells = ShownNumber.counted(
      current.unparseable, "cell is no number", "cells are not numbers")
    return Finding(status: .warn, sentence: "\(cells).")
  }

  private func stabilityFinding(_ limits: Thresholds) -> Finding? {
    guard let outcome = populationStability else { return nil }
    if let most = possibleStability {
      return Finding(
        status: .warn,
        sentence: "Its values may be spread differently: PSI up to \(NumberText.fixed(most, 3)), "
          + Self.doubt)
    }
    let isFail = outcome.status == .fail
    let limit = NumberText.significant(isFail ? limits.stabilityFail : limits.stabilityWarn, 3)
    let bins = outcome.test.bins
    let largest = BinLabels(bins, kind: kind).largestPart(of: bins)
    return Finding(
      status: outcome.status,
      sentence:
        "Its values are spread differently: PSI \(NumberText.fixed(outcome.test.value, 3)), "
        + "where \(limit) or more is \(isFail ? "drift" : "worth a look") "
        + "(\(ShownNumber.pValue(outcome.adjustedPValue)))."
        + (largest.map { " The bin that adds most is \($0)." } ?? ""))
  }

  private func meanFinding(_ current: SideSummary) -> Finding? {
    guard let outcome = meanShift, let before = baseline.mean, let after = current.mean,
      let p = outcome.adjustedPValue
    else { return nil }
    let (from, to) = NumberText.pair(before, after, 4)
    guard outcome.statistic != nil, let effect = outcome.effectSize else {
      return Finding(
        status: outcome.status, sentence: "It was always \(from) and now is always \(to).")
    }
    return Finding(
      status: outcome.status,
      sentence: "Its mean \(after > before ? "rose" : "fell") from \(from) to \(to), by "
        + "\(NumberText.fixed(abs(effect), 2)) standard deviations "
        + "(\(ShownNumber.pValue(p))).")
  }

  private static var doubt: String {
    "as there were more levels than memory holds; a higher --memory-limit would tell."
  }

  /// Whether it is known that it has more new levels than are usual.
  var hasNewLevels: Bool { possibleNewLevels == nil && (newLevels?.status ?? .ok) != .ok }

  private func levelFinding() -> Finding? {
    if let most = possibleNewLevels {
      return Finding(
        status: .warn,
        sentence: "Up to \(ShownNumber.percent(most)) of its rows may have levels that the "
          + "baseline never had, \(Self.doubt)")
    }
    guard let outcome = newLevels else { return nil }
    let test = outcome.test
    let examples = test.examples.prefix(3).map {
      "“\(PlainText.cut(PlainText.neutralised($0.level.description), to: 40))”"
    }
    return Finding(
      status: outcome.status,
      sentence:
        "\(test.shareError > 0 ? "At least " : "")\(ShownNumber.percent(test.share)) of its rows "
        + "have levels that the baseline never "
        + "had, where \(ShownNumber.percent(test.expectedShare)) would be usual "
        + "(\(ShownNumber.pValue(outcome.adjustedPValue))): \(examples.joined(separator: ", ")).")
  }
}
