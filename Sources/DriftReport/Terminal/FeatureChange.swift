internal import DriftDetection

/// What changed at a feature, in a sentence of plain words.
struct FeatureChange {
  private let feature: FeatureResult
  private let limits: Thresholds
  /// Whether tests other than the index count: not with an older job's numbers.
  private let isComplete: Bool

  init(_ feature: FeatureResult, _ configuration: DriftConfiguration) {
    self.feature = feature
    limits = configuration.thresholds(for: feature.name)
    isComplete = configuration.compatibility == .none
  }

  /// How far beyond its limits the feature is: 1 at the limit of FAIL.
  var weight: Double {
    guard let current = feature.current else { return .infinity }
    if isComplete, feature.baseline.present > 0, current.present == 0 { return .infinity }
    var weights: [Double] = []
    func add(_ value: Double?, _ limit: Double) {
      guard let value else { return }
      weights.append(limit > 0 ? value / limit : value > 0 ? .infinity : 0)
    }
    for test in TestTable.ofFeatures where isComplete || test.countsWithOlderJob {
      add(feature[test.id]?.effect, limits[test.limits].fail)
    }
    return weights.filter { !$0.isNaN }.max() ?? 0
  }

  /// The sentence, without the name and without a full stop.
  var sentence: String {
    guard let current = feature.current else {
      return "the column is gone, the current data lack it"
    }
    if isComplete, feature.baseline.present > 0, current.present == 0 {
      let what = current.unparseable > 0 ? "missing or no \(feature.cellNoun)s" : "missing"
      return "there is no data any more, all \(ShownNumber.grouped(current.rows)) cells are \(what)"
    }
    let facts = [
      shift, isComplete ? mean(current) : nil, isComplete ? newLevels : nil,
      isComplete ? lostLevels : nil,
      missing(current), unparseable(current), bins,
    ].compactMap { $0 }
    return (facts + others).joined(separator: "; ")
  }

  /// What tests without a phrase of their own found.
  private var others: [String] {
    let phrased: [Finding.Test] = [.populationStability, .meanShift, .newLevels, .lostLevels]
    return feature.findings.compactMap { finding in
      guard !phrased.contains(finding.test) else { return nil }
      return TestTable.ofFeatures(finding.test)?.reason(finding, feature)
    }
  }

  private var shift: String? {
    guard let outcome = feature.populationStability, outcome.status != .ok else { return nil }
    if let most = feature.possibleStability {
      return "the distribution may have shifted: PSI\u{A0}up to \(NumberText.fixed(most, 3)), "
        + Self.doubt
    }
    let limit = outcome.status == .fail ? limits.stabilityFail : limits.stabilityWarn
    return
      "the distribution has shifted: PSI\u{A0}\(NumberText.fixed(outcome.test.value, 3)), limit\u{A0}"
      + NumberText.significant(limit, 3)
  }

  private func mean(_ current: SideSummary) -> String? {
    guard let outcome = feature.meanShift, outcome.status != .ok,
      let before = feature.baseline.mean, let after = current.mean
    else { return nil }
    let (from, to) = NumberText.pair(before, after, 4)
    guard outcome.statistic != nil, let effect = outcome.effectSize else {
      return "it was always \(from) and is always \(to) now"
    }
    return "the mean moved from \(from) to \(to) (\(effect > 0 ? "+" : "")"
      + "\(NumberText.fixed(effect, 2)) standard deviations)"
  }

  private static let doubt = "as there were more levels than memory holds"

  private var newLevels: String? {
    if let bound = feature.newLevelsBound {
      return "up to \(ShownNumber.percent(bound.share)) of rows may have new levels, \(Self.doubt)"
    }
    guard let outcome = feature.newLevels, outcome.status != .ok else { return nil }
    let levels = outcome.test.examples.prefix(3).map { Self.quoted($0.level.description) }
    let least = outcome.test.shareError > 0 ? "at least " : ""
    return "\(least)\(ShownNumber.percent(outcome.test.share)) of rows have new levels: "
      + levels.joined(separator: ", ")
  }

