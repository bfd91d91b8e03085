internal import DriftStatistics

/// Why a mean shift does not count by itself.
struct SkewRemark {
  private let side: MeanShiftOutcome.SkewedSide
  /// The adjusted p-value of the feature's distribution; nil where it has none.
  private let evidence: Double?

  init(_ side: MeanShiftOutcome.SkewedSide, evidence: Double?) {
    (self.side, self.evidence) = (side, evidence)
  }

  func remark(_ feature: String) -> Remark {
    let title = side.isBaseline ? "baseline" : "current"
    let needed = NumberText.grouped(Int(min(side.rowsNeeded.rounded(.up), 1e15)))
    let shown = evidence.map { "shows less (\(NumberText.pValue($0)))" } ?? "shows nothing"
    return Remark(
      "\(feature): its mean shift counts only with its distribution, which \(shown): "
        + "\(NumberText.grouped(side.rows)) \(title) rows are too few for a skewness of "
        + "\(NumberText.fixed(side.skewness, 1)), which takes \(needed)")
  }
}
