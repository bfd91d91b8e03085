import DriftKit
import DriftTestSupport
import Testing

/// Columns with more levels than are kept.
@Suite("Many levels")
struct ManyLevelsTests {
  /// Rows with an identifier each, among some with one of a few levels.
  private static func column(
    _ rows: Int, seed: UInt64, shares: [Double], tail: Int = .max, prefix: String = "id"
  ) -> [String?] {
    var source = SplitMix64(seed: seed)
    return (0..<rows).map { row in
      let uniform = Double(source.next() >> 11) * 0x1p-53
      var sum = 0.0
      for (level, share) in shares.enumerated() {
        sum += share
        if uniform < sum { return "plan \(level)" }
      }
      let number = tail == .max ? row : Int(source.next() % UInt64(tail))
      return row % 97 == 5 ? nil : "\(prefix)-\(seed)-\(number)"
    }
  }

  private static func profile(_ cells: [String?], levels: Int) throws -> DatasetProfile {
    var options = DatasetProfile.Options()
    options.levels = levels
    return DatasetProfile(try Dataset([Column("plan", cells)]), options: options)
  }

  private static func check(
    _ before: [String?], _ after: [String?], levels: (Int, Int)
  ) throws -> FeatureResult {
    let detector = try DriftDetector(baseline: Self.profile(before, levels: levels.0))
    let result = try detector.check(Self.profile(after, levels: levels.1))
    return try #require(result.features.first)
  }

  private static let shares = [0.3, 0.2, 0.05, 0.01]

  @Test("While the limit is not reached nothing changes") func exact() throws {
    let (before, after) = (
      Self.column(3_000, seed: 1, shares: Self.shares),
      Self.column(2_000, seed: 2, shares: [0.1, 0.3])
    )
    let expected = try DriftDetector(baseline: try Dataset([Column("plan", before)]))
      .check(try Dataset([Column("plan", after)]))
    #expect(try Self.check(before, after, levels: (4_000, 4_000)) == expected.features[0])
    #expect(try Self.profile(before, levels: 4_000).columnsWithDroppedLevels.isEmpty)
  }

  @Test("Frequent levels are compared exactly on both sides", arguments: [false, true])
  func frequent(drifts: Bool) throws {
    let before = Self.column(60_000, seed: 3, shares: Self.shares)
    let after = Self.column(
      50_000, seed: 4, shares: drifts ? [0.05, 0.6, 0.05, 0.01] : Self.shares)
    let exact = try Self.check(before, after, levels: (1 << 20, 1 << 20))
    for levels in [(2_000, 1 << 20), (1 << 20, 2_000), (2_000, 2_000)] {
      let feature = try Self.check(before, after, levels: levels)
      // Which of the identifiers are new is known of a sample of them.
      #expect(feature.status == exact.status, "\(levels) \(feature.reasons)")
      #expect(exact.status == (drifts ? .fail : .ok))
      // The bins are those of the frequent levels, and their counts exact.
      #expect(feature.populationStability?.test.bins == exact.populationStability?.test.bins)
      #expect(feature.populationStability?.test.value == exact.populationStability?.test.value)
      #expect(feature.notes.contains { $0.contains("than memory holds") })
      #expect(feature.baseline == exact.baseline && feature.current == exact.current)
      let (test, expected) = (
        try #require(feature.newLevels?.test), try #require(exact.newLevels?.test)
      )
      #expect(abs(test.share - expected.share) < 0.1)
      #expect(abs(test.expectedShare - expected.expectedShare) < 0.1)
      #expect(test.levelsForOne > 1 && expected.levelsForOne == 1)
      #expect(feature.notes.contains { $0.contains("new levels from a sample, one of ") })
    }
  }

