import DriftKit
import DriftTestSupport
import Testing

/// What a discrepancy comes from, as NumPy computes it.
@Suite struct AttributionOracleTests {
  struct File: Decodable {
    let absoluteTolerance: Double
    let cases: [Case]
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let baseline: [[Double?]]
    let current: [[Double?]]
    let sigma: Double?
    let scaled: Bool
    let columns: [Int]
    let bandwidth: Double
    let statistic: Double
    let statisticWithout: [Double]
    let share: [Double]?
    let witness: [Double]
    let worstRow: Int
    let worstRowZ: [Double?]
    var testDescription: String { name }
  }

  static let file: Result<File, any Error> = Result { try Oracle.load("mmd_causes") }
  static let indices = 0..<((try? file.get().cases.count) ?? 1)

  @Test(arguments: indices) func agreesWithNumPy(_ index: Int) throws {
    let file = try Self.file.get()
    let item = file.cases[index]
    func matrix(_ rows: [[Double?]]) throws -> SampleMatrix {
      try SampleMatrix(rows: rows.map { $0.map { $0 ?? .nan } })
    }
    let (x, y) = (try matrix(item.baseline), try matrix(item.current))
    var options = MaximumMeanDiscrepancy.Options.oneKernel
    options.permutations = 9
    options.scale = item.scaled ? .pooled : .none
    if let sigma = item.sigma { options.bandwidth = sigma }
    let test = try MaximumMeanDiscrepancy(baseline: x, current: y, options: options)
    let found = try test.attribution(baseline: x, current: y, options: options)
    func close(_ actual: Double?, _ expected: Double, absolute tolerance: Double) {
      let closeness = Closeness(actual, to: expected, absolute: tolerance)
      #expect(closeness.holds, "\(item.name): \(closeness)")
    }
    close(test.bandwidth, item.bandwidth, absolute: 1e-12 * item.bandwidth)
    close(found.statistic, item.statistic, absolute: file.absoluteTolerance)
    #expect(found.baselineRows == x.rowCount && found.currentRows == y.rowCount)
    #expect(found.features.map(\.column).sorted() == item.columns)
    for (place, column) in item.columns.enumerated() {
      let feature = try #require(found.features.first { $0.column == column })
      close(
        feature.statisticWithout, item.statisticWithout[place], absolute: file.absoluteTolerance)
      #expect(feature.drop == found.statistic - feature.statisticWithout)
      #expect((feature.share == nil) == (item.share == nil))
      guard let share = item.share?[place] else { continue }
      close(feature.share, share, absolute: file.absoluteTolerance / item.statistic)
    }
    let ranks = found.features.map { $0.share ?? $0.drop }
    #expect(ranks == ranks.sorted(by: >))
    // The most negative ones, in their order: some are almost ties.
    let expected = item.witness.filter { $0 < 0 }.sorted().prefix(10)
    #expect(found.rows.count == expected.count)
    for (row, value) in zip(found.rows, expected) {
      close(row.witness, value, absolute: file.absoluteTolerance)
      close(row.witness, item.witness[row.row], absolute: file.absoluteTolerance)
    }
    guard let worst = found.rows.first else { return }
    #expect(worst.row == item.worstRow)
    let furthest = item.worstRowZ.enumerated().compactMap { column, z in z.map { (column, $0) } }
      .sorted { abs($0.1) > abs($1.1) }.prefix(3)
    #expect(worst.values.map(\.column) == furthest.map(\.0))
    for (value, (column, z)) in zip(worst.values, furthest) {
      close(value.standardised, z, absolute: 1e-11)
      #expect(value.value == item.current[worst.row][column])
    }
  }
}
