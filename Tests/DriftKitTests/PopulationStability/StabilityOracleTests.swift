import DriftKit
import DriftTestSupport
import Testing

/// Published examples, and the numbers of the older Python job.
@Suite struct StabilityOracleTests {
  struct File: Decodable {
    let relativeTolerance: Double
    let shares: [Shares]
    let counts: [Counts]
    let churnMlopsCompat: [Compat]
  }

  struct Shares: Decodable {
    let baseline: [Double]
    let current: [Double]
    let psi: Double
  }

  struct Counts: Decodable {
    let baseline: [Int]
    let current: [Int]
    let psi: Double
    let criticalValue95: Double
    let pValue: Double
  }

  struct Compat: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let baseline: [Double]
    let current: [Double]
    let psi: Double
    var testDescription: String { name }
  }

  static func load() throws -> File { try Oracle.load("population_stability") }

  @Test func publishedShares() throws {
    for item in try Self.load().shares {
      let value = try PopulationStabilityIndex.value(
        baselineShares: item.baseline, currentShares: item.current)
      let closeness = Closeness(value, to: item.psi, relative: 1e-12)
      #expect(closeness.holds, "\(closeness)")
    }
  }

  @Test func publishedCounts() throws {
    for item in try Self.load().counts {
      var options = PopulationStabilityIndex.Options()
      options.alpha = 0.05
      let psi = try PopulationStabilityIndex(
        baselineCounts: item.baseline, currentCounts: item.current, options: options)
      for closeness in [
        Closeness(psi.value, to: item.psi, relative: 1e-12),
        Closeness(psi.criticalValue, to: item.criticalValue95, relative: 1e-12),
        // The published p-value is that of the index scaled by the noise, not Pearson's.
        Closeness(
          ChiSquared(degreesOfFreedom: 6).upperTail(psi.value / (1 / 999.0 + 1 / 1001.0)),
          to: item.pValue, relative: 1e-11),
        // scipy.stats.chi2_contingency of the same counts, SciPy 1.17.1.
        Closeness(psi.pValue, to: 8.170478384595824e-06, relative: 1e-11),
      ] {
        #expect(closeness.holds, "\(closeness)")
      }
    }
  }

  @Test(arguments: try load().churnMlopsCompat) func olderJob(_ item: Compat) {
    let psi = PopulationStabilityIndex.churnMLOps(baseline: item.baseline, current: item.current)
    let closeness = Closeness(psi.value, to: item.psi, absolute: 1e-12)
    #expect(closeness.holds, "\(closeness)")
  }
}
