import DriftKit
import DriftTestSupport
import Testing

/// Profiles that were counted by the bins of another one: these are all that is known of values.
@Suite("Profiles by given bins")
struct GivenBinsTests {
  private static let before = ProfiledTable(rows: 900, seed: 1)
  private static let after = ProfiledTable(rows: 700, seed: 2, shift: 0.2)

  private static func configuration(bins: Int = 10) -> DriftConfiguration {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy = nil
    configuration.populationStability.binning = .quantile(bins: bins)
    return configuration
  }

  private static func parts(_ table: ProfiledTable, edges: DatasetProfile) throws -> DatasetProfile
  {
    var parts = try ProfiledTable.cuts(table.rows, parts: 5, seed: 3).map {
      try table.profile($0, edges: edges)
    }
    var merged = parts.removeLast()
    for part in parts { try merged.merge(part) }
    return merged
  }

  @Test("Parts merge to the whole, and are small") func parts() throws {
    let baseline = try Self.before.profile()
    let whole = try Self.after.profile(edges: baseline)
    let merged = try Self.parts(Self.after, edges: baseline)
    let detector = try DriftDetector(baseline: baseline, configuration: Self.configuration())
    let expected = try detector.check(Self.after.dataset())
    #expect(try detector.check(whole) == expected)
    let result = try detector.check(merged)
    #expect(
      result.features.map(\.populationStability) == expected.features.map(\.populationStability))
    #expect(whole.sketchedColumns.isEmpty && whole.rankError == 0)
    #expect(try DatasetProfile(decoding: whole.encoded()) == whole)
    var options = DatasetProfile.Options()
    options.sampledRows = 0
    let numbers = try Self.after.profile(options: options).encoded().count
    #expect(try Self.after.profile(options: options, edges: baseline).encoded().count < numbers)
  }

  @Test("A baseline that was counted in parts by the bins of its first one") func baselineInParts()
    throws
  {
    let first = try Self.before.profile(0..<300)
    let second = try Self.before.profile(300..<900, edges: first)
    for order in [[first, second], [second, first]] {
      var merged = order[0]
      try merged.merge(order[1])
      let detector = try DriftDetector(baseline: merged, configuration: Self.configuration())
      let bins = try #require(
        detector.check(Self.after.dataset()).features.first?.populationStability?.test.bins)
      #expect(bins.reduce(0) { $0 + $1.baselineCount } == 900)
      // Edges are those of the first part, and so is what is in them, and more.
      let expected = try DriftDetector(baseline: first, configuration: Self.configuration())
        .check(Self.after.dataset()).features.first?.populationStability?.test.bins
      #expect(bins.map(\.lower) == expected?.map(\.lower))
    }
  }

  @Test("What is not known is said") func otherBins() throws {
    let baseline = try Self.before.profile()
    let current = try Self.after.profile(edges: baseline)
    let other = try DriftDetector(
      baseline: baseline, configuration: Self.configuration(bins: 5))
    let error = #expect(throws: DriftError.self) { try other.check(current) }
    #expect(error?.code == .invalidData && error?.recovery?.kind == .edgesOfBaseline)
    let alone = #expect(throws: DriftError.self) {
      try DriftDetector(baseline: current, configuration: Self.configuration())
    }
    #expect(alone?.recovery?.kind == .edgesOfBaseline)
    var mixed = current
    // Another part of the table: the same one twice would be refused for that.
    let third = try ProfiledTable(rows: 1_100, seed: 5).profile(700..<1_100)
    let refused = #expect(throws: DriftError.self) { try mixed.merge(third) }
    #expect(refused?.code == .invalidData && refused?.message.contains("different bins") == true)
  }

  @Test("Parts without values fit any bins") func emptyParts() throws {
    let baseline = DatasetProfile(try Dataset([Column("a", (0..<50).map { Double($0) })]))
    let counted = DatasetProfile(
      try Dataset([Column("a", [1.0, 30, 70])]), segment: "b", edges: baseline)
    let empty = DatasetProfile(try Dataset([Column("a", [Double.nan, .nan])]), segment: "c")
    let emptyByBins = DatasetProfile(
      try Dataset([Column("a", [Double.nan])]), segment: "d", edges: baseline)
    var configuration = Self.configuration()
    configuration.adjustment = .none
    let detector = try DriftDetector(baseline: baseline, configuration: configuration)
    for order in [
      [counted, empty, emptyByBins], [empty, counted, emptyByBins], [emptyByBins, empty, counted],
    ] {
      var merged = order[0]
      for part in order.dropFirst() { try merged.merge(part) }
      #expect(merged.rowCount == 6)
      let feature = try #require(detector.check(merged).features.first)
      let bins = try #require(feature.populationStability?.test.bins)
      #expect(bins.reduce(0) { $0 + $1.currentCount } == 6)
      #expect(feature.current?.missing == 3 && feature.current?.maximum == 70)
    }
    // The values of a baseline stay when a part has none.
    var whole = baseline
    try whole.merge(emptyByBins)
    _ = try DriftDetector(baseline: whole, configuration: Self.configuration(bins: 5))
  }
}
