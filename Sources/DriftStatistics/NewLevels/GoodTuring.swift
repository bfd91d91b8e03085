internal import DriftColumns

/// The share of rows with levels that a sample has not, as it is to be expected from the sample alone.
///
/// e = N1 / n, N1 being the number of levels seen exactly once among n rows; a share u of m further rows
/// is compared by z = (u - e) / sqrt(max(2 max(N1, 1), N1 + 2 N2) / n^2 + max(e, 1/n) (1 - min(e, 1)) / m),
/// upper tail. N2, the number of levels seen twice, matters where levels are of about equal share.
///
/// Sources: Good, "The Population Frequencies of Species and the Estimation of Population Parameters",
/// Biometrika 40, 1953; Robbins, "Estimating the Total Probability of the Unobserved Outcomes of an
/// Experiment", Annals of Mathematical Statistics 39, 1968; Esty, "A Normal Limit Law for a Nonparametric
/// Estimator of the Coverage of a Random Sample", Annals of Statistics 11, 1983.
struct GoodTuring: Sendable {
  /// The share to expect.
  let expectedShare: Double
  private let variance: Double

  /// - Parameters:
  ///   - sample: The rows that the levels are not in; of dropped levels it is not known whether they were
  ///     seen once: none are expected then.
  ///   - m: How many further rows there are.
  init(_ sample: LevelCounts, rows m: Double) {
    let n = Double(sample.present)
    let once = sample.isExact ? Double(sample.table.levels(occurring: 1)) : 0
    let twice = sample.isExact ? Double(sample.table.levels(occurring: 2)) : 0
    let e = once / n
    let unseen = max(2 * max(once, 1), once + 2 * twice) / (n * n)
    expectedShare = e
    variance = unseen + max(e, 1 / n) * (1 - min(e, 1)) / m
  }

  /// How likely at least such a share of the further rows is.
  func pValue(share: Double) -> Double {
    StandardNormal.upperTail((share - expectedShare) / variance.squareRoot())
  }
}
