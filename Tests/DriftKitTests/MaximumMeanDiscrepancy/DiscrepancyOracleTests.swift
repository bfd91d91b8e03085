import DriftKit
import DriftTestSupport
import Testing

/// Values computed with NumPy, and complete enumerations.
@Suite struct DiscrepancyOracleTests {
  struct File: Decodable {
    let absoluteTolerance: Double
    let absoluteToleranceSingle: Double
    let toy: Toy
    let sleep: Sleep
    let standardised: Standardised
  }

  struct Toy: Decodable {
    let baseline: [[Double]]
    let current: [[Double]]
    let sigma: Double
    let unbiased: Double
    let splits: [String: Double]
    let exactPValue: Double
  }

  struct Sleep: Decodable {
    let baseline: [[Double]]
    let current: [[Double]]
    let sigma: Double
    let unbiased: Double
    let splitsAtLeastAsLarge: Int
    let splits: Int
    let exactPValue: Double
  }

  struct Standardised: Decodable {
    let baseline: [[Double]]
    let current: [[Double]]
    let sigma: Double
    let unbiased: Double
  }

  static func load() throws -> File { try Oracle.load("mmd") }

  private func test(
    _ x: [[Double]], _ y: [[Double]], _ configure: (inout MaximumMeanDiscrepancy.Options) -> Void
  ) throws -> MaximumMeanDiscrepancy {
    var options = MaximumMeanDiscrepancy.Options.oneKernel
    configure(&options)
    return try MaximumMeanDiscrepancy(
      baseline: SampleMatrix(rows: x), current: SampleMatrix(rows: y), options: options)
  }

  private func close(_ actual: Double, _ expected: Double, _ tolerance: Double) {
    let closeness = Closeness(actual, to: expected, absolute: tolerance)
    #expect(closeness.holds, "\(closeness)")
  }

  @Test(arguments: MaximumMeanDiscrepancy.Precision.allCases)
  func toy(_ precision: MaximumMeanDiscrepancy.Precision) throws {
    let file = try Self.load()
    let toy = file.toy
    let points = toy.baseline + toy.current
    for (name, expected) in toy.splits {
      let chosen = name.compactMap(\.wholeNumberValue)
      let result = try test(
        chosen.map { points[$0] },
        points.indices.filter { !chosen.contains($0) }.map { points[$0] }
      ) {
        $0.scale = .none
        $0.bandwidth = toy.sigma
        $0.precision = precision
      }
      close(result.statistic, expected, file.absoluteTolerance)
      #expect(result.isExact && result.permutations == 5)
      guard name == "01" else { continue }
      close(result.pValue, toy.exactPValue, 1e-15)
      #expect(result.bandwidth == toy.sigma)
    }
  }

  @Test func sleepWithAllSplits() throws {
    let file = try Self.load()
    let sleep = file.sleep
    let result = try test(sleep.baseline, sleep.current) {
      $0.scale = .none
      $0.permutations = sleep.splits - 1
      $0.threads = 2
    }
    close(result.statistic, sleep.unbiased, file.absoluteTolerance)
    close(result.bandwidth, sleep.sigma, 1e-15)
    #expect(result.isExact && result.permutations == sleep.splits - 1)
    close(result.pValue, Double(sleep.splitsAtLeastAsLarge) / Double(sleep.splits), 1e-15)
  }

  @Test func oneSplitTooManyIsSampled() throws {
    let sleep = try Self.load().sleep
    let result = try test(sleep.baseline, sleep.current) { $0.scale = .none }
    #expect(!result.isExact && result.permutations == 999)
    // Four standard errors of a share of 999 draws.
    close(result.pValue, sleep.exactPValue, 4 * 0.0145)
  }

  @Test(arguments: MaximumMeanDiscrepancy.Precision.allCases)
  func standardised(_ precision: MaximumMeanDiscrepancy.Precision) throws {
    let file = try Self.load()
    let result = try test(file.standardised.baseline, file.standardised.current) {
      $0.precision = precision
    }
    close(result.bandwidth, file.standardised.sigma, file.absoluteTolerance)
    close(result.statistic, file.standardised.unbiased, file.absoluteTolerance)
    #expect(result.columns == [0, 1, 2] && result.baselineRows == 40 && result.currentRows == 25)
  }
}
