import CInstructionSets
import DriftKit
import DriftTestSupport
import Testing

/// Sums of shards make the test that one process makes, byte for byte.
@Suite struct PartialSumsTests {
  typealias Discrepancy = MaximumMeanDiscrepancy

  /// Two samples and how they are tested.
  struct Case: Sendable {
    var baseline: SampleMatrix
    var current: SampleMatrix
    var options = Discrepancy.Options()

    init(_ n: Int, _ m: Int, columns: Int, seed: UInt64, shift: Double = 0.1) throws {
      var source = SeededNormal(seed: seed)
      baseline = try SampleMatrix(
        rowCount: n, columnCount: columns, values: source.sample(n * columns))
      current = try SampleMatrix(
        rowCount: m, columnCount: columns, values: source.sample(m * columns, mean: shift))
      options.permutations = 99
      options.seed = seed
    }

    func whole() throws -> Discrepancy {
      try Discrepancy(baseline: baseline, current: current, options: options)
    }

    func shard(_ index: Int, of count: Int, threads: Int = 1) throws -> Discrepancy.PartialSums {
      var options = options
      options.threads = threads
      return try Discrepancy.PartialSums(
        baseline: baseline, current: current, options: options,
        shard: Discrepancy.Shard(index: index, count: count))
    }

    func finish(_ sums: Discrepancy.PartialSums) throws -> Discrepancy {
      try Discrepancy(
        baseline: baseline, current: current, options: options, partialSums: sums)
    }
  }

  /// Merges in an order of the seed, through their bytes.
  static func merged(_ parts: [Discrepancy.PartialSums], seed: UInt64 = 0) throws
    -> Discrepancy.PartialSums
  {
    var source = SplitMix64(seed: seed)
    var parts = try parts.shuffled(using: &source).map {
      try Discrepancy.PartialSums(decoding: $0.encoded())
    }
    // In pairs and not one by one: the grouping does not matter either.
    while parts.count > 1 {
      let last = parts.removeLast()
      try parts[Int(source.next() % UInt64(parts.count))].merge(last)
    }
    return parts[0]
  }

  @Test(
    arguments: Discrepancy.UnitChoice.allCases, Discrepancy.Precision.allCases)
  func everyWayToTest(_ unit: Discrepancy.UnitChoice, _ precision: Discrepancy.Precision) throws {
    var test = try Case(2_101, 1_203, columns: 9, seed: 1)
    test.options.unit = unit
    test.options.precision = precision
    for way in Discrepancy.PermutationSums.allCases {
      test.options.permutationSums = way
      let expected = try test.whole()
      #expect(expected.pValue < 1 && expected.nullStatistics.count == 99)
      for count in [1, 3, 7] {
        let parts = try (0..<count).map { try test.shard($0, of: count, threads: 1 + $0 % 2) }
        #expect(try test.finish(Self.merged(parts, seed: UInt64(count))) == expected)
      }
    }
  }