  private var lostLevels: String? {
    if let bound = feature.lostLevelsBound {
      return
        "up to \(ShownNumber.percent(bound.share)) of the baseline's rows may have levels that are "
        + "gone, \(Self.doubt)"
    }
    guard let outcome = feature.lostLevels, outcome.status != .ok else { return nil }
    let levels = outcome.test.examples.prefix(3).map { Self.quoted($0.level.description) }
    let least = outcome.test.shareError > 0 ? "at least " : ""
    return
      "\(least)\(ShownNumber.percent(outcome.test.share)) of the baseline's rows have levels that "
      + "are gone: " + levels.joined(separator: ", ")
  }

  private func missing(_ current: SideSummary) -> String? {
    guard feature.losesCells(0.01) || feature.gainsCells(0.01) else { return nil }
    return "missing cells went from \(Self.share(feature.baseline.missing, feature.baseline.rows))"
      + " to \(Self.share(current.missing, current.rows))"
  }

  private func unparseable(_ current: SideSummary) -> String? {
    current.unparseable == 0
      ? nil
      : ShownNumber.counted(
        current.unparseable, "cell is no \(feature.cellNoun)", "cells are not \(feature.cellNoun)s")
  }

  /// The bins that gained and lost the largest shares of rows.
  private var bins: String? {
    guard let outcome = feature.populationStability, outcome.status != .ok,
      feature.possibleStability == nil
    else { return nil }
    let bins = outcome.test.bins
    let labels = BinLabels(bins, kind: feature.kind).texts
    let before = Double(max(1, bins.reduce(0) { $0 + $1.baselineCount }))
    let after = Double(max(1, bins.reduce(0) { $0 + $1.currentCount }))
    let changes = bins.indices.map { index in
      (
        index: index, from: Double(bins[index].baselineCount) / before,
        to: Double(bins[index].currentCount) / after
      )
    }.filter { change in
      // Missing cells and new levels have words of their own.
      let hasWords =
        bins[change.index].label == "missing" || bins[change.index].label == "other"
      return abs(change.to - change.from) >= 0.01 && !hasWords
    }
    let gained = changes.max { $0.to - $0.from < $1.to - $1.from }
    let lost = changes.min { $0.to - $0.from < $1.to - $1.from }
    var largest: [String] = []
    if let gained, gained.to > gained.from {
      largest.append(
        "\(name(labels[gained.index], bins[gained.index])) rose \(Self.move(gained.from, gained.to))"
      )
    }
    if let lost, lost.to < lost.from {
      largest.append(
        "\(name(labels[lost.index], bins[lost.index])) fell \(Self.move(lost.from, lost.to))")
    }
    return largest.isEmpty ? nil : largest.joined(separator: ", ") + " of rows"
  }

  /// A bin in words.
  private func name(_ label: String, _ bin: PopulationStabilityIndex.Bin) -> String {
    guard feature.kind == .numeric else { return Self.quoted(label) }
    if bin.lower != nil, bin.lower == bin.upper { return "the value \(label)" }
    for (sign, before, after) in [
      ("< ", "below ", ""), ("> ", "above ", ""), ("≥ ", "", " or more"),
    ]
    where label.hasPrefix(sign) {
      return before + label.dropFirst(sign.count) + after
    }
    return label
  }

  private static func move(_ before: Double, _ after: Double) -> String {
    "from \(ShownNumber.percent(before)) to \(ShownNumber.percent(after))"
  }

  private static func share(_ count: Int, _ rows: Int) -> String {
    ShownNumber.percent(Double(count) / Double(max(1, rows)))
  }

  private static func quoted(_ text: String) -> String {
    "“\(PlainText.cut(PlainText.neutralised(text), to: 40))”"
  }
}

extension FeatureResult {
  /// Whether the share of missing cells rose by at least so much.
  func losesCells(_ least: Double) -> Bool { (missingChange ?? 0) >= least }

  /// Whether the share of missing cells fell by at least so much.
  func gainsCells(_ least: Double) -> Bool { (missingChange ?? 0) <= -least }

  private var missingChange: Double? {
    guard let current, current.rows > 0, baseline.rows > 0 else { return nil }
    return Double(current.missing) / Double(current.rows)
      - Double(baseline.missing) / Double(baseline.rows)
  }
}
