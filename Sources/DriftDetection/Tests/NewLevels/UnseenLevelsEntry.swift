internal import DriftStatistics

/// What a test of levels that only one side has reports.
package protocol UnseenLevelsOutcome: JudgedResult {
  /// The share of the side's rows that have one.
  var share: Double { get }
  /// By how much it may be too low.
  var shareError: Double { get }
  /// The share to expect.
  var expectedShare: Double { get }
  /// The share to expect from one side alone.
  var goodTuringShare: Double { get }
  /// The most frequent of them, with their rows.
  var exampleCounts: [(name: String, rows: Int)] { get }
  /// The p-value, adjusted over all categorical features.
  var adjustedPValue: Double { get }
}

extension UnseenLevelsOutcome {
  /// The share of rows beyond the expected one.
  public var effect: Double? { share - expectedShare }
  /// The first examples for a sentence.
  var examples: String {
    exampleCounts.prefix(3).map { LongText.cut($0.name, to: LongText.longestInSentence) }
      .joined(separator: ", ")
  }
}

/// A test of levels that only one side has: new ones, and lost ones.
package protocol UnseenLevelsEntry: FeatureTest where Outcome: UnseenLevelsOutcome {
  /// What the share may be at most, where that is not known.
  static var possible: any WritableKeyPath<FeatureComparison, MostUnseenLevels?> & Sendable { get }
  /// The same where the test warns for that alone.
  static var bound: any WritableKeyPath<FeatureResult, FeatureResult.LevelsBound?> & Sendable {
    get
  }
}

extension UnseenLevelsEntry {
  /// The fields of the report.
  static var sharedFields: [TestField<Outcome>] {
    [
      TestField(key: "share", label: "Share of rows") { .share($0.share) },
      TestField(key: "expected_share", label: "Expected share") { .share($0.expectedShare) },
      TestField(key: "good_turing_share", label: "Expected share by Good and Turing") {
        .share($0.goodTuringShare)
      },
      TestField(key: "p_value", label: "p-value") { .probability($0.significance?.pValue) },
      TestField(key: "p_value_adjusted", label: "Adjusted p-value") {
        .probability($0.adjustedPValue)
      },
      TestField(key: "examples", label: "Rows with") { outcome in
        .categories(
          outcome.exampleCounts.map { (LongText.cut($0.name, to: LongText.longestLevel), $0.rows) })
      },
      .status,
    ]
  }

  package static func judge(_ comparison: inout FeatureComparison, _ verdict: FeatureVerdict)
    -> Finding?
  {
    let subject = Finding.Subject.feature(comparison.result.name)
    let thresholds = verdict.limits
    if let outcome = comparison.result.results[Outcome.self] {
      let excess = outcome.share - outcome.expectedShare
      let status = thresholds.status(
        limits, effect: excess, adjustedPValue: outcome.adjustedPValue)
      comparison.result.results[Outcome.self]?.status = status
      guard verdict.isComplete else { return nil }
      let finding = Finding(
        subject, id, status, observed: excess, limit: limit(status, thresholds),
        adjustedPValue: outcome.adjustedPValue,
        certainty: outcome.shareError > 0 ? .atLeast : .exact)
      if let finding { return finding }
    }
    guard verdict.isComplete, let most = comparison[keyPath: possible],
      thresholds.status(
        limits, effect: most.share - most.expectedShare, adjustedPValue: most.pValue) != .ok
    else { return nil }
    comparison.result.results[Outcome.self]?.status = .warn
    comparison.result[keyPath: bound] = .init(
      share: most.share, expectedShare: most.isExpectedKnown ? most.expectedShare : nil)
    return Finding(
      subject, id, .warn, observed: most.share - most.expectedShare,
      limit: thresholds[limits].warn, adjustedPValue: most.pValue, certainty: .upTo)
  }

  /// A finding in words.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - feature: The feature.
  ///   - rows: Whose rows have what.
  ///   - possibly: Whose rows may have what.
  ///   - rewritten: What they are but for how they are written.
  /// - Returns: The words, without the feature's name.
  static func reason(
    _ finding: Finding, _ feature: FeatureResult, rows: String, possibly: String,
    rewritten: String?
  ) -> String {
    if finding.certainty == .upTo, let bound = feature[keyPath: bound] {
      let expected = bound.expectedShare.map(NumberText.percent) ?? "an unknown share"
      return "up to \(NumberText.percent(bound.share)) of \(possibly), \(expected) expected, "
        + FeatureResult.memoryDoubt
    }
    guard let outcome = feature.results[Outcome.self] else { return "" }
    return "\(finding.certainty == .atLeast ? "at least " : "")"
      + "\(NumberText.percent(outcome.share)) of \(rows), "
      + "\(NumberText.percent(outcome.expectedShare)) expected "
      + "(\(NumberText.pValue(outcome.adjustedPValue))): \(outcome.examples)"
      + (rewritten.map { "; \($0)" } ?? "")
  }
}

extension FeatureComparison {
  /// Notes what an attempt to test levels has to say: that it was a sample, or why there is none.
  mutating func note(_ what: String, levelsForOne: Double) {
    guard levelsForOne > 1 else { return }
    let number = NumberText.significant(levelsForOne, 3)
    result.remarks.append(
      "\(result.name): \(what) from a sample, one of \(number) levels with all its rows")
  }

  /// Notes why levels were not tested.
  mutating func note(_ what: String, _ error: StatisticsError) {
    result.remarks.append(
      Remark(
        "\(result.name): \(what) not tested, \(error.problem)",
        advice: error.recovery?.kind == .moreMemory ? .moreMemory : nil))
  }
}
