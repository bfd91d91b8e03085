import DriftKit
import Testing

@Suite("Levels that are gone")
struct LostLevelsTests {
  private static func check(
    _ baseline: [String], _ current: [String],
    _ change: (inout DriftConfiguration) -> Void = { _ in }
  ) throws -> FeatureResult {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy = nil
    change(&configuration)
    let detector = try DriftDetector(
      baseline: Dataset([Column("store", baseline as [String?])]), configuration: configuration)
    return try #require(
      detector.check(Dataset([Column("store", current as [String?])])).features.first)
  }

  private static func stores(_ count: Int, rows: Int) -> [String] {
    (0..<rows).map { "store \($0 % count)" }
  }

  @Test("Stores that close fail, with their names")
  func closed() throws {
    let feature = try Self.check(Self.stores(50, rows: 1_000), Self.stores(31, rows: 1_000))
    let outcome = try #require(feature.lostLevels)
    #expect(outcome.test.share == 0.38 && outcome.status == .fail)
    let finding = try #require(feature.finding(of: .lostLevels))
    #expect(finding.limit == 0.10 && finding.certainty == .exact)
    #expect(finding.observed == outcome.test.share - outcome.test.expectedShare)
    let reason = try #require(feature.reasons.first { $0.contains("gone") })
    #expect(
      reason
        == "store: 38.0 % of the baseline's rows have levels that are gone, 0.0 % expected "
        + "(p < 1e-12): store 31, store 32, store 33")
  }

  @Test("Few that close warn, and limits decide")
  func limits() throws {
    let (x, y) = (Self.stores(50, rows: 1_000), Self.stores(48, rows: 1_000))
    #expect(try Self.check(x, y).lostLevels?.status == .warn)
    #expect(
      try Self.check(x, y) { $0.thresholds.lostLevelsFail = 0.03 }.lostLevels?.status == .fail)
    #expect(
      try Self.check(x, y) { $0.thresholds.lostLevelsWarn = 0.05 }.lostLevels?.status == .ok)
  }

  @Test("A long tail loses levels without drift")
  func longTail() throws {
    let (x, y) = ((0..<500).map { "id \($0)" }, (450..<950).map { "id \($0)" })
    let feature = try Self.check(x, y)
    #expect(feature.lostLevels?.status == .ok && (feature.lostLevels?.test.share ?? 0) > 0.8)
  }

  @Test("Levels that are written in another way are named on both sides")
  func rewritten() throws {
    let feature = try Self.check(
      (0..<400).map { $0 % 2 == 0 ? "Red" : "blue" }, (0..<400).map { $0 % 2 == 0 ? "red" : "blue" }
    )
    let reason = try #require(feature.reasons.first { $0.contains("gone") })
    #expect(reason.hasSuffix(": Red; 'red' is 'Red' but for case"), "\(reason)")
  }

  @Test("Only what is gone is said to be written in another way among lost levels")
  func stillThere() throws {
    // 'Red' stays beside 'red', 'green' goes.
    let feature = try Self.check(
      (0..<600).map { ["Red", "blue", "green"][$0 % 3] },
      (0..<600).map { ["Red", "blue", "red"][$0 % 3] })
    let reasons = feature.reasons
    #expect(reasons.contains { $0.contains("gone") && $0.hasSuffix(": green") }, "\(reasons)")
  }
}
