internal import DriftColumns
internal import DriftStatistics

/// Missing and invalid cells in the table of tests.
package enum CellsEntry: FeatureTest {
  package static let title = "Missing and invalid cells"
  package static let evidence: EvidenceShare? = .part
  package static let kinds: Set<ColumnKind> = [.numeric, .categorical, .time]
  package static let limits = DeclaredLimits(
    test: id, name: "missing cells", warnKey: "missing_warn", failKey: "missing_fail",
    defaults: Limits(warn: 0.02, fail: 0.10),
    documentation: "Change of the share of missing or invalid cells from which a feature is",
    symbol: "x", size: "change of cells")

  package static let fields: [TestField<CellsOutcome>] = [
    TestField(key: "missing", label: "Change of the missing share") {
      .number($0.test.missingChange)
    },
    TestField(key: "invalid", label: "Change of the invalid share") {
      .number($0.test.invalidChange)
    },
    TestField(key: "p_value", label: "p-value") { .probability($0.test.pValue) },
    TestField(key: "p_value_adjusted", label: "Adjusted p-value") {
      .probability($0.adjustedPValue)
    },
    .status,
  ]

  package static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison) {
    comparison.result.cells = comparison.evidence?.cells.map { CellsOutcome(test: $0) }
  }

  package static func reason(_ finding: Finding, _ feature: FeatureResult) -> String {
    guard let outcome = feature.cells, let current = feature.current else { return "" }
    let p = finding.adjustedPValue.map { " (\(NumberText.pValue($0)))" } ?? ""
    let isInvalid = abs(outcome.test.invalidChange) > abs(outcome.test.missingChange)
    guard !isInvalid else { return CellRemarks(feature).change + p }
    func share(_ side: SideSummary) -> String {
      NumberText.percent(Double(side.missing) / Double(max(1, side.rows)))
    }
    return "missing cells \(share(feature.baseline)) -> \(share(current)), changed by >= "
      + NumberText.percent(finding.limit ?? .nan) + p
  }
}
