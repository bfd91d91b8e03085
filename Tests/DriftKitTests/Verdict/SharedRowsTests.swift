import DriftKit
import DriftTestSupport
import Testing

/// The same rows on both sides are noticed; tables of few different rows share some anyway.
@Suite struct SharedRowsTests {
  private static func table(_ rows: [[Double]], names: [String] = ["a", "b"]) throws -> Dataset {
    try Dataset(
      names.enumerated().map { place, name in Column(name, rows.map { $0[place] }) })
  }

  private static func rows(_ count: Int, seed: UInt64) -> [[Double]] {
    var source = SeededNormal(seed: seed)
    return (0..<count).map { _ in source.sample(2) }
  }

  private static func result(_ baseline: [[Double]], _ current: [[Double]], rows: Int = 20_000)
    throws -> DriftResult
  {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 19
    configuration.maximumMeanDiscrepancy?.maximumRows = rows
    return try DriftDetector(baseline: table(baseline), configuration: configuration)
      .check(table(current))
  }

  private static func share(_ result: DriftResult) -> Double? {
    result.findings.first { $0.test == .sharedRows }?.observed
  }

  @Test("The same rows in another order, and in single precision, warn") func same() throws {
    let rows = Self.rows(500, seed: 1)
    for other in [rows, rows.reversed(), rows.map { $0.map { Double(Float($0)) } }] {
      let result = try Self.result(rows, other)
      #expect(Self.share(result) == 1 && result.status == .warn, "\(result.reasons)")
      #expect(
        result.reasons.first?.hasPrefix("100.0 % of the current rows are in the baseline") == true)
    }
  }

  @Test("A baseline that is part of the current rows warns, either way") func contained() throws {
    let few = Self.rows(300, seed: 2)
    let many = Self.rows(4_000, seed: 3) + few
    let result = try Self.result(few, many)
    #expect(Self.share(result) == 1)
    #expect(result.reasons.contains { $0.contains("of the baseline rows are in the current data") })
    #expect(try Self.share(Self.result(many, few)) == 1)
  }

  @Test("Some shared rows warn by their share; other rows do not") func some() throws {
    let (x, y) = (Self.rows(2_000, seed: 4), Self.rows(2_000, seed: 5))
    #expect(try Self.share(Self.result(x, y)) == nil)
    let found = try #require(try Self.share(Self.result(x, Array(x[..<100] + y[100...]))))
    #expect(abs(found - 0.05) < 1e-12)
    #expect(try Self.share(Self.result(x, Array(x[..<10] + y[10...]))) == nil)
  }

  @Test("A sample of the rows tells the share of all") func sampled() throws {
    let rows = Self.rows(10_000, seed: 6)
    let share = try #require(try Self.share(Self.result(rows, rows.reversed(), rows: 2_000)))
    #expect(share > 0.7)
    #expect(try Self.share(Self.result(rows, Self.rows(10_000, seed: 7), rows: 2_000)) == nil)
  }

  @Test("Tables of few different rows share what chance lets them", arguments: [1.0, 4, 20, 100])
  func discrete(steps: Double) throws {
    for seed in 10..<UInt64(20) {
      let (x, y) = (Self.rows(600, seed: seed), Self.rows(900, seed: seed + 50))
      func rounded(_ rows: [[Double]]) -> [[Double]] {
        rows.map { $0.map { ($0 * steps).rounded() / steps } }
      }
      #expect(try Self.share(Self.result(rounded(x), rounded(y))) == nil, "\(steps), \(seed)")
    }
  }

  @Test("Nothing is said where no rows are kept, or an older job decides") func without() throws {
    let rows = Self.rows(100, seed: 9)
    var configuration = DriftConfiguration(maximumMeanDiscrepancy: nil)
    var detector = try DriftDetector(baseline: Self.table(rows), configuration: configuration)
    #expect(try detector.check(Self.table(rows)).status == .ok)
    configuration = DriftConfiguration(compatibility: .churnMLOps)
    detector = try DriftDetector(baseline: Self.table(rows), configuration: configuration)
    #expect(try detector.check(Self.table(rows)).tableFindings.isEmpty)
  }
}
