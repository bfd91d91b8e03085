import DriftKit
import Testing

/// P-values of categorical columns without drift.
@Suite("Calibration: categorical columns") struct LevelCalibration {
  @Test(arguments: LevelFamily.allCases, Sizes.grid)
  func level(_ family: LevelFamily, _ sizes: Sizes) throws {
    let sampler = LevelSampler(family)
    let runs = try Calibration.runs(
      sizes.runs(fast: 600, long: 12_000), "levels \(family) \(sizes)"
    ) { source, _ in
      var sampler = sampler
      let x = try sampler.sample(sizes.n, &source)
      let y = try sampler.sample(sizes.m, &source)
      return (
        stability: try PopulationStabilityIndex(baseline: x, current: y).pValue,
        newLevels: try NewLevelsTest(baseline: x, current: y).pValue
      )
    }
    RejectionRates(runs.map(\.stability))
      .expect(stability(family, sizes), "PSI", "\(family) \(sizes)")
    RejectionRates(runs.map(\.newLevels))
      .expect(newLevels(family, sizes), "new levels", "\(family) \(sizes)")
  }

  private func stability(_ family: LevelFamily, _ sizes: Sizes) -> RejectionRates.Promise {
    // About one row of the rare level is expected on the smaller side: too few for chi-squared.
    // Measured: 2.8 % at the level of 1 %.
    guard family == .rare, sizes.n != sizes.m else { return .atMostLevel }
    return RejectionRates.Promise(rates: [0.03, 0.05, 0.1], isUniform: false)
  }

  private func newLevels(_ family: LevelFamily, _ sizes: Sizes) -> RejectionRates.Promise {
    // Many levels of one share, a few of which the baseline happens to lack: each of them is a
    // large jump, and the normal distribution is a rough guide. Measured: up to 4.5 % at 1 %, up to
    // 9.5 % at 5 %. Without N2 in the variance it was 12 % and 19 %.
    guard family == .even30 || family == .even100 else { return .atMostLevel }
    return RejectionRates.Promise(rates: [0.045, 0.095, 0.12], isUniform: false)
  }
}
