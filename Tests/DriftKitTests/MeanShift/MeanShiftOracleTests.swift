import DriftKit
import DriftTestSupport
import Testing

/// One case of `fixtures/oracles/mean_shift.json`.
struct MeanShiftCase: Decodable, Sendable {
  struct Expected: Decodable, Sendable {
    let statistic: Double
    let degreesOfFreedom: Double
    let pValue: Double
    let differenceInterval95: [Double]
  }

  let source: String
  let baseline: [Double]
  let current: [Double]
  let welch: Expected
  let pooled: Expected
  let hedgesG: Double
}

@Suite("Mean shift: published examples")
struct MeanShiftOracleTests {
  private func check(
    _ test: some MeanShiftTest, _ expected: MeanShiftCase.Expected, exact: [Double],
    tolerance: Double, _ label: String
  ) throws {
    for closeness in [
      Closeness(test.statistic, to: expected.statistic, relative: tolerance),
      Closeness(test.degreesOfFreedom, to: expected.degreesOfFreedom, relative: tolerance),
      Closeness(test.pValue, to: expected.pValue, relative: tolerance),
    ] {
      #expect(closeness.holds, "\(label): \(closeness)")
    }

    let interval = try #require(test.confidenceInterval())
    for (index, bound) in [interval.lowerBound, interval.upperBound].enumerated() {
      let truth = Closeness(bound, to: exact[index], relative: 1e-12)
      #expect(truth.holds, "\(label): \(truth)")
      let published = expected.differenceInterval95[index]
      let closeness = Closeness(bound, to: published, relative: tolerance)
      #expect(closeness.holds, "\(label): \(closeness)")
    }
  }

  @Test("Statistic, degrees of freedom, p-value and g agree with SciPy, intervals with mpmath")
  func oracle() throws {
    let oracle: OracleTable<MeanShiftCase> = try Oracle.load("mean_shift")
    let intervals = try DistributionOracle.load().meanShiftIntervals95
    #expect(oracle.cases.map(\.source) == intervals.map(\.source))
    for (example, exact) in zip(oracle.cases, intervals) {
      let (x, y) = (example.baseline, example.current)
      try check(
        WelchTTest(baseline: x, current: y), example.welch, exact: exact.welch,
        tolerance: oracle.relativeTolerance, "Welch, \(example.source)")
      try check(
        StudentTTest(baseline: x, current: y), example.pooled, exact: exact.pooled,
        tolerance: oracle.relativeTolerance, "pooled, \(example.source)")
      let g = Closeness(
        try HedgesG(baseline: x, current: y)?.value, to: example.hedgesG,
        relative: oracle.relativeTolerance)
      #expect(g.holds, "\(example.source): \(g)")
    }
  }

  // SciPy 1.17.1, ttest_ind_from_stats; its documentation has the same example.
  @Test("From summary statistics")
  func summary() throws {
    let baseline = try Moments(count: 13, mean: 15, standardDeviation: 87.5.squareRoot())
    let current = try Moments(count: 11, mean: 12, standardDeviation: 39.0.squareRoot())
    let welch = try WelchTTest(baseline: baseline, current: current)
    let pooled = try StudentTTest(baseline: baseline, current: current)
    for closeness in [
      Closeness(welch.statistic, to: -0.9358461935556048, relative: 1e-14),
      Closeness(welch.pValue, to: 0.35999818693244234, relative: 1e-13),
      Closeness(pooled.statistic, to: -0.9051358093310269, relative: 1e-14),
      Closeness(pooled.pValue, to: 0.3751996797581489, relative: 1e-13),
    ] {
      #expect(closeness.holds, "\(closeness)")
    }
  }

  // SciPy 1.17.1 (R agrees with the pooled one, scipy issue 18069): one side constant.
  @Test("One constant side is an ordinary test")
  func oneConstant() throws {
    let welch = try WelchTTest(baseline: [1, 2, 3], current: [3, 3, 3])
    let pooled = try StudentTTest(baseline: [1, 2, 3], current: [3, 3, 3])
    #expect(welch.degreesOfFreedom == 2 && pooled.degreesOfFreedom == 4)
    for closeness in [
      Closeness(welch.statistic, to: 1.7320508075688774, relative: 1e-15),
      Closeness(welch.pValue, to: 0.22540333075851665, relative: 1e-14),
      Closeness(pooled.statistic, to: 1.7320508075688774, relative: 1e-15),
      Closeness(pooled.pValue, to: 0.15830242337545788, relative: 1e-14),
    ] {
      #expect(closeness.holds, "\(closeness)")
    }
  }
}
