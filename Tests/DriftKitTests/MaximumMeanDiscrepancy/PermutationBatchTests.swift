import DriftKit
import DriftTestSupport
import Testing

/// Permutations that are taken some at a time, as memory wants it: the same test to the last bit.
@Suite struct PermutationBatchTests {
  private func matrix(_ rows: Int, seed: UInt64, shift: Double = 0) throws -> SampleMatrix {
    var source = SeededNormal(seed: seed)
    return try SampleMatrix(
      rowCount: rows, columnCount: 3, values: source.sample(rows * 3, mean: shift))
  }

  private func options(
    permutations: Int, bytes: Int, _ configure: (inout MaximumMeanDiscrepancy.Options) -> Void
  ) -> MaximumMeanDiscrepancy.Options {
    var options = MaximumMeanDiscrepancy.Options()
    options.permutations = permutations
    options.permutationBytes = bytes
    configure(&options)
    return options
  }

  @Test(
    arguments: MaximumMeanDiscrepancy.UnitChoice.allCases,
    MaximumMeanDiscrepancy.Precision.allCases)
  func batchesChangeNothing(
    _ unit: MaximumMeanDiscrepancy.UnitChoice, _ precision: MaximumMeanDiscrepancy.Precision
  ) throws {
    let (x, y) = (try matrix(401, seed: 1), try matrix(203, seed: 2, shift: 0.05))
    func test(_ bytes: Int) throws -> MaximumMeanDiscrepancy {
      try MaximumMeanDiscrepancy(
        baseline: x, current: y,
        options: options(permutations: 4_999, bytes: bytes) {
          $0.unit = unit
          $0.precision = precision
          $0.threads = 2
        })
    }
    let whole = try test(.max)
    #expect(whole.nullStatistics.count == 4_999)
    // 64 at a time, some hundred, and 2,048.
    for bytes in [1, 50_000, 500_000] { #expect(try test(bytes) == whole, "\(bytes) bytes") }
  }

  /// All splits: a batch begins in the middle of their order.
  @Test(arguments: [(5, 6), (2, 40), (9, 3), (1, 300)])
  func batchesOfAllSplitsChangeNothing(_ sizes: (Int, Int)) throws {
    let (x, y) = (try matrix(max(2, sizes.0), seed: 3), try matrix(sizes.1, seed: 4, shift: 1))
    func test(_ bytes: Int) throws -> MaximumMeanDiscrepancy {
      try MaximumMeanDiscrepancy(
        baseline: x, current: y, options: options(permutations: 50_000, bytes: bytes) { _ in })
    }
    let whole = try test(.max)
    #expect(whole.isExact)
    #expect(try test(1) == whole)
  }

  /// The progress of a test goes from 0 to 1 over all batches, and can end it in any.
  @Test func progressGoesOverAllBatches() throws {
    let (x, y) = (try matrix(60, seed: 5), try matrix(60, seed: 6))
    let options = options(permutations: 999, bytes: 1) { _ in }
    var shares: [Double] = []
    _ = try MaximumMeanDiscrepancy(baseline: x, current: y, options: options) {
      shares.append($0)
    }
    #expect(shares == shares.sorted() && shares.last.map { $0 > 0.999 && $0 < 1.001 } == true)
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try MaximumMeanDiscrepancy(baseline: x, current: y, options: options) {
        if $0 > 0.5 { throw Enough() }
      }
    }
  }

  @Test func shardsOfBatchesAddUpToTheSame() throws {
    let (x, y) = (try matrix(150, seed: 7), try matrix(130, seed: 8, shift: 0.2))
    let small = options(permutations: 700, bytes: 1) { _ in }
    let large = options(permutations: 700, bytes: .max) { _ in }
    typealias Sums = MaximumMeanDiscrepancy.PartialSums
    var whole = try Sums(
      baseline: x, current: y, options: small, shard: .init(index: 0, count: 2))
    try whole.merge(
      Sums(baseline: x, current: y, options: large, shard: .init(index: 1, count: 2)))
    let expected = try MaximumMeanDiscrepancy(baseline: x, current: y, options: large)
    for options in [small, large] {
      #expect(
        try MaximumMeanDiscrepancy(baseline: x, current: y, options: options, partialSums: whole)
          == expected)
    }
  }
}
