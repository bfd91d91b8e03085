package import DriftSummaries

extension Moments {
  /// How many rows of such skewness have a mean that is as good as normal: 25 G^2, G being the
  /// skewness. 0 where that is not known, or all values are the same.
  ///
  /// Source: Cochran, "Sampling Techniques", 1977, section 2.15, rule 2.15.
  package var rowsForNormalMean: Double {
    skewness.map { 25 * $0 * $0 } ?? 0
  }
}
