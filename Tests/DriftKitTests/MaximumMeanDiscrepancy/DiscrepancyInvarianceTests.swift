import CInstructionSets
import DriftKit
import DriftTestSupport
import Testing

/// What must not change the result, and what must.
@Suite struct DiscrepancyInvarianceTests {
  private func matrix(_ rows: Int, _ columns: Int, seed: UInt64, shift: Double = 0) throws
    -> SampleMatrix
  {
    var source = SeededNormal(seed: seed)
    return try SampleMatrix(
      rowCount: rows, columnCount: columns, values: source.sample(rows * columns, mean: shift))
  }

  private func run(
    _ x: SampleMatrix, _ y: SampleMatrix,
    _ configure: (inout MaximumMeanDiscrepancy.Options) -> Void = { _ in }
  ) throws -> MaximumMeanDiscrepancy {
    var options = MaximumMeanDiscrepancy.Options()
    options.permutations = 150
    configure(&options)
    return try MaximumMeanDiscrepancy(baseline: x, current: y, options: options)
  }

  @Test(
    arguments: MaximumMeanDiscrepancy.UnitChoice.allCases,
    MaximumMeanDiscrepancy.Precision.allCases)
  func sameBytesForThreadsAndTiles(
    _ unit: MaximumMeanDiscrepancy.UnitChoice, _ precision: MaximumMeanDiscrepancy.Precision
  ) throws {
    let x = try matrix(2101, 9, seed: 1)
    let y = try matrix(1203, 9, seed: 2, shift: 0.05)
    let first = try run(x, y) {
      $0.unit = unit
      $0.precision = precision
    }
    for (threads, tiles) in [(2, 8), (1, 1), (2, 3), (3, 16), (1, 100)] {
      let other = try run(x, y) {
        $0.unit = unit
        $0.precision = precision
        $0.threads = threads
        $0.tileBlocks = tiles
      }
      #expect(first == other, "\(threads) threads, tiles of \(tiles)")
    }
  }

  /// More permutations than are taken at a time, and odd numbers of everything.
  @Test(arguments: [1, 64, 150, 2300], MaximumMeanDiscrepancy.UnitChoice.allCases)
  func sameBytesForEveryWayToSum(
    permutations: Int, _ unit: MaximumMeanDiscrepancy.UnitChoice
  ) throws {
    let x = try matrix(701, 5, seed: 1)
    let y = try matrix(270, 5, seed: 2, shift: 0.05)
    let first = try run(x, y) {
      $0.permutations = permutations
      $0.unit = unit
      $0.permutationSums = .product
      $0.instructionSet = .portable
    }
    for set in InstructionSet.available {
      for way in MaximumMeanDiscrepancy.PermutationSums.allCases {
        let other = try run(x, y) {
          $0.permutations = permutations
          $0.unit = unit
          $0.permutationSums = way
          $0.instructionSet = set
          $0.threads = 2
          $0.tileBlocks = 3
        }
        #expect(first == other, "\(set), \(way)")
      }
    }
  }

  @Test func swappingSidesKeepsStatisticAndExactPValue() throws {
    let x = try matrix(6, 2, seed: 3)
    let y = try matrix(5, 2, seed: 4, shift: 1)
    let (there, back) = (
      try run(x, y) { $0.permutations = 999 }, try run(y, x) { $0.permutations = 999 }
    )
    #expect(there.isExact && there.pValue == back.pValue)
    #expect(Closeness(there.statistic, to: back.statistic, absolute: 1e-12).holds)
  }

  @Test func scaleOfColumnsDoesNotMatterWhenPooled() throws {
    let x = try matrix(80, 3, seed: 5)
    let y = try matrix(70, 3, seed: 6, shift: 0.2)
    func stretched(_ sample: SampleMatrix) throws -> SampleMatrix {
      let factors = [0x1p600, 1, 0x1p-600]
      return try SampleMatrix(
        rowCount: sample.rowCount, columnCount: 3,
        values: sample.values.enumerated().map { $1 * factors[$0 % 3] })
    }
    let plain = try run(x, y)
    let wide = try run(stretched(x), stretched(y))
    #expect(Closeness(wide.statistic, to: plain.statistic, absolute: 1e-12).holds)
    #expect(wide.pValue == plain.pValue)
  }