  @Test("New levels are found where the baseline has few", arguments: [false, true])
  func newLevels(drifts: Bool) throws {
    let before = Self.column(20_000, seed: 5, shares: [0.5, 0.3, 0.19, 0.01]).map {
      $0?.hasPrefix("id") == true ? "plan 0" : $0
    }
    let after = Self.column(40_000, seed: 6, shares: drifts ? [0.4, 0.2, 0.1] : [0.5, 0.3, 0.2])
    let exact = try Self.check(before, after, levels: (1 << 20, 1 << 20))
    let feature = try Self.check(before, after, levels: (1 << 20, 1_000))
    #expect(feature.status == exact.status)
    let (test, expected) = (
      try #require(feature.newLevels?.test), try #require(exact.newLevels?.test)
    )
    #expect(test.share <= expected.share && expected.share <= test.share + test.shareError)
    #expect(test.shareError < 0.001)
    if drifts { #expect(feature.newLevels?.status == .fail && test.pValue < 1e-9) }
  }

  /// Levels of about 30 rows each.
  private static func rare(seed: UInt64) -> [String?] {
    column(60_000, seed: seed, shares: [], tail: 2_000, prefix: "same")
      .map { $0?.replacing("-\(seed)-", with: "-") }
  }

  @Test("Where nothing is known nothing is claimed", arguments: [UInt64(7), 17, 27, 37])
  func rare(seed: UInt64) throws {
    // No drift, in levels that the limit does not hold on either side.
    let (before, after) = (Self.rare(seed: seed), Self.rare(seed: seed + 1))
    let exact = try Self.check(before, after, levels: (1 << 20, 1 << 20))
    #expect(exact.status == .ok)
    for levels in [(300, 1 << 20), (1 << 20, 300), (300, 300), (1_500, 1_500), (1 << 20, 1_500)] {
      let feature = try Self.check(before, after, levels: levels)
      let outcome = try #require(feature.populationStability)
      #expect(outcome.test.pValue ?? 1 > 0.01, "\(levels): \(outcome.test.pValue ?? 1)")
      #expect(feature.newLevels == nil || levels.0 == 1 << 20)
      #expect(!feature.notes.isEmpty)
      // Where no drift cannot be told from some, it is neither of both, for that reason alone.
      #expect(feature.status == .warn, "\(levels) \(feature.reasons)")
      #expect(
        feature.reasons.allSatisfy { $0.contains("may") && $0.contains("than memory holds") },
        "\(levels) \(feature.reasons)")
    }
  }

  @Test("What may be drift is not called none", arguments: [8, 16, 25, 40, 60, 100, 300, 2_000])
  func mayBeDrift(levels: Int) throws {
    let before = Self.column(60_000, seed: 47, shares: Array(repeating: 0.02, count: 20))
    let same = Self.column(60_000, seed: 48, shares: Array(repeating: 0.02, count: 20))
    let other = Self.column(
      60_000, seed: 49, shares: (0..<20).map { $0 % 2 == 0 ? 0.04 : 0.002 })
    let (none, some) = (
      try Self.check(before, same, levels: (1 << 20, levels)),
      try Self.check(before, other, levels: (1 << 20, levels))
    )
    #expect(none.populationStability?.status != .fail)
    #expect(some.status != .ok, "\(some.notes)")
    let exact = try Self.check(before, other, levels: (1 << 20, 1 << 20))
    let value = try #require(exact.populationStability?.test.value)
    // The index is the lowest that is possible, to the row.
    #expect(try #require(some.populationStability?.test.value) <= value + 1e-4)
    if levels >= 300 {
      #expect(some.status == .fail)
      // Too small a sample to tell which levels the current data have no more.
      #expect(none.findings.allSatisfy { $0.test == .lostLevels && $0.certainty == .upTo })
      if levels > 300 { #expect(none.status == .ok) }
    }
  }

  @Test("A frequent level that is gone is seen though its count is a bound")
  func gone() throws {
    let before = Self.column(40_000, seed: 9, shares: [0.4, 0.3, 0.2])
    let after = Self.column(40_000, seed: 10, shares: [0, 0.5, 0.2])
    let feature = try Self.check(before, after, levels: (1 << 20, 1_500))
    #expect(feature.status == .fail)
    let outcome = try #require(feature.populationStability)
    #expect(outcome.status == .fail && outcome.adjustedPValue ?? 1 < 1e-6)
    let bin = try #require(outcome.test.bins.first { $0.label == "plan 0" })
    // Not more than a level may have had that was dropped.
    #expect(bin.currentCount <= 40_000 / 751)
  }

  @Test("Parts of a table merge within the limit, and to the whole while it is not reached")
  func merging() throws {
    let cells = Self.column(30_000, seed: 11, shares: Self.shares)
    func merged(levels: Int) throws -> DatasetProfile {
      var options = DatasetProfile.Options()
      options.levels = levels
      var merged = DatasetProfile.empty
      for part in 0..<6 {
        let rows = Array(cells[(part * 5_000)..<((part + 1) * 5_000)])
        try merged.merge(
          DatasetProfile(try Dataset([Column("plan", rows)]), options: options, segment: "\(part)"))
      }
      return merged
    }
    let exact = try merged(levels: 1 << 20)
    let whole = try Self.profile(cells, levels: 1 << 20)
    let current = try Dataset([Column("plan", Self.column(9_000, seed: 12, shares: Self.shares))])
    #expect(
      try DriftDetector(baseline: exact).check(current)
        == DriftDetector(baseline: whole).check(current))
    let bounded = try merged(levels: 1_000)
    #expect(bounded.columnsWithDroppedLevels == ["plan"])
    #expect(bounded.encoded().count < exact.encoded().count / 8)
    #expect(try DatasetProfile(decoding: bounded.encoded()) == bounded)
    let feature = try #require(DriftDetector(baseline: bounded).check(current).features.first)
    let expected = try #require(DriftDetector(baseline: whole).check(current).features.first)
    #expect(feature.populationStability?.test.value == expected.populationStability?.test.value)
  }
}
