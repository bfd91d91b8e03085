import DriftKit
import Testing

/// P-values of numeric columns without drift.
///
/// Rejection rates at 1, 5 and 10 % that are known to be off, in percent, from 20,000 runs (5,000
/// for more than 1,200 rows):
///
/// | p-value of | columns | sizes | rates |
/// |---|---|---|---|
/// | PSI | continuous, zero-inflated | 50/500 | 3 to 4, 9 to 11, 14 to 17 |
/// | PSI | continuous, zero-inflated | 100/1000 | 2.3, 7.7, 13.5 |
/// | PSI | continuous, zero-inflated | 500/5000 | 1.4, 5.7, 11 |
/// | PSI | counts, mean 4 | 50/50 | 1.8, 8.3, 15 |
/// | PSI | counts, mean 4 | 50/500 | 4.1, 13, 21 |
/// | PSI | counts, mean 4 | 100/1000 | 1.9, 7.0, 13 |
/// | PSI | counts, mean 0.3 | 500/50, 5000/500 | 2.8, 7 to 8, 11 to 12 |
/// | Welch | lognormal, zero-inflated | 50/500, 500/50 | 3.5 to 3.9, 8.5, 13.5 |
/// | Welch | the same | 500/5000, 5000/500 | 1.6, 5.5, 10.5 |
/// | Welch | counts, mean 0.3 | 50/500, 500/50 | 1.9, 6.1, 11 |
/// | Welch | counts, mean 0.3 | 100/1000 | 1.6, 5.7, 10 |
///
/// PSI: the bins are chosen by the baseline, so that its counts in them are not what chance makes
/// of counts in bins known beforehand. A small baseline against a large current sample shows it.
/// Welch: the t distribution does not fit the mean of a small sample of skewed values.
@Suite("Calibration: numeric columns") struct NumericCalibration {
  @Test(arguments: NumericFamily.allCases, Sizes.grid)
  func level(_ family: NumericFamily, _ sizes: Sizes) throws {
    let runs = try Calibration.runs(
      sizes.runs(fast: 1000, long: 20_000), "numeric \(family) \(sizes)"
    ) { source, _ in
      let x = family.sample(sizes.n, &source)
      let y = family.sample(sizes.m, &source)
      return (
        // Where all rows are in one bin there is no index, and nothing is rejected.
        stability: (try? PopulationStabilityIndex(baseline: x, current: y))?.pValue,
        welch: try WelchTTest(baseline: x, current: y).pValue
      )
    }
    RejectionRates(runs.map { $0.stability ?? 1 })
      .expect(stability(family, sizes), "PSI", "\(family) \(sizes)")
    RejectionRates(runs.map(\.welch))
      .expect(welch(family, sizes), "Welch", "\(family) \(sizes)")
  }

  private func stability(_ family: NumericFamily, _ sizes: Sizes) -> RejectionRates.Promise {
    switch (family, sizes.n, sizes.m) {
    case (.poisson, 50, 50): .off(0.019, 0.085, 0.15)
    case (.poisson, 100, 100), (.fivePoints, 50, 50): .off(0.012, 0.057, 0.111)
    case (.poisson, 50, 500): .off(0.042, 0.135, 0.215)
    case (.poisson, 100, 1000): .off(0.02, 0.071, 0.132)
    case (.fivePoints, 50, 500), (.rareCounts, 500, 5000): .off(0.017, 0.062, 0.115)
    case (.rareCounts, 500, 50), (.rareCounts, 5000, 500): .off(0.029, 0.081, 0.119)
    case (.poisson, _, _), (.fivePoints, _, _), (.rareCounts, _, _): .atMostLevel
    case (_, 50, 500): .off(0.041, 0.109, 0.175)
    case (_, 100, 1000): .off(0.025, 0.08, 0.14)
    case (_, 500, 5000): .off(0.0155, 0.061, 0.112)
    case (.zeroInflated, _, _): .atMostLevel
    default: .uniform
    }
  }

  private func welch(_ family: NumericFamily, _ sizes: Sizes) -> RejectionRates.Promise {
    switch (family, min(sizes.n, sizes.m), max(sizes.n, sizes.m)) {
    case (.lognormal, 50, 500), (.zeroInflated, 50, 500): .off(0.04, 0.088, 0.138)
    case (.lognormal, 100, 1000), (.zeroInflated, 100, 1000): .off(0.03, 0.075, 0.125)
    case (.lognormal, 500, 5000), (.zeroInflated, 500, 5000): .off(0.0165, 0.057, 0.107)
    case (.rareCounts, 50, 500): .off(0.021, 0.063, 0.112)
    case (.rareCounts, 100, 1000): .off(0.017, 0.059, 0.104)
    case (.normal, _, _), (.withMissing, _, _): .uniform
    default: .atMostLevel
    }
  }
}
