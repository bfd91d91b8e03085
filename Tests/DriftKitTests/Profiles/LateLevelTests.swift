import DriftKit
import DriftTestSupport
import Testing

/// Levels of the baseline whose counts are not exact, as they came when others were dropped already.
@Suite("Late levels of a baseline") struct LateLevelTests {
  /// 40 % of the second half have a level that the first one lacks.
  private static func baseline(late: Double = 0.4) -> BoundedLevels {
    var source = SplitMix64(seed: 1)
    var column = BoundedLevels()
    column.add(20_000, ["a": 0.3], ids: "id", &source)
    column.add(20_000, ["a": 0.3, "b": late], ids: "id", &source)
    return column
  }

  private static func current(_ level: String, _ share: Double, rows: Int = 30_000) -> BoundedLevels
  {
    var source = SplitMix64(seed: 2)
    var column = BoundedLevels()
    column.add(rows, ["a": 0.3, level: share], ids: "new", &source)
    return column
  }

  @Test("One that is replaced by another is drift", arguments: [nil, 2_000], [nil, 2_000])
  func replaced(_ before: Int?, _ after: Int?) throws {
    let (baseline, current) = (Self.baseline(), Self.current("c", 0.4))
    let feature = try #require(
      try BoundedLevels.check(baseline, current, levels: (before, after)))
    let exact = try #require(try BoundedLevels.check(baseline, current, levels: (nil, nil)))
    #expect(exact.status == .fail)
    #expect(feature.status == .fail, "\(feature.notes)")
    let (found, expected) = (
      try #require(feature.populationStability), try #require(exact.populationStability)
    )
    #expect(found.status == .fail)
    // The lowest index that is possible: with so few levels kept most of the true one.
    #expect(found.test.value <= expected.test.value + 1e-4)
    #expect(found.test.value > 0.75 * expected.test.value)
    let bins = try [found, expected].map { outcome in
      try #require(outcome.test.bins.first { $0.label == "b" }).baselineCount
    }
    #expect(bins[0] <= bins[1] && bins[0] > bins[1] - 200, "\(bins)")
  }

  @Test("One that stays is no drift") func stays() throws {
    let feature = try #require(
      try BoundedLevels.check(
        Self.baseline(), Self.current("b", 0.2), levels: (6_000, 6_000)))
    let outcome = try #require(feature.populationStability)
    #expect(outcome.test.value < 0.01 && outcome.adjustedPValue ?? 0 > 0.01)
    #expect(outcome.status == .ok)
    // Of the identifiers it is not known which are new.
    #expect(feature.status == .warn && feature.reasons.count == 2)
    #expect(feature.reasons.contains { $0.contains("of rows may have new levels") })
    #expect(feature.reasons.contains { $0.contains("may have levels that are gone") })
  }

  @Test("One that a part lacks keeps its bin") func partOfAMerge() throws {
    var source = SplitMix64(seed: 3)
    var options = DatasetProfile.Options()
    options.levels = 1_000
    var merged = DatasetProfile.empty
    for part in 0..<5 {
      var day = BoundedLevels()
      day.add(
        8_000, part == 2 ? ["a": 0.3] : ["a": 0.3, "b": 0.4], ids: "day \(part)", &source)
      let table = try Dataset([Column("plan", day.cells)])
      try merged.merge(DatasetProfile(table, options: options, segment: "\(part)"))
    }
    #expect(merged.columnsWithDroppedLevels == ["plan"])
    let current = try Self.current("c", 0.4).profile(levels: 1_000)
    let feature = try #require(try DriftDetector(baseline: merged).check(current).features.first)
    #expect(feature.status == .fail && feature.populationStability?.status == .fail)
    #expect(feature.populationStability?.test.bins.contains { $0.label == "b" } == true)
  }

  @Test("What noise explains in a small batch is no drift", arguments: [UInt64(12), 13, 14])
  func smallBatch(seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    func plans(_ count: Int) -> [String?] {
      (0..<count).map { _ in "plan \(source.next() % 60)" }
    }
    var baseline = BoundedLevels()
    baseline.cells = plans(20_000).map { $0 == "plan 7" ? "plan 8" : $0 }
    for row in stride(from: 0, to: 20_000, by: 100) { baseline.cells[row] = "id \(row)" }
    baseline.cells += plans(20_000)
    var current = BoundedLevels()
    current.cells = plans(80)
    let exact = try #require(try BoundedLevels.check(baseline, current, levels: (nil, nil)))
    let bounded = try #require(try BoundedLevels.check(baseline, current, levels: (150, nil)))
    #expect(try !baseline.profile(levels: 150).columnsWithDroppedLevels.isEmpty)
    #expect(exact.status == .ok && (exact.populationStability?.test.value ?? 0) > 0.25)
    #expect(bounded.status == .ok, "\(bounded.reasons)")
  }
}
