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
        // Where all rows are in one bin there is no index, and nothing is rejected.
        stability: (try? PopulationStabilityIndex(baseline: x, current: y))?.pValue,
        newLevels: try NewLevelsTest(baseline: x, current: y).pValue,
        lostLevels: try LostLevelsTest(baseline: x, current: y).pValue
      )
    }
    RejectionRates(runs.map { $0.stability ?? 1 })
      .expect(.atMostLevel, "PSI", "\(family) \(sizes)")
    RejectionRates(runs.map(\.newLevels))
      .expect(.atMostLevel, "new levels", "\(family) \(sizes)")
    RejectionRates(runs.map(\.lostLevels))
      .expect(.atMostLevel, "lost levels", "\(family) \(sizes)")
  }
}
