import DriftKit
import DriftTestSupport
import Testing

/// A ladder of kernels, the separability and the change of dependence against whole matrices in NumPy,
/// with the same permutations.
@Suite struct LadderOracleTests {
  struct File: Decodable {
    let absoluteTolerance: Double
    let studentisedTolerance: Double
    let dependenceTolerance: Double
    let cases: [Case]
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let baseline: [[Double?]]
    let current: [[Double?]]
    let permutations: Int
    let seed: UInt64
    let exact: Bool
    let columns: [Int]
    let bandwidths: [Double]
    let statistics: [Double]
    let studentised: [Double]
    let deciding: Int
    let pValue: Double
    let separability: Double
    let dependence: Dependence?
    var testDescription: String { name }
  }

  struct Dependence: Decodable, Sendable {
    let statistic: Double
    let pValue: Double
    let pairs: [Pair]
  }

  struct Pair: Decodable, Sendable {
    let first: Int
    let second: Int
    let baseline: Double
    let current: Double
    let pValue: Double
  }

  static func load() throws -> File { try Oracle.load("mmd_ladder") }

  private static func matrix(_ rows: [[Double?]]) throws -> SampleMatrix {
    try SampleMatrix(rows: rows.map { $0.map { $0 ?? .nan } })
  }

  private static func options(_ item: Case) -> MaximumMeanDiscrepancy.Options {
    MaximumMeanDiscrepancy.Options(permutations: item.permutations, seed: item.seed, threads: 2)
  }

  private func close(_ actual: Double, _ expected: Double, _ tolerance: Double, _ what: String) {
    let closeness = Closeness(actual, to: expected, absolute: tolerance)
    #expect(closeness.holds, "\(what): \(closeness)")
  }

  @Test(arguments: 0..<8) func kernels(_ index: Int) throws {
    let file = try Self.load()
    #expect(file.cases.count == 8)
    let item = file.cases[index]
    let test = try MaximumMeanDiscrepancy(
      baseline: Self.matrix(item.baseline), current: Self.matrix(item.current),
      options: Self.options(item))
    #expect(test.isExact == item.exact && test.columns == item.columns)
    #expect(test.kernels.count == item.bandwidths.count)
    for (place, kernel) in test.kernels.enumerated() {
      let name = "\(item.name), \(kernel.name)"
      close(kernel.bandwidth, item.bandwidths[place], file.absoluteTolerance * 10, name)
      close(kernel.statistic, item.statistics[place], file.absoluteTolerance, name)
      close(kernel.studentised, item.studentised[place], file.studentisedTolerance, name)
    }
    #expect(test.decidingPlace == item.deciding)
    #expect(test.decidingKernel?.statistic == test.statistic)
    #expect(test.decidingKernel?.bandwidth == test.bandwidth)
    close(test.pValue, item.pValue, 1e-15, item.name)
    close(test.separability, item.separability, file.absoluteTolerance, item.name)
  }

  @Test(arguments: 0..<8) func dependence(_ index: Int) throws {
    let file = try Self.load()
    let item = file.cases[index]
    let (x, y) = (try Self.matrix(item.baseline), try Self.matrix(item.current))
    let kernel = try KernelTest(
      baseline: x, current: y, options: Self.options(item), progress: { _ in })
    let test = try DependenceChange(
      baseline: x, current: y, kernel: kernel, options: .init(level: 2), progress: { _ in })
    guard let expected = item.dependence else {
      #expect(test == nil)
      return
    }
    let found = try #require(test)
    #expect(found.columns == item.columns && found.permutations == kernel.permutations.count - 1)
    close(found.statistic, expected.statistic, file.dependenceTolerance, item.name)
    close(found.pValue, expected.pValue, 1e-15, item.name)
    #expect(found.pairs.count == expected.pairs.count)
    for pair in found.pairs {
      let other = try #require(
        expected.pairs.first {
          item.columns[$0.first] == pair.first && item.columns[$0.second] == pair.second
        })
      close(pair.baselineCorrelation, other.baseline, file.dependenceTolerance, item.name)
      close(pair.currentCorrelation, other.current, file.dependenceTolerance, item.name)
      close(pair.pValue, other.pValue, 1e-15, item.name)
    }
  }
}
