package import DriftDetection

extension Report {
  /// The findings in words, with what the user can do where memory was too small.
  package var reasons: [String] { findings.map(\.text) }

  /// The findings with their words.
  var findings: [(finding: Finding, text: String)] { result.worded(advice: context.advice) }

  /// What else is worth knowing, in the user's words.
  package var notes: [String] { result.notes(context.words) }
}

extension Report.Context {
  /// What a user can do about some findings.
  package var advice: FindingAdvice {
    FindingAdvice(memory: "raise \(memoryLimitName)", missingFeature: words.missingFeature)
  }
}

extension FeatureResult {
  /// What the index may be at most, where it warns for that alone.
  var possibleStability: Double? {
    finding(of: .populationStability).flatMap { $0.certainty == .upTo ? $0.observed : nil }
  }

  /// Whether it is not known, for lack of memory, how much the feature changed.
  var isUncertain: Bool { findings.contains { $0.certainty == .upTo } }

  /// Whether it is known that it has more new levels than are usual.
  var hasNewLevels: Bool {
    finding(of: .newLevels).map { $0.certainty != .upTo } ?? false
  }

  /// Whether it is known that more levels of the baseline are gone than are usual.
  var hasLostLevels: Bool {
    finding(of: .lostLevels).map { $0.certainty != .upTo } ?? false
  }
}

extension DriftResult {
  /// Whether the features taken together are not what decided.
  var isJointlyQuiet: Bool {
    maximumMeanDiscrepancy?.finding == nil && dependence?.finding == nil
  }
}
