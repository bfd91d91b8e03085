internal import DriftStatistics

/// The change of dependence in the table of tests: over all numeric features together.
package enum DependenceEntry: DriftTest {
  package static let limits = DeclaredLimits(
    test: id, name: "dependence", warnKey: "dependence_warn", failKey: "dependence_fail",
    defaults: Limits(warn: 0.10, fail: 0.20),
    documentation: "Change of a correlation of two features from which dependence is",
    symbol: "r", size: "correlation")

  package static let fields: [TestField<DependenceOutcome>] = [
    TestField(
      key: "statistic",
      metric: TestMetric(
        name: "dependence_statistic",
        help: "Largest change of a correlation, as a difference of inverse hyperbolic tangents."),
      logName: "statistic"
    ) { .number($0.test.statistic) },
    TestField(
      key: "p_value",
      metric: TestMetric(name: "dependence_p_value", help: "P-value of the change of dependence."),
      logName: "p_value"
    ) { .probability($0.test.pValue) },
    TestField(key: "p_value_adjusted", logName: "p_value_adjusted") {
      .probability($0.adjustedPValue)
    },
    TestField(
      key: "effect",
      metric: TestMetric(
        name: "dependence_effect_size", help: "Largest change of a correlation beyond chance."),
      logName: "effect"
    ) { .number($0.largestChange) },
    TestField(key: "pairs") { outcome in
      .records(outcome.pairs.prefix(mostPairs).map(\.record))
    },
    .status,
  ]

  /// The most pairs of a report.
  private static let mostPairs = 20
  /// The most pairs of a sentence.
  private static let mostNamed = 3

  /// A finding in words.
  static func reason(_ finding: Finding, _ outcome: DependenceOutcome) -> String {
    let named = outcome.pairs.prefix(mostNamed).map(\.sentence)
    let more = outcome.pairs.count - named.count
    return "\(named.joined(separator: ", "))\(more > 0 ? " and \(more) more pairs" : ""): change "
      + "\(NumberText.fixed(finding.observed ?? .nan, 3)) >= "
      + "\(NumberText.significant(finding.limit ?? .nan, 3)) "
      + "(\(NumberText.pValue(outcome.adjustedPValue)))"
  }
}

extension DependenceOutcome.Pair {
  /// What changed, in words.
  package var sentence: String {
    "correlation of \(features[0]) and \(features[1]) \(NumberText.fixed(baselineCorrelation, 2)) -> "
      + NumberText.fixed(currentCorrelation, 2)
  }

  fileprivate var record: TestValue {
    .record([
      ("features", .texts(features)), ("baseline_correlation", .number(baselineCorrelation)),
      ("current_correlation", .number(currentCorrelation)), ("p_value", .probability(pValue)),
    ])
  }
}
