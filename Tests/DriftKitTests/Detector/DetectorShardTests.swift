import DriftKit
import DriftTestSupport
import Testing

/// Checks that are finished with sums from elsewhere.
@Suite struct DetectorShardTests {
  private static func dataset(_ rows: Int, seed: UInt64, names: [String] = ["a", "b", "c"]) throws
    -> Dataset
  {
    var source = SeededNormal(seed: seed)
    return try Dataset(
      names.map { Column($0, source.sample(rows)) }
        + [Column("plan", (0..<rows).map { $0 % 3 == 0 ? "pro" : "free" })])
  }

  private static func detector(
    _ baseline: Dataset, _ change: (inout DriftConfiguration) -> Void = { _ in }
  ) throws -> DriftDetector {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 99
    change(&configuration)
    return try DriftDetector(baseline: baseline, configuration: configuration)
  }

  private static func sums(
    _ count: Int,
    _ part: (MaximumMeanDiscrepancy.Shard) throws -> MaximumMeanDiscrepancy.PartialSums
  ) throws -> MaximumMeanDiscrepancy.PartialSums {
    var whole = try part(.init(index: 0, count: count))
    for index in 1..<count { try whole.merge(part(.init(index: index, count: count))) }
    return whole
  }

  @Test(arguments: [30, 900])
  func theResultIsThatOfOneProcess(_ maximumRows: Int) throws {
    let (before, after) = (try Self.dataset(900, seed: 1), try Self.dataset(700, seed: 2))
    let detector = try Self.detector(before) {
      $0.maximumMeanDiscrepancy?.maximumRows = maximumRows
    }
    let sums = try Self.sums(4) { try detector.partialSums(of: after, shard: $0) }
    #expect(try detector.check(after, partialSums: sums) == detector.check(after))
    // From profiles on both sides as well.
    let (profile, current) = (DatasetProfile(before), DatasetProfile(after))
    let profiled = try DriftDetector(baseline: profile, configuration: detector.configuration)
    let more = try Self.sums(3) { try profiled.partialSums(of: current, shard: $0) }
    #expect(try profiled.check(current, partialSums: more) == profiled.check(current))
  }

  @Test func columnsOfOtherNamesAreRefused() throws {
    let (before, after) = (try Self.dataset(100, seed: 1), try Self.dataset(100, seed: 2))
    let detector = try Self.detector(before)
    let names = ["a", "x", "c"]
    let other = try Self.detector(Self.dataset(100, seed: 1, names: names))
    let sums = try other.partialSums(
      of: Self.dataset(100, seed: 2, names: names), shard: .init(index: 0, count: 1))
    let error = #expect(throws: PartialSumsError.self) {
      try detector.check(after, partialSums: sums)
    }
    #expect(error?.message.contains("column 'x', this test has column 'b'") == true)
  }

  @Test func whereThereIsNothingToTest() throws {
    let table = try Self.dataset(100, seed: 1)
    let shard = try MaximumMeanDiscrepancy.Shard(index: 0, count: 1)
    let sums = try Self.detector(table).partialSums(of: table, shard: shard)
    let without = try Self.detector(table) { $0.maximumMeanDiscrepancy = nil }
    let levels = try Self.detector(table) { $0.features = ["plan"] }
    for (detector, phrase) in [(without, "MMD is switched off"), (levels, "a numeric feature")] {
      let refused = #expect(throws: PartialSumsError.self) {
        try detector.check(table, partialSums: sums)
      }
      #expect(refused?.code == .otherTest && refused?.message.contains(phrase) == true)
      let error = #expect(throws: DriftError.self) {
        try detector.partialSums(of: table, shard: shard)
      }
      #expect(error?.code == .invalidData && error?.message.contains(phrase) == true)
    }
  }

  @Test func dataThatCannotBeCheckedHaveNoSums() throws {
    let detector = try Self.detector(Self.dataset(100, seed: 1))
    let shard = try MaximumMeanDiscrepancy.Shard(index: 0, count: 1)
    for current in [
      try Dataset([Column("z", [1.0, 2])]), try Dataset([Column("a", [Double]())]),
      try Dataset([Column("plan", [1.0, 2])]),
    ] {
      let checked = #expect(throws: DriftError.self) { try detector.check(current) }
      let summed = #expect(throws: DriftError.self) {
        try detector.partialSums(of: current, shard: shard)
      }
      #expect(checked == summed)
    }
  }
}
