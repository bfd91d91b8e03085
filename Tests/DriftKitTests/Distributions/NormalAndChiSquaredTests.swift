import DriftKit
import DriftTestSupport
import Testing

@Suite("Standard normal distribution")
struct StandardNormalTests {
  @Test("The upper tail agrees with mpmath")
  func tail() throws {
    let oracle = try DistributionOracle.load()
    for expected in oracle.normalUpperTail {
      let closeness = Closeness(
        StandardNormal.upperTail(expected.z), to: expected.pValue,
        relative: oracle.relativeTolerance)
      #expect(closeness.holds, "z \(expected.z): \(closeness)")
    }
  }

  @Test("The quantile agrees with mpmath")
  func quantile() throws {
    for expected in try DistributionOracle.load().normalUpperQuantile {
      let closeness = Closeness(
        StandardNormal.upperQuantile(expected.pValue), to: expected.quantile, absolute: 1e-14)
      #expect(closeness.holds, "p \(expected.pValue): \(closeness)")
    }
    #expect(StandardNormal.upperQuantile(0) == .infinity)
    #expect(StandardNormal.upperQuantile(1) == -.infinity)
    #expect(StandardNormal.upperQuantile(2).isNaN)
  }
}

@Suite("Chi-squared distribution")
struct ChiSquaredTests {
  @Test("The upper tail agrees with mpmath")
  func tail() throws {
    let oracle = try DistributionOracle.load()
    for expected in oracle.chiSquaredUpperTail {
      let closeness = Closeness(
        ChiSquared(degreesOfFreedom: expected.degreesOfFreedom).upperTail(expected.statistic),
        to: expected.pValue, relative: oracle.relativeTolerance)
      #expect(
        closeness.holds, "x \(expected.statistic), df \(expected.degreesOfFreedom): \(closeness)")
    }
  }

  struct Quantile: Decodable, Sendable {
    let degreesOfFreedom: Double
    let upperTail: Double
    let quantile: Double
  }

  @Test("The quantile and its tail agree with SciPy")
  func quantile() throws {
    let oracle: OracleTable<Quantile> = try Oracle.load("chi_squared")
    for expected in oracle.cases {
      let distribution = ChiSquared(degreesOfFreedom: expected.degreesOfFreedom)
      let closeness = Closeness(
        distribution.upperQuantile(expected.upperTail), to: expected.quantile,
        relative: oracle.relativeTolerance)
      #expect(
        closeness.holds, "p \(expected.upperTail), df \(expected.degreesOfFreedom): \(closeness)")
      // SciPy's own quantile has errors of 1e-15 relative, which the tail multiplies by up to 1,000.
      let tail = Closeness(
        distribution.upperTail(expected.quantile), to: expected.upperTail, relative: 1e-11)
      #expect(tail.holds, "df \(expected.degreesOfFreedom): \(tail)")
    }
  }

  @Test("Limits", arguments: [1.0, 2, 9, 100, 1e6])
  func limits(df: Double) {
    let distribution = ChiSquared(degreesOfFreedom: df)
    #expect(distribution.upperTail(0) == 1)
    #expect(distribution.upperTail(-1) == 1)
    #expect(distribution.upperTail(.infinity) == 0)
    #expect(distribution.upperTail(1e8) == 0)
    #expect(distribution.upperTail(.nan).isNaN)
    #expect(distribution.upperQuantile(1) == 0)
    #expect(distribution.upperQuantile(0) == .infinity)
  }

  @Test("Quantiles near the lower end invert the tail", arguments: [1.0, 2, 9, 500])
  func lowerEnd(df: Double) {
    let distribution = ChiSquared(degreesOfFreedom: df)
    for p in [0.9, 0.99, 0.999999] {
      let x = distribution.upperQuantile(p)
      let body = Closeness(1 - distribution.upperTail(x), to: 1 - p, relative: 1e-8)
      #expect(body.holds, "p \(p): \(body)")
    }
  }
}
