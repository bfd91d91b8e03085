import DriftKit
import DriftTestSupport
import Testing

@Suite("Student's t distribution")
struct StudentTTests {
  @Test("The two-sided tail agrees with mpmath at 0.5 to 1e18 degrees of freedom")
  func tail() throws {
    let oracle = try DistributionOracle.load()
    for expected in oracle.studentTTwoSidedTail {
      let tail = StudentT(degreesOfFreedom: expected.degreesOfFreedom)
        .twoSidedTail(expected.statistic)
      let closeness = Closeness(tail, to: expected.pValue, relative: oracle.relativeTolerance)
      #expect(
        closeness.holds, "t \(expected.statistic), df \(expected.degreesOfFreedom): \(closeness)")
    }
  }

  @Test("The shared oracle, down to a subnormal probability")
  func sharedOracle() throws {
    let oracle: OracleTable<DistributionOracle.TailCase> = try Oracle.load("student_t_tail")
    for expected in oracle.cases {
      let tail = StudentT(degreesOfFreedom: expected.degreesOfFreedom)
        .twoSidedTail(expected.statistic)
      let subnormal = expected.pValue < Double.leastNormalMagnitude
      let closeness = Closeness(
        tail, to: expected.pValue, relative: subnormal ? 1e-9 : oracle.relativeTolerance)
      #expect(
        closeness.holds, "t \(expected.statistic), df \(expected.degreesOfFreedom): \(closeness)")
    }
  }

  @Test("The quantile agrees with mpmath")
  func quantile() throws {
    for expected in try DistributionOracle.load().studentTTwoSidedQuantile {
      let quantile = StudentT(degreesOfFreedom: expected.degreesOfFreedom)
        .twoSidedQuantile(expected.pValue)
      let closeness = Closeness(quantile, to: expected.quantile, relative: 1e-12)
      #expect(
        closeness.holds, "p \(expected.pValue), df \(expected.degreesOfFreedom): \(closeness)")
    }
  }

  // df 1: 2 atan(1/t) / pi; df 2: 1 - t / sqrt(2 + t^2).
  @Test("Closed forms", arguments: [0.25, 1, 1.7, 2.5, 40])
  func closedForms(t: Double) {
    let cauchy = Closeness(
      StudentT(degreesOfFreedom: 1).twoSidedTail(t), to: cauchyTail(t), relative: 1e-13)
    #expect(cauchy.holds, "\(cauchy)")
    // 1 - t / sqrt(2 + t^2) without cancellation.
    let root = (2 + t * t).squareRoot()
    let two = Closeness(
      StudentT(degreesOfFreedom: 2).twoSidedTail(t), to: 2 / (root * (root + t)), relative: 1e-13)
    #expect(two.holds, "\(two)")
  }

  @Test(
    "Both ways of computing the tail meet at their border",
    arguments: [30.0, 47.5, 200, 1e4, 1e6])
  func continuity(df: Double) {
    // log(1 + t^2/df) = 1 at the border.
    let border = (df * 1.718281828459045).squareRoot()
    let t = StudentT(degreesOfFreedom: df)
    let (below, above) = (t.twoSidedTail(border * (1 - 1e-9)), t.twoSidedTail(border * (1 + 1e-9)))
    if below > 1e-300 {
      // The slope of log p over a step of 2e-9.
      let slope = 2e-9 * border * 2 * t.density(border) / below
      let closeness = Closeness(above / below, to: 1 - slope, absolute: slope * slope + 1e-12)
      #expect(closeness.holds, "\(closeness)")
    } else {
      #expect(below >= above && above >= 0)
    }
  }

  @Test("Limits", arguments: [0.5, 1, 7, 29, 30, 1e9, 1e300, .infinity])
  func limits(df: Double) {
    let t = StudentT(degreesOfFreedom: df)
    #expect(t.twoSidedTail(0) == 1)
    #expect(t.twoSidedTail(.infinity) == 0)
    #expect(t.twoSidedTail(-.infinity) == 0)
    #expect(t.twoSidedTail(.nan).isNaN)
    #expect(t.twoSidedTail(-1.25) == t.twoSidedTail(1.25))
    #expect(t.twoSidedTail(1e-300) == 1)
    #expect(t.twoSidedQuantile(1) == 0)
    #expect(t.twoSidedQuantile(0) == .infinity)
    #expect(t.twoSidedQuantile(-0.1).isNaN)
  }

  @Test("Beyond any size it is the normal distribution", arguments: [1e22, 1e25, 1e26, 1e300])
  func normalLimit(df: Double) {
    for z in [0.1, 1, 5, 20, 37] {
      let closeness = Closeness(
        StudentT(degreesOfFreedom: df).twoSidedTail(z), to: 2 * StandardNormal.upperTail(z),
        relative: 1e-12)
      #expect(closeness.holds, "z \(z): \(closeness)")
    }
  }

  private func cauchyTail(_ t: Double) -> Double {
    // mpmath 1.3.0, 2 atan(1/t) / pi.
    let values: [Double: Double] = [
      0.25: 0.8440417392452614,
      1.0: 0.5,
      1.7: 0.33850605466066536,
      2.5: 0.2422378831816868,
      40.0: 0.015912179824051628,
    ]
    return values[t] ?? .nan
  }
}
