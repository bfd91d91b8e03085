import CInstructionSets
import DriftKit
import DriftTestSupport
import Testing

/// What must not change an attribution, odd samples, and what is refused.
@Suite struct AttributionInvarianceTests {
  private typealias Options = MaximumMeanDiscrepancy.Options

  private func matrix(_ rows: Int, _ columns: Int, seed: UInt64, shift: Double = 0) throws
    -> SampleMatrix
  {
    var source = SeededNormal(seed: seed)
    return try SampleMatrix(
      rowCount: rows, columnCount: columns, values: source.sample(rows * columns, mean: shift))
  }

  private func run(
    _ x: SampleMatrix, _ y: SampleMatrix, _ configure: (inout Options) -> Void = { _ in }
  ) throws -> MaximumMeanDiscrepancy.Attribution {
    var options = Options.oneKernel
    options.permutations = 3
    configure(&options)
    return try MaximumMeanDiscrepancy(baseline: x, current: y, options: options)
      .attribution(baseline: x, current: y, options: options)
  }

  @Test func sameBytesForThreadsInstructionSetsAndTiles() throws {
    let x = try matrix(330, 9, seed: 1)
    let y = try matrix(203, 9, seed: 2, shift: 0.1)
    let first = try run(x, y) {
      $0.instructionSet = .portable
      $0.comparedRows = 190
    }
    for set in InstructionSet.available {
      for (threads, tiles) in [(1, 8), (2, 3), (3, 16), (16, 1)] {
        let other = try run(x, y) {
          $0.instructionSet = set
          $0.threads = threads
          $0.tileBlocks = tiles
          $0.comparedRows = 190
        }
        #expect(first == other, "\(set), \(threads) threads")
      }
    }
  }

  @Test func precisionDoesNotMatter() throws {
    let (x, y) = (try matrix(300, 3, seed: 1), try matrix(290, 3, seed: 2, shift: 0.3))
    let (single, double) = (try run(x, y), try run(x, y) { $0.precision = .double })
    #expect(single.statistic == double.statistic)
    #expect(single.features == double.features && single.rows == double.rows)
    // Of the test's permutations, which know single precision.
    let error = abs(single.nullDeviation - double.nullDeviation)
    #expect(error <= 1e-3 * double.nullDeviation && double.nullDeviation > 0)
  }

  /// Rows are looked for in single precision: ties, far rows and narrow kernels must not hide any.
  @Test(arguments: ["ties", "far", "narrow", "wide", "sampled"])
  func rowsAreThoseOfDoublePrecision(_ kind: String) throws {
    let x = try matrix(310, 4, seed: 3)
    var values = try matrix(700, 4, seed: 4, shift: 0.2).values
    for row in 0..<700 {
      for column in 0..<4 {
        switch kind {
        case "ties" where row % 3 > 0: values[4 * row + column] = values[4 * (row % 7) + column]
        case "far" where row % 5 == 0: values[4 * row + column] += 1e4
        default: break
        }
      }
    }
    let y = try SampleMatrix(rowCount: 700, columnCount: 4, values: values)
    let found = try [MaximumMeanDiscrepancy.Precision.single, .double].map { precision in
      try run(x, y) {
        $0.precision = precision
        if kind == "narrow" { $0.bandwidth = 0.3 }
        if kind == "wide" { $0.bandwidth = 1e5 }
        if kind == "sampled" { $0.comparedRows = 60 }
      }
    }
    // The bandwidth and the rows are the same, whatever the test's own sums were computed in.
    #expect(found[0].rows == found[1].rows)
    #expect(!found[0].rows.isEmpty)
  }

  @Test func scaleOfColumnsDoesNotMatterWhenPooled() throws {
    let (x, y) = (try matrix(80, 3, seed: 5), try matrix(70, 3, seed: 6, shift: 0.4))
    func stretched(_ sample: SampleMatrix) throws -> SampleMatrix {
      let factors = [0x1p600, 1, 0x1p-600]
      return try SampleMatrix(
        rowCount: sample.rowCount, columnCount: 3,
        values: sample.values.enumerated().map { $1 * factors[$0 % 3] })
    }
    let plain = try run(x, y)
    let wide = try run(stretched(x), stretched(y))
    #expect(wide.features.map(\.column) == plain.features.map(\.column))
    for (one, other) in zip(wide.features, plain.features) {
      #expect(Closeness(one.drop, to: other.drop, absolute: 1e-11).holds)
    }
    #expect(wide.rows.map(\.row) == plain.rows.map(\.row))
    for (one, other) in zip(wide.rows, plain.rows) {
      #expect(one.values.map(\.column) == other.values.map(\.column))
      for (value, expected) in zip(one.values, other.values) {
        let closeness = Closeness(
          value.standardised, to: expected.standardised ?? 0, absolute: 1e-12)
        #expect(closeness.holds, "\(closeness)")
      }
    }
  }