  /// Sizes, units, scales and numbers of shards as they come.
  @Test(arguments: UInt64(1)...24)
  func anySize(_ seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    func draw(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &source) }
    let most = [4, 60, 700, 1_500][Int(seed % 4)]
    var test = try Case(
      draw(2...most), draw(2...most), columns: draw(1...6), seed: seed, shift: 0.3)
    test.options.permutations = draw(1...200)
    test.options.unit = Discrepancy.UnitChoice.allCases[draw(0...2)]
    test.options.precision = Discrepancy.Precision.allCases[draw(0...1)]
    test.options.scale = Discrepancy.Scale.allCases[draw(0...2)]
    test.options.bandwidth = draw(0...3) == 0 ? 1.5 : nil
    test.options.kernels = Discrepancy.KernelChoice.allCases[draw(0...1)]
    test.options.tileBlocks = draw(1...9)
    test.options.maximumRows = draw(max(2, most / 2)...most)
    let count = draw(1...40)
    let parts = try (0..<count).map { try test.shard($0, of: count) }
    #expect(try test.finish(Self.merged(parts, seed: seed)) == test.whole())
  }

  @Test func allSplitsEnumerated() throws {
    let test = try Case(4, 4, columns: 2, seed: 3)
    let parts = try (0..<5).map { try test.shard($0, of: 5) }
    let result = try test.finish(Self.merged(parts))
    #expect(try result.isExact && result == test.whole())
  }

  @Test func moreShardsThanTiles() throws {
    let test = try Case(40, 30, columns: 2, seed: 4)
    let count = 1_000
    var whole = try test.shard(0, of: count)
    for index in 1..<count { try whole.merge(test.shard(index, of: count)) }
    #expect(try test.finish(whole) == test.whole())
  }

  @Test func equalRowsHaveNoSums() throws {
    var test = try Case(30, 30, columns: 1, seed: 5)
    test.baseline = try SampleMatrix(
      rowCount: 30, columnCount: 1, values: .init(repeating: 2, count: 30))
    test.current = test.baseline
    let parts = try (0..<3).map { try test.shard($0, of: 3) }
    let result = try test.finish(Self.merged(parts))
    #expect(try result.pValue == 1 && result == test.whole())
  }

  @Test func shardsThatAreMissingOrThereTwice() throws {
    let test = try Case(80, 70, columns: 2, seed: 6)
    var some = try test.shard(3, of: 7)
    let twice = #expect(throws: PartialSumsError.self) { try some.merge(test.shard(3, of: 7)) }
    #expect(twice?.code == .notWhole)
    #expect(twice?.message.contains("shard 3 of 7 was there before") == true)
    try some.merge(test.shard(5, of: 7))
    let error = #expect(throws: PartialSumsError.self) { try test.finish(some) }
    #expect(error?.code == .notWhole)
    #expect(error?.message.contains("2 of 7 shards; missing, from 0: 0, 1, 2, 4, 6;") == true)
    let other = #expect(throws: PartialSumsError.self) { try some.merge(test.shard(0, of: 8)) }
    #expect(other?.code == .otherTest)
  }

  /// What decides the sums, and what is said where it differs.
  static let changes: [(phrase: String, change: @Sendable (inout Case) throws -> Void)] = [
    ("seed 9, this test has seed 8", { $0.options.seed = 9 }),
    ("98 permutations", { $0.options.permutations = 98 }),
    ("blocks", { $0.options.unit = .blocks }),
    ("double precision", { $0.options.precision = .double }),
    ("scale none", { $0.options.scale = .none }),
    ("tiles of 3 blocks", { $0.options.tileBlocks = 3 }),
    ("50 baseline rows", { $0.options.maximumRows = 50 }),
    ("1 kernels", { $0.options.kernels = .median }),
    ("1 kernels", { $0.options.bandwidth = 1.25 }),
    (
      "rows with SHA-256 ",
      { test in
        var values = test.current.values
        // A value that stays between its neighbours has the same rank: no other rows.
        values[37] = -9
        test.current = try SampleMatrix(
          rowCount: test.current.rowCount, columnCount: 2, values: values)
      }
    ),
    (
      "rows with SHA-256 ",
      { swap(&$0.baseline, &$0.current) }
    ),
    (
      "1 columns",
      { test in
        test.baseline = try SampleMatrix(columns: [test.baseline.values])
        test.current = try SampleMatrix(columns: [test.current.values])
      }
    ),
  ]

  @Test(arguments: changes.indices)
  func sumsOfAnotherTestAreRefused(_ index: Int) throws {
    let (phrase, change) = Self.changes[index]
    let test = try Case(80, 80, columns: 2, seed: 8)
    var other = test
    try change(&other)
    let sums = try other.shard(0, of: 1)
    let error = #expect(throws: PartialSumsError.self) { try test.finish(sums) }
    #expect(error?.code == .otherTest)
    #expect(error?.message.contains(phrase) == true, "\(error?.message ?? "")")
    var first = try test.shard(0, of: 2)
    let merging = #expect(throws: PartialSumsError.self) { try first.merge(other.shard(1, of: 2)) }
    #expect(merging?.code == .otherTest)
  }

  /// What does not decide them.
  @Test func threadsAndInstructionsDoNotMatter() throws {
    let test = try Case(900, 300, columns: 3, seed: 10)
    var other = test
    other.options.threads = 2
    other.options.instructionSet = .portable
    other.options.permutationSums = .product
    other.options.keptDistances = 100
    #expect(try other.shard(1, of: 3) == test.shard(1, of: 3))
  }

  @Test func progressGrowsAndCancels() throws {
    struct Stop: Error {}
    let test = try Case(1_500, 1_500, columns: 3, seed: 11)
    var shares: [Double] = []
    let shard = try Discrepancy.Shard(index: 0, count: 2)
    _ = try Discrepancy.PartialSums(
      baseline: test.baseline, current: test.current, shard: shard
    ) { shares.append($0) }
    #expect(shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) })
    #expect(shares.last == 1)
    #expect(throws: Stop.self) {
      try Discrepancy.PartialSums(
        baseline: test.baseline, current: test.current, shard: shard
      ) { if $0 > 0.5 { throw Stop() } }
    }
  }
}
