import DriftKit
import DriftTestSupport
import Testing

/// What a detector says a discrepancy comes from: by names, and by the rows of the table.
@Suite struct CausesTests {
  /// Four numeric columns, one of them constant, and one of levels.
  private func table(_ rows: Int, seed: UInt64, outliers: Set<Int> = []) throws -> Dataset {
    var source = SeededNormal(seed: seed)
    var columns = ["a", "moved", "c"].map { Column($0, source.sample(rows)) }
    let moved = source.sample(rows).enumerated().map { outliers.contains($0) ? 40 + $1 : $1 }
    columns[1] = Column("moved", moved)
    columns.insert(Column("plan", (0..<rows).map { $0 % 2 == 0 ? "x" : "y" }), at: 1)
    return try Dataset(columns + [Column("flat", Array(repeating: 7.0, count: rows))])
  }

  private func detector(_ baseline: Dataset, maximumRows: Int = 20_000) throws -> DriftDetector {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 499
    configuration.maximumMeanDiscrepancy?.maximumRows = maximumRows
    return try DriftDetector(baseline: baseline, configuration: configuration)
  }

  @Test func nothingIsSaidWithoutDrift() throws {
    let result = try detector(table(300, seed: 1)).check(table(300, seed: 2))
    let outcome = try #require(result.maximumMeanDiscrepancy)
    #expect(outcome.status != .fail && outcome.causes == nil)
    #expect(!result.reasons.contains { $0.contains("driven by") })
  }

  @Test func featuresAndRowsAreNamed() throws {
    let outliers = Set((0..<60).map { 5 * $0 + 2 })
    let current = try table(400, seed: 2, outliers: outliers)
    let result = try detector(table(300, seed: 1)).check(current)
    let outcome = try #require(result.maximumMeanDiscrepancy)
    let causes = try #require(outcome.causes)
    #expect(outcome.status == .fail)
    #expect(Set(causes.features.map(\.name)) == ["a", "moved", "c"])
    #expect(causes.features[0].name == "moved" && causes.drivers[0].name == "moved")
    #expect(causes.baselineRows == 300 && causes.currentRows == 400)
    // Without it nothing is left, or less than that by chance.
    #expect((causes.features[0].share ?? 0) > 0.995)
    #expect(
      result.reasons.contains {
        $0.hasPrefix("MMD: ") && $0.hasSuffix(", driven by moved (all of MMD^2)")
      })
    #expect(causes.rows.count == 10)
    for row in causes.rows {
      #expect(outliers.contains((row.number ?? 0) - 1))
      #expect(row.values[0].feature == "moved" && row.values[0].value > 30)
    }
  }

  /// Where the rows that are compared are too few for a small drift nothing is named that did not
  /// change, and where they are enough the column is named.
  @Test(arguments: [0.1, 0.15, 0.5], UInt64(1)...6)
  func onlyWhatChangedIsNamed(_ shift: Double, _ seed: UInt64) throws {
    var source = SeededNormal(seed: seed)
    func table(_ shift: Double) throws -> Dataset {
      try Dataset(
        (0..<8).map { column in
          Column("x\(column)", source.sample(3_000).map { $0 + (column == 3 ? shift : 0) })
        })
    }
    let result = try detector(table(0)).check(table(shift))
    let outcome = try #require(result.maximumMeanDiscrepancy)
    let drivers = outcome.causes?.drivers.map(\.name) ?? []
    #expect(drivers.isEmpty || drivers == ["x3"], "\(drivers)")
    #expect(shift < 0.5 || drivers == ["x3"])
    #expect(result.reasons.contains { $0.contains("driven by") } == !drivers.isEmpty)
    for feature in outcome.causes?.features ?? [] where feature.name != "x3" {
      #expect(abs(feature.share ?? 0) < 0.5, "\(feature)")
    }
  }

  /// Row numbers are those of the table, whichever rows are thinned out before the test.
  @Test func aSampledRowHasItsOwnNumber() throws {
    let outliers = Set((0..<250).map { 2 * $0 + 1 })
    let current = try table(900, seed: 2, outliers: outliers)
    guard case .numeric(let moved, _)? = current["moved"]?.cells else {
      Issue.record("no numbers")
      return
    }
    let detector = try detector(table(900, seed: 1), maximumRows: 200)
    let outcome = try detector.check(current).maximumMeanDiscrepancy
    let causes = try #require(outcome?.causes)
    #expect(outcome?.test.isSampled == true && causes.rows.count == 10)
    #expect((causes.rows.compactMap(\.number).max() ?? 0) > 200)
    for row in causes.rows {
      let number = try #require(row.number)
      #expect(outliers.contains(number - 1))
      let value = try #require(row.values.first { $0.feature == "moved" })
      #expect(value.value == moved[number - 1])
    }
  }

  @Test func profilesOfOneFileHaveRowNumbers() throws {
    let outliers = Set((0..<50).map { 3 * $0 })
    let current = try table(200, seed: 2, outliers: outliers)
    let detector = try detector(table(300, seed: 1))
    let expected = try #require(try detector.check(current).maximumMeanDiscrepancy?.causes)
    var profile = DatasetProfile(current, segment: "a")
    #expect(try detector.check(profile).maximumMeanDiscrepancy?.causes == expected)
    // In two files nobody knows which row of the table a row is.
    try profile.merge(
      DatasetProfile(table(200, seed: 3, outliers: outliers), segment: "b"))
    let merged = try #require(try detector.check(profile).maximumMeanDiscrepancy?.causes)
    #expect(merged.rows.count == 10 && merged.rows.allSatisfy { $0.number == nil })
    #expect(merged.rows.allSatisfy { $0.values[0].feature == "moved" })
  }

  @Test func progressGrowsToTheEnd() throws {
    let detector = try detector(table(300, seed: 1))
    for outliers in [Set<Int>(), Set(0..<100)] {
      var shares: [Double] = []
      _ = try detector.check(table(300, seed: 2, outliers: outliers)) { shares.append($0) }
      #expect(shares == shares.sorted() && shares.last == 1)
    }
  }

  @Test func causesCanBeCancelled() throws {
    struct Stop: Error {}
    let detector = try detector(table(300, seed: 1))
    #expect(throws: Stop.self) {
      // Behind 0.91 there are only the causes.
      try detector.check(table(300, seed: 2, outliers: Set(0..<100))) {
        if $0 > 0.92 { throw Stop() }
      }
    }
  }
}
