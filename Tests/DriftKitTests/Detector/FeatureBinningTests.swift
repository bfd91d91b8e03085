import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// Bins and limits of single features.
@Suite struct FeatureBinningTests {
  private func normal(_ seed: UInt64, _ count: Int = 400, shift: Double = 0) -> [Double] {
    var source = SeededNormal(seed: seed)
    return source.sample(count, mean: shift)
  }

  private func check(
    _ baseline: [Column], _ current: [Column], _ configure: (inout DriftConfiguration) -> Void
  ) throws -> DriftResult {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy = nil
    configure(&configuration)
    return try DriftDetector(baseline: Dataset(baseline), configuration: configuration)
      .check(Dataset(current))
  }

  /// The textbook formula on shares that are counted value by value.
  private func slowIndex(_ x: [Double], _ y: [Double], edges: [Double]) -> Double {
    func shares(_ values: [Double]) -> [Double] {
      var counts = [Double](repeating: 0, count: edges.count + 1)
      for value in values { counts[edges.count { $0 <= value }] += 1 }
      return counts.map { $0 / Double(values.count) }
    }
    return zip(shares(x), shares(y)).reduce(0) { $0 + ($1.1 - $1.0) * log($1.1 / $1.0) }
  }

  @Test(arguments: [[0.0], [-0.5, 0.5], [-1.5, -1, -0.25, 0, 0.1, 0.7, 1.4]])
  func edgesGiveTheIndexOfASlowCount(_ edges: [Double]) throws {
    let (x, y) = (normal(1), normal(2, 300, shift: 0.3))
    let result = try check([Column("x", x)], [Column("x", y)]) {
      $0.featureBinning["x"] = .edges(edges)
    }
    let test = try #require(result.features[0].populationStability?.test)
    #expect(Closeness(test.value, to: slowIndex(x, y, edges: edges), relative: 1e-12).holds)
    #expect(test.bins.map(\.upper) == edges.map { $0 } + [nil])
    #expect(test.bins.map(\.lower) == [nil] + edges.map { $0 })
  }