  @Test func extremeBandwidthsAndValues() throws {
    let (x, y) = (try matrix(60, 2, seed: 9), try matrix(50, 2, seed: 10, shift: 1))
    for sigma in [1e-300, 1e-20, 1e-3, 1e3, 1e20, 1e300] {
      for scale in MaximumMeanDiscrepancy.Scale.allCases {
        let found = try run(x, y) {
          $0.bandwidth = sigma
          $0.scale = scale
        }
        #expect(found.statistic.isFinite)
        #expect(found.features.allSatisfy { $0.drop.isFinite && abs($0.statisticWithout) <= 2 })
        #expect(found.rows.allSatisfy { $0.witness >= -1 && $0.witness < 0 })
      }
    }
    for factor in [0x1p-1000, 0x1p1000] {
      func scaled(_ sample: SampleMatrix) throws -> SampleMatrix {
        try SampleMatrix(
          rowCount: sample.rowCount, columnCount: 2, values: sample.values.map { $0 * factor })
      }
      let plain = try run(x, y) { $0.scale = .none }
      let other = try run(scaled(x), scaled(y)) { $0.scale = .none }
      #expect(Closeness(other.statistic, to: plain.statistic, absolute: 1e-11).holds)
      #expect(other.rows.map(\.row) == plain.rows.map(\.row))
    }
  }

  @Test func equalDropsAndWitnessesKeepTheirOrder() throws {
    // Three copies of a column, and current rows that are all the same.
    let x = try SampleMatrix(rows: (0..<20).map { Array(repeating: Double($0 % 5), count: 3) })
    let y = try SampleMatrix(rows: (0..<30).map { _ in [9, 9, 9] })
    let found = try run(x, y)
    #expect(found.features.map(\.column) == [0, 1, 2])
    #expect(Set(found.features.map(\.drop)).count == 1)
    #expect(found.rows.map(\.row) == Array(0..<10))
    #expect(Set(found.rows.map(\.witness)).count == 1)
    #expect(found.rows[0].values.map(\.column) == [0, 1, 2])
  }

  @Test func constantColumnsAndTwoRows() throws {
    let x = try SampleMatrix(rows: [[1, 5, 0], [2, 5, 0]])
    let y = try SampleMatrix(rows: [[8, 5, 1], [8.5, 5, 1]])
    let found = try run(x, y)
    #expect(found.features.map(\.column).sorted() == [0, 2])
    // Any value is far from a baseline that never had another one.
    #expect(found.rows.map(\.row).sorted() == [0, 1])
    for row in found.rows {
      #expect(row.values.map(\.column) == [2, 0])
      #expect(row.values[0].standardised == nil && row.values[0].value == 1)
    }
  }

  @Test func allRowsEqual() throws {
    let constant = try SampleMatrix(
      rowCount: 30, columnCount: 2, values: .init(repeating: 3, count: 60))
    for bandwidth in [nil, 1.0] {
      let found = try run(constant, constant) { $0.bandwidth = bandwidth }
      #expect(found.statistic == 0 && found.features.isEmpty && found.rows.isEmpty)
    }
  }

  @Test func missingValuesAreNotNamed() throws {
    let x = try SampleMatrix(rows: (0..<40).map { [Double($0 % 7), Double($0 % 3), .nan] })
    let y = try SampleMatrix(rows: (0..<40).map { [.nan, 30 + Double($0 % 2), .infinity] })
    let found = try run(x, y)
    #expect(found.features.map(\.column).sorted() == [0, 1])
    #expect(!found.rows.isEmpty && found.rows.allSatisfy { $0.values.map(\.column) == [1] })
  }

  @Test func nothingIsLeftWithoutTheOnlyColumn() throws {
    let found = try run(matrix(30, 1, seed: 1), matrix(20, 1, seed: 2, shift: 2))
    #expect(found.features.count == 1)
    #expect(found.features[0].statisticWithout == 0 && found.features[0].share == 1)
  }

  @Test func otherSamplesAreRefused() throws {
    let (x, y) = (try matrix(30, 2, seed: 1), try matrix(20, 2, seed: 2))
    let test = try MaximumMeanDiscrepancy(baseline: x, current: y)
    #expect(throws: StatisticsError.self) { try test.attribution(baseline: y, current: x) }
    #expect(throws: StatisticsError.self) {
      try test.attribution(baseline: matrix(30, 3, seed: 1), current: matrix(20, 3, seed: 1))
    }
    #expect(throws: StatisticsError.self) {
      try test.attribution(baseline: matrix(30, 3, seed: 1), current: y)
    }
    var options = Options.oneKernel
    options.maximumRows = 10
    #expect(throws: StatisticsError.self) {
      try test.attribution(baseline: x, current: y, options: options)
    }
    options.maximumRows = 1
    #expect(throws: StatisticsError.self) {
      try test.attribution(baseline: x, current: y, options: options)
    }
  }

  @Test func progressGrowsAndCancels() throws {
    struct Stop: Error {}
    let (x, y) = (try matrix(600, 3, seed: 1), try matrix(500, 3, seed: 2))
    let test = try MaximumMeanDiscrepancy(baseline: x, current: y)
    var shares: [Double] = []
    _ = try test.attribution(baseline: x, current: y) { shares.append($0) }
    #expect(shares.count > 10 && shares == shares.sorted() && shares.last == 1)
    for limit in [0, 0.3, 0.6] {
      #expect(throws: Stop.self) {
        try test.attribution(baseline: x, current: y) { if $0 > limit { throw Stop() } }
      }
    }
  }
}
