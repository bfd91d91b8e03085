import DriftKit
import DriftTestSupport
import Testing

/// Bins, index and p-value against the reference in Python.
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
    /// Nil where all rows are in one bin.
    let psi: Expected?
    var testDescription: String { name }
  }

  struct CategoricalCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let baseline: [String?]
    let current: [String?]
    let psi: Expected?
    var testDescription: String { name }
  }

  struct Expected: Decodable, Sendable {
    let counts: [[Int]]
    let value: Double
    let smoothed: Bool
    let pValue: Double?
    let criticalValue: Double
    let biasCorrected: Double
  }

  static func load() throws -> File { try Oracle.load("bins") }

  @Test(arguments: try load().numeric) func numeric(_ item: NumericCase) throws {
    var options = PopulationStabilityIndex.Options()
    options.binning = .quantile(bins: item.bins)
    func values(_ cells: [String?]) -> [Double] { cells.map { $0.flatMap(Double.init) ?? .nan } }
    try expect(item.psi) { () throws(StatisticsError) in
      try PopulationStabilityIndex(
        baseline: values(item.baseline), current: values(item.current), options: options)
    }
  }

  @Test(arguments: try load().categorical) func categorical(_ item: CategoricalCase) throws {
    let (x, y) = (LevelCounts(item.baseline), LevelCounts(item.current))
    try expect(item.psi) { () throws(StatisticsError) in
      try PopulationStabilityIndex(baseline: x, current: y)
    }
  }

  private func expect(
    _ expected: Expected?, _ index: () throws(StatisticsError) -> PopulationStabilityIndex
  ) throws {
    guard let expected else {
      let error = #expect(throws: StatisticsError.self) { try index() }
      #expect(error?.code == .insufficientData)
      return
    }
    let psi = try index()
    let counts = psi.bins.map { [$0.baselineCount, $0.currentCount] }
    #expect(counts.sorted { $0.lexicographicallyPrecedes($1) } == expected.counts)
    #expect(psi.isSmoothed == expected.smoothed)
    close(psi.value, expected.value)
    #expect((psi.pValue == nil) == (expected.pValue == nil))
    if let actual = psi.pValue, let p = expected.pValue { close(actual, p, relative: 1e-6) }
    close(psi.criticalValue, expected.criticalValue)
    close(psi.biasCorrected, expected.biasCorrected)
    close(psi.bins.reduce(0) { $0 + $1.contribution }, psi.value)
  }

  private func close(_ actual: Double, _ expected: Double, relative: Double = 1e-9) {
    let closeness =
      expected == 0
      ? Closeness(actual, to: 0, absolute: 1e-12)
      : Closeness(actual, to: expected, relative: relative)
    #expect(closeness.holds, "\(closeness)")
  }
}
