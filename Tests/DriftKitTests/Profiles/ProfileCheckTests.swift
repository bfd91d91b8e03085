import DriftKit
import DriftTestSupport
import Testing

/// A profile takes the place of its table.
@Suite struct ProfileCheckTests {
  private static func configuration() -> DriftConfiguration {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 99
    return configuration
  }

  /// The whole result, with numbers that may differ in their last digits rounded to 1e-12 relative.
  private static func expectSame(_ left: DriftResult, _ right: DriftResult) throws {
    #expect(left.status == right.status)
    #expect(left.notes == right.notes)
    #expect(left.baselineRows == right.baselineRows && left.currentRows == right.currentRows)
    #expect(left.maximumMeanDiscrepancy == right.maximumMeanDiscrepancy)
    #expect(left.features.map(\.name) == right.features.map(\.name))
    for (own, other) in zip(left.features, right.features) {
      #expect(own.populationStability == other.populationStability, "\(own.name)")
      #expect(own.newLevels == other.newLevels, "\(own.name)")
      #expect(own.baseline.missing == other.baseline.missing)
      #expect(own.current?.infinite == other.current?.infinite)
      let pairs = [
        (own.baseline.mean, other.baseline.mean),
        (own.current?.standardDeviation, other.current?.standardDeviation),
        (own.meanShift?.statistic, other.meanShift?.statistic),
      ]
      for (one, two) in pairs {
        guard let one, let two else {
          #expect(one == nil && two == nil)
          continue
        }
        #expect(one == two || Closeness(one, to: two, relative: 1e-11).holds, "\(own.name)")
      }
    }
  }

  @Test(arguments: [0, 0.4], [1, 2, 300, 5_000])
  func reportsAreThoseOfTheTables(_ shift: Double, _ rows: Int) throws {
    let (before, after) = (
      ProfiledTable(rows: rows, seed: 1), ProfiledTable(rows: rows + 50, seed: 2, shift: shift)
    )
    let configuration = Self.configuration()
    let tables = try DriftDetector(baseline: before.dataset(), configuration: configuration)
    let profiles = try DriftDetector(baseline: before.profile(), configuration: configuration)
    let expected = try tables.check(after.dataset())
    #expect(try profiles.check(after.dataset()) == expected)
    #expect(try profiles.check(after.profile()) == expected)
    #expect(try tables.check(after.profile()) == expected)
    #expect(try tables.check(after.profile(edges: before.profile())) == expected)
  }

  @Test(arguments: 1...6)
  func mergesInAnyOrderAndGrouping(_ seed: UInt64) throws {
    let (before, after) = (
      ProfiledTable(rows: 900, seed: seed), ProfiledTable(rows: 700, seed: seed + 50, shift: 0.3)
    )
    let configuration = Self.configuration()
    let expected = try DriftDetector(baseline: before.dataset(), configuration: configuration)
      .check(after.dataset())
    func merged(_ table: ProfiledTable) throws -> DatasetProfile {
      var source = SplitMix64(seed: seed)
      var parts = try ProfiledTable.cuts(table.rows, parts: 7, seed: seed).map {
        try table.profile($0)
      }
      while parts.count > 1 {
        parts.shuffle(using: &source)
        let last = parts.removeLast()
        try parts[parts.count - 1].merge(last)
      }
      return parts[0]
    }
    let result = try DriftDetector(baseline: merged(before), configuration: configuration)
      .check(merged(after))
    try Self.expectSame(result, expected)
  }

  @Test func aSampleOfRowsDoesNotDependOnTheOrderOfMerges() throws {
    let table = ProfiledTable(rows: 3_000, seed: 3)
    var options = DatasetProfile.Options()
    options.sampledRows = 200
    let parts = try ProfiledTable.cuts(table.rows, parts: 5, seed: 9).map {
      try table.profile($0, options: options)
    }
    func result(_ order: [Int]) throws -> DriftResult {
      var merged = parts[order[0]]
      for index in order.dropFirst() { try merged.merge(parts[index]) }
      let current = ProfiledTable(rows: 150, seed: 4)
      return try DriftDetector(baseline: merged, configuration: Self.configuration())
        .check(current.dataset())
    }
    let first = try result([0, 1, 2, 3, 4])
    let outcome = try #require(first.maximumMeanDiscrepancy)
    #expect(outcome.test.baselineRows == 200 && outcome.test.isSampled)
    #expect(try result([3, 1, 4, 0, 2]).maximumMeanDiscrepancy == outcome)
  }

  @Test func withoutRowsThereIsNoKernelTest() throws {
    var options = DatasetProfile.Options()
    options.sampledRows = 0
    let table = ProfiledTable(rows: 300, seed: 5)
    let profile = try table.profile(options: options)
    #expect(!profile.holdsRows)
    let result = try DriftDetector(baseline: profile).check(table.dataset())
    #expect(result.maximumMeanDiscrepancy == nil)
    #expect(result.notes.contains("MMD not run: a profile holds no rows for it"))
  }

  @Test func sketchedColumnsStayWithinTheirBound() throws {
    var options = DatasetProfile.Options()
    (options.exactValues, options.keptValues) = (1_000, 1_000)
    let (before, after) = (
      ProfiledTable(rows: 60_000, seed: 6), ProfiledTable(rows: 60_000, seed: 7, shift: 0.05)
    )
    var configuration = Self.configuration()
    configuration.maximumMeanDiscrepancy = nil
    let baseline = try before.profile(options: options)
    #expect(baseline.sketchedColumns == ["normal", "inflated", "holes", "infinite"])
    #expect(baseline.rankError == 0.001)
    let detector = try DriftDetector(baseline: baseline, configuration: configuration)
    let result = try detector.check(after.dataset())
    #expect(result.notes.contains { $0.contains("baseline bins from a quantile sketch") })
    let feature = try #require(result.features.first { $0.name == "normal" })
    let bins = try #require(feature.populationStability?.test.bins)
    let exact = try #require(try before.dataset()["normal"])
    guard case .numeric(let values, _) = exact.cells else { return }
    for bin in bins {
      let (lower, upper) = (bin.lower ?? -.infinity, bin.upper ?? .infinity)
      let count = values.count { $0 >= lower && $0 < upper }
      // Both ends of a bin may be off.
      #expect(abs(bin.baselineCount - count) <= 2 * 60)
    }
    // Counted by given edges, a sketch plays no part.
    let exactBaseline = try before.profile()
    let counted = try DriftDetector(baseline: exactBaseline, configuration: configuration)
    let profile = try after.profile(options: options, edges: exactBaseline)
    #expect(
      try counted.check(profile).features.map(\.populationStability)
        == counted.check(after.dataset()).features.map(\.populationStability))
  }
}