  @Test func unscaledValuesOfAnySize() throws {
    let x = try matrix(60, 2, seed: 7)
    let y = try matrix(60, 2, seed: 8, shift: 0.5)
    let plain = try run(x, y) { $0.scale = .none }
    for exponent in [-1000, -500, 500] {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      func scaled(_ sample: SampleMatrix) throws -> SampleMatrix {
        try SampleMatrix(
          rowCount: sample.rowCount, columnCount: 2, values: sample.values.map { $0 * factor })
      }
      let other = try run(scaled(x), scaled(y)) { $0.scale = .none }
      #expect(Closeness(other.statistic, to: plain.statistic, absolute: 1e-12).holds)
      #expect(Closeness(other.bandwidth, to: plain.bandwidth * factor, relative: 1e-12).holds)
      #expect(other.pValue == plain.pValue)
    }
  }

  @Test func subnormalValues() throws {
    // The smallest numbers there are: few digits, but far apart in their own scale.
    func sample(_ seed: UInt64, _ shift: Double) throws -> SampleMatrix {
      var source = SeededNormal(seed: seed)
      return try SampleMatrix(columns: [
        source.sample(60, mean: shift).map { $0 * 0x1p-530 * 0x1p-500 }
      ])
    }
    let (x, y) = (try sample(1, 0), try sample(2, 5))
    for precision in MaximumMeanDiscrepancy.Precision.allCases {
      for bandwidth in [
        nil, 0x1p-530 * 0x1p-499,
      ] {
        let result = try run(x, y) {
          $0.scale = .none
          $0.precision = precision
          $0.bandwidth = bandwidth
        }
        #expect(result.statistic > 0.1 && result.pValue < 0.01)
      }
    }
  }

  @Test func aSmallBatchAgainstALargeBaselineNeedsLittleMemory() throws {
    // 10,025 blocks of 2 rows: all pairs of them would take 0.8 GB.
    let before = peakMemory()
    let result = try run(matrix(20_000, 1, seed: 18), matrix(50, 1, seed: 19)) {
      $0.permutations = 19
    }
    #expect(result.blockSize == 2)
    #expect(peakMemory() - before < 300_000_000)
  }

  @Test func equalRowsGiveNothing() throws {
    let constant = try SampleMatrix(
      rowCount: 30, columnCount: 2, values: .init(repeating: 3, count: 60))
    for scale in MaximumMeanDiscrepancy.Scale.allCases {
      let result = try run(constant, constant) { $0.scale = scale }
      #expect(result.statistic == 0 && result.pValue == 1 && result.columns.isEmpty)
      let fixed = try run(constant, constant) {
        $0.scale = scale
        $0.bandwidth = 1
      }
      #expect(fixed.statistic == 0 && fixed.pValue == 1)
    }
  }

  @Test func zeroMedianFallsBackToOtherDistances() throws {
    // 9 of 10 rows are equal: the median distance is 0, that of the others is not.
    let x = try SampleMatrix(rows: (0..<40).map { [$0 % 10 == 0 ? 1 : 0] })
    let y = try SampleMatrix(rows: (0..<40).map { [$0 % 10 == 0 ? 1 : 0] })
    let result = try run(x, y)
    #expect(result.bandwidth > 0 && result.pValue > 0.5)
  }

  @Test func extremeBandwidths() throws {
    let x = try matrix(300, 2, seed: 9)
    let y = try matrix(300, 2, seed: 10, shift: 1)
    for sigma in [1e-300, 1e-20, 1e-3, 1e3, 1e20, 1e300] {
      let result = try run(x, y) { $0.bandwidth = sigma }
      #expect(result.statistic.isFinite && (0...1).contains(result.pValue) && result.pValue > 0)
      #expect(result.bandwidth == sigma)
    }
    #expect(try run(x, y).pValue < 0.01)
  }

