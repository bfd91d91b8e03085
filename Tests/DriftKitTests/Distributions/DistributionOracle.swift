import DriftTestSupport

/// `fixtures/oracles/distributions.json`.
struct DistributionOracle: Decodable, Sendable {
  let relativeTolerance: Double
  let gammaHalfRatio: [GammaCase]
  let studentTTwoSidedTail: [TailCase]
  let studentTTwoSidedQuantile: [QuantileCase]
  let normalUpperTail: [NormalTailCase]
  let normalUpperQuantile: [NormalQuantileCase]
  let chiSquaredUpperTail: [TailCase]
  let meanShiftIntervals95: [IntervalCase]

  struct IntervalCase: Decodable, Sendable {
    let source: String
    let welch: [Double]
    let pooled: [Double]
  }

  struct GammaCase: Decodable, Sendable {
    let a: Double
    let value: Double
    let logarithm: Double
  }

  struct TailCase: Decodable, Sendable {
    let statistic: Double
    let degreesOfFreedom: Double
    let pValue: Double
  }

  struct QuantileCase: Decodable, Sendable {
    let pValue: Double
    let degreesOfFreedom: Double
    let quantile: Double
  }

  struct NormalTailCase: Decodable, Sendable {
    let z: Double
    let pValue: Double
  }

  struct NormalQuantileCase: Decodable, Sendable {
    let pValue: Double
    let quantile: Double
  }

  static func load() throws -> Self { try Oracle.load("distributions") }
}
