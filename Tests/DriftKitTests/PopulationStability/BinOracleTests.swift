import DriftKit
import DriftTestSupport
import Testing

/// Bins, index, p-value and the test for new levels against the reference in Python.
@Suite struct BinOracleTests {
  struct File: Decodable {
    let relativeTolerance: Double
    let alpha: Double
    let numeric: [NumericCase]
    let categorical: [CategoricalCase]
  }

  struct NumericCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let bins: Int
    let baseline: [String?]
    let current: [String?]
    let psi: Expected
    var testDescription: String { name }
  }

  struct CategoricalCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let baseline: [String?]
    let current: [String?]
    let psi: Expected
    let newLevels: ExpectedNewLevels
    var testDescription: String { name }
  }

  struct Expected: Decodable, Sendable {
    let counts: [[Int]]
    let value: Double
    let smoothed: Bool
    let pValue: Double
    let criticalValue: Double
    let biasCorrected: Double
  }

  struct ExpectedNewLevels: Decodable, Sendable {
    let share: Double
    let expectedShare: Double
    let pValue: Double
  }

  static func load() throws -> File { try Oracle.load("bins") }

  @Test(arguments: try load().numeric) func numeric(_ item: NumericCase) throws {
    var options = PopulationStabilityIndex.Options()
    options.binning = .quantile(bins: item.bins)
    func values(_ cells: [String?]) -> [Double] { cells.map { $0.flatMap(Double.init) ?? .nan } }
    try expect(
      PopulationStabilityIndex(
        baseline: values(item.baseline), current: values(item.current), options: options),
      item.psi)
  }

  @Test(arguments: try load().categorical) func categorical(_ item: CategoricalCase) throws {
    let (x, y) = (LevelCounts(item.baseline), LevelCounts(item.current))
    try expect(PopulationStabilityIndex(baseline: x, current: y), item.psi)
    let test = try NewLevelsTest(baseline: x, current: y)
    close(test.share, item.newLevels.share)
    close(test.expectedShare, item.newLevels.expectedShare)
    close(test.pValue, item.newLevels.pValue)
  }

  private func expect(_ psi: PopulationStabilityIndex, _ expected: Expected) throws {
    let counts = psi.bins.map { [$0.baselineCount, $0.currentCount] }
    #expect(counts.sorted { $0.lexicographicallyPrecedes($1) } == expected.counts)
    #expect(psi.isSmoothed == expected.smoothed)
    close(psi.value, expected.value)
    close(psi.pValue, expected.pValue)
    close(psi.criticalValue, expected.criticalValue)
    close(psi.biasCorrected, expected.biasCorrected)
    close(psi.bins.reduce(0) { $0 + $1.contribution }, psi.value)
  }

  private func close(_ actual: Double, _ expected: Double) {
    let closeness =
      expected == 0
      ? Closeness(actual, to: 0, absolute: 1e-12)
      : Closeness(actual, to: expected, relative: 1e-9)
    #expect(closeness.holds, "\(closeness)")
  }
}