  @Test func settingsMatter() throws {
    let x = try matrix(300, 2, seed: 11)
    let y = try matrix(200, 2, seed: 12, shift: 0.1)
    let plain = try run(x, y)
    #expect(try run(x, y) { $0.seed = 1 }.pValue != plain.pValue)
    #expect(try run(x, y) { $0.seed = 1 }.statistic == plain.statistic)
    #expect(try run(x, y) { $0.bandwidth = 0.3 }.statistic != plain.statistic)
    #expect(try run(x, y) { $0.scale = .none }.statistic != plain.statistic)
    #expect(try run(x, y) { $0.permutations = 20 }.permutations == 20)
    let thinned = try run(x, y) { $0.maximumRows = 100 }
    #expect(thinned.isSampled && thinned.baselineRows == 100 && thinned.currentRows == 100)
    #expect(!plain.isSampled && plain.baselineRows == 300 && plain.currentRows == 200)
  }

  @Test func blocksAreTheDefaultWhereTheyHaveTwoRows() throws {
    func unit(_ n: Int, _ m: Int) throws -> MaximumMeanDiscrepancy {
      try run(matrix(n, 1, seed: 13), matrix(m, 1, seed: 14)) { $0.permutations = 19 }
    }
    #expect(try unit(1000, 999).unit == .rows)
    #expect(try unit(1000, 1000).blockSize == 2)
    #expect(try unit(3000, 39).unit == .rows)
    let blocks = try unit(6000, 5001)
    #expect(blocks.unit == .blocks && blocks.blockSize == 11)
    // Rows that do not fill a block take no part.
    #expect(blocks.baselineRows == 5995 && blocks.currentRows == 4994)
  }

  @Test func constantAndMissingColumns() throws {
    var source = SeededNormal(seed: 15)
    let noise = source.sample(100)
    let columns = [
      noise, Array(repeating: 4, count: 100), noise.map { $0 > 1 ? .nan : -$0 },
      Array(repeating: Double.nan, count: 100),
    ]
    let sample = try SampleMatrix(columns: columns)
    #expect(try run(sample, sample).columns == [0, 2])
  }

  @Test func badArgumentsAreErrors() throws {
    let x = try matrix(5, 2, seed: 16)
    #expect(throws: StatisticsError.self) { try run(x, matrix(5, 3, seed: 16)) }
    #expect(throws: StatisticsError.self) { try run(x, matrix(1, 2, seed: 16)) }
    #expect(throws: StatisticsError.self) { try run(x, x) { $0.permutations = 0 } }
    #expect(throws: StatisticsError.self) { try run(x, x) { $0.bandwidth = -1 } }
    #expect(throws: StatisticsError.self) { try run(x, x) { $0.maximumRows = 1 } }
    #expect(throws: StatisticsError.self) { try run(x, x) { $0.permutations = .max } }
    #expect(throws: StatisticsError.self) { try run(x, x) { $0.threads = .min } }
    #expect(throws: StatisticsError.self) {
      try SampleMatrix(rowCount: 1 << 40, columnCount: 0, values: [])
    }
    #expect(throws: StatisticsError.self) { try SampleMatrix(rows: [[1, 2], [3]]) }
    #expect(throws: StatisticsError.self) {
      try SampleMatrix(rowCount: 2, columnCount: 2, values: [1])
    }
  }

  @Test func progressGrowsAndCancels() throws {
    struct Stop: Error {}
    let x = try matrix(1500, 3, seed: 17)
    var shares: [Double] = []
    _ = try MaximumMeanDiscrepancy(baseline: x, current: x) { shares.append($0) }
    #expect(shares.count > 3 && shares.allSatisfy { (0...1).contains($0) } && shares.last == 1)
    #expect(throws: Stop.self) {
      try MaximumMeanDiscrepancy(baseline: x, current: x) { if $0 > 0.5 { throw Stop() } }
    }
  }
}
