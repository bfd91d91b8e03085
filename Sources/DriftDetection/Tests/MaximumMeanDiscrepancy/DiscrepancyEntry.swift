internal import DriftStatistics

/// The kernel two-sample test in the table of tests: over all numeric features together.
package enum DiscrepancyEntry: DriftTest {
  package static let limits = DeclaredLimits(
    test: id, name: "MMD", warnKey: "mmd_effect_warn", failKey: "mmd_effect",
    defaults: Limits(warn: 0.52, fail: 0.55),
    documentation: "Separability of the rows of both sides (0.5: none) from which MMD is",
    symbol: "x", size: "separability")

  /// More features than this add next to nothing.
  private static let mostRanked = 1_000

  package static let fields: [TestField<DiscrepancyOutcome>] = [
    TestField(
      key: "statistic",
      metric: TestMetric(
        name: "mmd_statistic", help: "Squared maximum mean discrepancy, unbiased."),
      logName: "statistic"
    ) { .number($0.test.statistic) },
    TestField(
      key: "p_value",
      metric: TestMetric(name: "mmd_p_value", help: "P-value of the maximum mean discrepancy."),
      logName: "p_value"
    ) { .probability($0.test.pValue) },
    TestField(key: "permutations", logName: "permutations") { .count($0.test.permutations) },
    TestField(key: "permutation_unit", logName: "permutation_unit") {
      .text($0.test.unit.rawValue)
    },
    TestField(key: "block_size") { .count($0.test.blockSize) },
    TestField(key: "exact") { .flag($0.test.isExact) },
    TestField(key: "bandwidth", logName: "bandwidth") { .number($0.test.bandwidth) },
    TestField(key: "features") { .texts($0.features) },
    TestField(key: "rows") { rows($0.test.baselineRows, $0.test.currentRows) },
    TestField(key: "sampled") { .flag($0.test.isSampled) },
    .status,
    TestField(key: "p_value_adjusted", logName: "p_value_adjusted") {
      .probability($0.adjustedPValue)
    },
    TestField(
      key: "effect",
      metric: TestMetric(
        name: "mmd_effect_size", help: "Separability of the rows of both sides; 0.5 is none."),
      logName: "effect"
    ) { .number($0.test.separability) },
    TestField(key: "studentised", logName: "studentised") { .number($0.test.studentised) },
    TestField(key: "deciding_kernel", logName: "deciding_kernel") {
      $0.test.decidingKernel.map { .text($0.name) } ?? .record(nil)
    },
    TestField(key: "kernels") { .records($0.test.kernels.map(\.record)) },
    TestField(key: "features_ranked") {
      .records($0.causes?.features.prefix(mostRanked).map(\.record))
    },
    TestField(key: "ranked_rows") {
      $0.causes.map { rows($0.baselineRows, $0.currentRows) } ?? .record(nil)
    },
    TestField(key: "witness_rows") { .records($0.causes?.rows.map(\.record)) },
  ]

  /// A finding in words.
  static func reason(_ finding: Finding, _ outcome: DiscrepancyOutcome) -> String {
    "MMD: separability \(NumberText.fixed(finding.observed ?? .nan, 3)) >= "
      + "\(NumberText.significant(finding.limit ?? .nan, 3)) over "
      + "\(outcome.features.count) features (\(NumberText.pValue(outcome.adjustedPValue))), "
      + outcome.toldApart
      + (outcome.causes?.reason.map { ", \($0)" } ?? "")
  }

  private static func rows(_ baseline: Int, _ current: Int) -> TestValue {
    .record([("baseline", .count(baseline)), ("current", .count(current))])
  }
}

extension DiscrepancyOutcome {
  /// The separability in words.
  package var toldApart: String {
    "rows of both sides can be told apart in \(NumberText.fixed(100 * test.separability, 0)) %"
  }
}

extension MaximumMeanDiscrepancy.Kernel {
  fileprivate var record: TestValue {
    .record([
      ("name", .text(name)), ("bandwidth", .number(bandwidth)), ("statistic", .number(statistic)),
      ("studentised", .number(studentised)),
    ])
  }
}

extension DiscrepancyCauses.Feature {
  fileprivate var record: TestValue {
    .record([
      ("feature", .text(name)), ("statistic_without", .number(statisticWithout)),
      ("drop", .number(drop)), ("share", .number(share)),
    ])
  }
}

extension DiscrepancyCauses.Row {
  fileprivate var record: TestValue {
    let values = values.map { value in
      TestValue.record([
        ("feature", .text(value.feature)), ("value", .number(value.value)),
        ("z", .number(value.standardised)),
      ])
    }
    return .record([
      ("row", number.map { .count($0) } ?? .number(nil)), ("witness", .number(witness)),
      ("features", .records(values)),
    ])
  }
}
