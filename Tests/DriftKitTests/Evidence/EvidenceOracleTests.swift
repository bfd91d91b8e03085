import DriftKit
import DriftStatistics
import DriftTestSupport
import Testing

/// The expected numbers of `fixtures/oracles/evidence.json`, from code that shares nothing with this.
@Suite("Tests of distributions against references")
struct EvidenceOracleTests {
  struct Numbers: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let baseline: [Double]
    let current: [Double]
    let components: [Double]
    let pValue: Double
    let above: Int
    let below: Int
    let tailsPValue: Double
    var testDescription: String { name }
  }
  struct Minimum: Decodable, Sendable {
    let orders: [Int]
    let t: Double
    let p: Double
  }
  struct Levels: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let baseline: [Int]
    let current: [Int]
    let statistic: Double?
    let pValue: Double?
    var testDescription: String { name }
  }
  struct Fisher: Decodable, Sendable {
    let table: [Int]
    let pValue: Double
  }
  struct Unseen: Decodable, Sendable {
    let levels: [[Int]]
    let other: Int
    let own: Int
    let rows: Int
    let expected: Double
    let pValue: Double
  }
  struct File: Decodable, Sendable {
    let relativeTolerance: Double
    let numbers: [Numbers]
    let minima: [Minimum]
    let levels: [Levels]
    let fisher: [Fisher]
    let unseen: [Unseen]
  }

  private static let file: File? = try? Oracle.load("evidence")

  @Test("The file is there")
  func there() throws {
    let file = try Oracle.load("evidence", as: File.self)
    #expect(file.numbers.count == 14 && file.minima.count == 112)
    #expect(file.levels.count == 10 && file.fisher.count == 10 && file.unseen.count == 8)
  }

  private func expectClose(_ found: Double, _ expected: Double, _ tolerance: Double = 1e-9) {
    #expect(
      abs(found - expected) <= tolerance * abs(expected) + 1e-300, "\(found), expected \(expected)")
  }

  @Test("Smooth rank test", arguments: file?.numbers ?? [])
  func ranks(_ expected: Numbers) throws {
    let test = try SmoothRankTest(RankCells(expected.baseline, expected.current))
    #expect(test.components.count == expected.components.count)
    for (found, expected) in zip(test.components, expected.components) {
      #expect(abs(found - expected) <= 1e-9 * max(1, abs(expected)), "\(found) \(expected)")
    }
    expectClose(test.pValue, expected.pValue, 1e-6)
  }

  @Test("Ends of the baseline", arguments: file?.numbers ?? [])
  func tails(_ expected: Numbers) {
    let test = TailsTest(
      above: expected.above, below: expected.below, baselineRows: expected.baseline.count,
      currentRows: expected.current.count)
    expectClose(test.pValue, expected.tailsPValue)
  }

  @Test("Smallest of some tails", arguments: file?.minima ?? [])
  func minimum(_ expected: Minimum) {
    expectClose(SmallestTail.probability(of: expected.t, orders: expected.orders), expected.p, 1e-6)
  }

  @Test("Pearson's X^2", arguments: file?.levels ?? [])
  func levels(_ expected: Levels) throws {
    let test = try PearsonTest(zip(expected.baseline, expected.current).map { ($0, $1) })
    #expect((test.statistic == nil) == (expected.statistic == nil))
    #expect((test.pValue == nil) == (expected.pValue == nil))
    if let found = test.statistic, let expected = expected.statistic {
      expectClose(found, expected)
    }
    if let found = test.pValue, let expected = expected.pValue { expectClose(found, expected) }
  }

  @Test("Fisher's mid-p", arguments: file?.fisher ?? [])
  func fisher(_ expected: Fisher) {
    let table = expected.table
    let test = FisherExactTest(baseline: (table[0], table[1]), current: (table[2], table[3]))
    expectClose(test.midPValue, expected.pValue)
    let swapped = FisherExactTest(baseline: (table[2], table[3]), current: (table[0], table[1]))
    expectClose(swapped.midPValue, expected.pValue)
  }

  /// Where the convolution would be long the saddlepoint is right to a percent.
  @Test("Rows with levels of one side only", arguments: file?.unseen ?? [])
  func unseen(_ expected: Unseen) {
    let levels = Dictionary(uniqueKeysWithValues: expected.levels.map { ($0[0], $0[1]) })
    let unseen = UnseenRows(levels: levels, other: expected.other, own: expected.own)
    expectClose(unseen.expected, expected.expected)
    let isLong = expected.rows * expected.levels.reduce(0) { $0 + $1[1] } > 1_000_000
    expectClose(unseen.upperTail(expected.rows), expected.pValue, isLong ? 0.01 : 1e-9)
    #expect(unseen.upperTail(0) == 1)
  }
}