  @Test func otherFeaturesKeepTheirBins() throws {
    let baseline = ["x", "y", "z"].enumerated().map { Column($1, normal(UInt64($0))) }
    let current = ["x", "y", "z"].enumerated().map { Column($1, normal(UInt64($0) + 9)) }
    let plain = try check(baseline, current) { _ in }
    let other = try check(baseline, current) {
      $0.featureBinning = ["x": .quantile(bins: 4), "y": .uniform(bins: 3)]
    }
    func bins(_ result: DriftResult) -> [Int] {
      result.features.map { $0.populationStability?.test.bins.count ?? 0 }
    }
    #expect(bins(plain) == [10, 10, 10])
    #expect(bins(other) == [4, 3, 10])
    #expect(
      plain.features[2].populationStability?.test == other.features[2].populationStability?.test)
    #expect(plain.features[0].meanShift?.pValue == other.features[0].meanShift?.pValue)
  }

  /// A profile with the edges counts every row by them, one without them has to hold the values.
  @Test(arguments: [1 << 17, 2000])
  func profilesCountByTheEdges(_ keptValues: Int) throws {
    let (x, y) = (normal(1, 9000), normal(2, 7000, shift: 0.1))
    let edges = [-1.0, 0.25, 0.5]
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy = nil
    configuration.featureBinning["x"] = .edges(edges)
    var options = DatasetProfile.Options()
    options.keptValues = keptValues
    options.featureBinning["x"] = .edges(edges)
    let (before, after) = (try Dataset([Column("x", x)]), try Dataset([Column("x", y)]))
    let table = try DriftDetector(baseline: before, configuration: configuration).check(after)
    let half = try [0..<4500, 4500..<9000].map {
      DatasetProfile(
        try Dataset([Column("x", Array(x[$0]))]), options: options, segment: "\($0.lowerBound)")
    }
    var merged = half[0]
    try merged.merge(half[1])
    let detector = try DriftDetector(
      baseline: DatasetProfile(decoding: merged.encoded()), configuration: configuration)
    let profiled = try detector.check(DatasetProfile(after, options: options))
    #expect(
      profiled.features[0].populationStability?.test == table.features[0].populationStability?.test)
    #expect(profiled.notes == table.notes)
    let value = try #require(profiled.features[0].populationStability?.test.value)
    #expect(Closeness(value, to: slowIndex(x, y, edges: edges), relative: 1e-12).holds)
  }

  @Test func levelsOfAFeature() throws {
    let (baseline, current) = ([Column("x", normal(1))], [Column("x", normal(2, shift: 0.4))])
    let plain = try check(baseline, current) { _ in }
    #expect(plain.features[0].meanShift?.status == .fail)
    let strict = try check(baseline, current) {
      var limits = Thresholds()
      limits.alpha = 1e-300
      $0.featureThresholds["x"] = limits
    }
    #expect(strict.features[0].meanShift?.status == .warn)
    #expect(
      strict.features[0].meanShift?.adjustedPValue == plain.features[0].meanShift?.adjustedPValue)
    let critical = strict.features[0].populationStability?.test.criticalValue ?? 0
    #expect(critical > plain.features[0].populationStability?.test.criticalValue ?? .infinity)
  }

  @Test func whatCannotBeFollowed() throws {
    let baseline = [Column("x", normal(1)), Column("plan", (0..<400).map { "p\($0 % 2)" })]
    func code(_ binning: [String: NumericBinning.Method]) -> DriftError.Code? {
      do {
        _ = try check(baseline, baseline) { $0.featureBinning = binning }
        return nil
      } catch {
        return (error as? DriftError)?.code
      }
    }
    #expect(code(["X": .quantile(bins: 3)]) == .unknownFeature)
    #expect(code(["plan": .quantile(bins: 3)]) == .invalidConfiguration)
    #expect(code(["x": .quantile(bins: 1)]) == .invalidConfiguration)
    #expect(code(["x": .edges([])]) == .invalidConfiguration)
    #expect(code(["x": .edges([.nan])]) == .invalidConfiguration)
    #expect(code(["x": .edges([0])]) == nil)
  }

  /// Edges that leave the whole baseline in one bin would hide any drift. A bin holds its lower
  /// edge.
  @Test(arguments: [[1e6], [-9, -8], [-9, 1e6], [-1], [(3.0).nextUp]] as [[Double]])
  func edgesBesideAllValuesAreRefused(_ edges: [Double]) throws {
    let table = try Dataset([Column("x", (0..<400).map { Double($0 % 5) - 1 })])
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy = nil
    configuration.featureBinning["x"] = .edges(edges)
    var options = DatasetProfile.Options()
    options.featureBinning["x"] = .edges(edges)
    let error = DriftError(
      .invalidConfiguration,
      "all 400 values of 'x' are in one bin, where no drift would show, expected edges between "
        + "-1.0 and 3.0", feature: "x")
    #expect(throws: error) { try DriftDetector(baseline: table, configuration: configuration) }
    for profile in [DatasetProfile(table), DatasetProfile(table, options: options)] {
      #expect(throws: error) { try DriftDetector(baseline: profile, configuration: configuration) }
    }
    // A constant column has nothing to separate, an older job has bins of its own, and an edge
    // between the values is enough.
    let constant = try Dataset([Column("x", [Double](repeating: 7, count: 400))])
    _ = try DriftDetector(baseline: constant, configuration: configuration)
    configuration.compatibility = .churnMLOps
    _ = try DriftDetector(baseline: table, configuration: configuration)
    configuration.compatibility = .none
    configuration.featureBinning["x"] = .edges(edges + [3])
    _ = try DriftDetector(baseline: table, configuration: configuration)
  }

  /// Names are compared as bytes.
  @Test func namesThatLookAlikeAreTwo() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    let baseline = [Column(composed, normal(1)), Column(decomposed, normal(2))]
    let result = try check(baseline, baseline) {
      $0.featureBinning[decomposed] = .quantile(bins: 3)
      $0.featureThresholds[composed] = Thresholds()
    }
    #expect(result.features.map { $0.populationStability?.test.bins.count } == [10, 3])
  }
}
