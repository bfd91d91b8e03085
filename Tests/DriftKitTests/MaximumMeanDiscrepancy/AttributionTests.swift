import DriftKit
import DriftTestSupport
import Testing

/// An attribution names what was changed.
@Suite struct AttributionTests {
  private func attribution(
    _ x: [[Double]], _ y: [[Double]],
    _ configure: (inout MaximumMeanDiscrepancy.Options) -> Void = { _ in }
  ) throws -> MaximumMeanDiscrepancy.Attribution {
    var options = MaximumMeanDiscrepancy.Options.oneKernel
    options.permutations = 1
    configure(&options)
    let (baseline, current) = (try SampleMatrix(rows: x), try SampleMatrix(rows: y))
    let test = try MaximumMeanDiscrepancy(
      baseline: baseline, current: current, options: options)
    return try test.attribution(baseline: baseline, current: current, options: options)
  }

  private func rows(_ count: Int, _ width: Int, _ source: inout SeededNormal) -> [[Double]] {
    (0..<count).map { _ in source.sample(width) }
  }

  @Test func aShiftedFeatureAmongThirtyComesFirst() throws {
    var first = 0
    var shares: [Double] = []
    for seed in UInt64(0)..<100 {
      var source = SeededNormal(seed: seed)
      let column = Int(seed % 30)
      let x = rows(200, 30, &source)
      let y = rows(200, 30, &source).map { row in
        row.enumerated().map { $0 == column ? $1 + 0.6 : $1 }
      }
      let found = try attribution(x, y)
      if found.features[0].column == column { first += 1 }
      shares.append(found.features[0].share ?? 0)
    }
    #expect(first >= 95)
    // The median seed leaves little doubt.
    #expect(shares.sorted()[50] > 0.5)
  }

  /// Neither feature moved: without one of them there is no difference left.
  @Test func aChangedCorrelationNamesBothFeatures() throws {
    var both = 0
    for seed in UInt64(0)..<40 {
      var source = SeededNormal(seed: seed)
      let x = rows(250, 8, &source)
      var y = rows(250, 8, &source)
      for row in y.indices { y[row][5] = 0.9 * y[row][2] + 0.435_889_894_354 * y[row][5] }
      let found = try attribution(x, y)
      if Set(found.features.prefix(2).map(\.column)) == [2, 5] { both += 1 }
    }
    #expect(both >= 38)
  }

  /// A cluster far out, where the baseline has nothing, is what the rows with the least witness are.
  @Test(arguments: UInt64(0)..<10) func aClusterOfOutliersIsFound(_ seed: UInt64) throws {
    var source = SeededNormal(seed: seed)
    let x = rows(300, 6, &source)
    var y = rows(280, 6, &source)
    let outliers = Set((0..<40).map { $0 * 6 + Int(seed) })
    for row in outliers {
      y[row] = source.sample(6, standardDeviation: 0.1)
      y[row][1] += 9
      y[row][4] -= 7
    }
    let found = try attribution(x, y)
    #expect(found.rows.count == 10)
    #expect(found.rows.allSatisfy { outliers.contains($0.row) })
    for row in found.rows {
      #expect(row.values.prefix(2).map(\.column) == [1, 4])
      #expect(row.values[0].value == y[row.row][1] && (row.values[0].standardised ?? 0) > 6)
      #expect((row.values[1].standardised ?? 0) < -4)
      #expect(row.witness < 0 && row.witness >= -1)
    }
    let witness = found.rows.map(\.witness)
    #expect(witness == witness.sorted())
  }

  @Test func agreesWithTheDefinition() throws {
    for (n, m, d, shift) in [(70, 65, 3, 0.5), (129, 64, 9, 0.2), (40, 200, 66, 0.05)] {
      var source = SeededNormal(seed: UInt64(n))
      let x = rows(n, d, &source)
      let y = rows(m, d, &source).map { $0.map { $0 + shift } }
      let matrices = (try SampleMatrix(rows: x), try SampleMatrix(rows: y))
      for unit in MaximumMeanDiscrepancy.UnitChoice.allCases {
        var options = MaximumMeanDiscrepancy.Options.oneKernel
        options.permutations = 9
        options.unit = unit
        let test = try MaximumMeanDiscrepancy(
          baseline: matrices.0, current: matrices.1, options: options)
        let found = try test.attribution(
          baseline: matrices.0, current: matrices.1, options: options)
        // Blocks of one row: all rows in another order.
        #expect(test.blockSize == 1)
        let slow = SlowAttribution(x, y, sigma: test.bandwidth)
        #expect(Closeness(found.statistic, to: slow.statistic, absolute: 1e-11).holds)
        #expect(Closeness(found.statistic, to: test.statistic, absolute: 1e-6).holds)
        for feature in found.features {
          let closeness = Closeness(
            feature.statisticWithout, to: slow.without[feature.column], absolute: 1e-11)
          #expect(closeness.holds, "\(closeness)")
        }
        for row in found.rows {
          let closeness = Closeness(row.witness, to: slow.witness[row.row], absolute: 1e-11)
          #expect(closeness.holds, "\(closeness)")
        }
      }
    }
  }

  /// Rows of a block that is not full take no part; the others are named by their own places.
  @Test func blocksOfSeveralRows() throws {
    var source = SeededNormal(seed: 3)
    let x = rows(1003, 2, &source)
    var y = rows(2000, 2, &source)
    for row in 40..<240 { y[row] = [8 + 0.01 * y[row][0], 8] }
    let found = try attribution(x, y) {
      $0.unit = .blocks
      $0.comparedRows = 2000
    }
    #expect(found.baselineRows == 1002 && found.currentRows == 1998)
    #expect(found.rows.allSatisfy { (40..<240).contains($0.row) })
  }

  /// Rows that are thinned out keep their places, and what is found is about the same.
  @Test func aSampleIsComparedAndAllRowsAreLookedAt() throws {
    var source = SeededNormal(seed: 4)
    let x = rows(900, 4, &source)
    var y = rows(800, 4, &source)
    for row in y.indices where row % 10 == 0 { y[row] = [6, 6, y[row][2] / 20, 0] }
    let whole = try attribution(x, y)
    let some = try attribution(x, y) { $0.comparedRows = 200 }
    #expect(some.baselineRows == 200 && some.currentRows == 200)
    #expect(whole.baselineRows == 900 && whole.currentRows == 800)
    #expect(some.rows.count == 10 && some.rows.allSatisfy { $0.row % 10 == 0 })
    // Three of the columns say the same of those rows, so their order is left to chance.
    for feature in some.features {
      let same = try #require(whole.features.first { $0.column == feature.column })
      let shares = (try #require(feature.share), try #require(same.share))
      #expect(abs(shares.0 - shares.1) < 0.2, "\(feature.column): \(shares)")
    }
    #expect(abs(some.statistic - whole.statistic) < 0.02)
    // Another seed compares others.
    let other = try attribution(x, y) {
      $0.comparedRows = 200
      $0.seed = 1
    }
    #expect(other.statistic != some.statistic)
    // Of rows that did not take part in the test none is named.
    let thinned = try attribution(x, y) { $0.maximumRows = 100 }
    let taken = Sampling.sample(100, of: 800, seed: 0, stream: 1, purpose: .rowSample)
    #expect(thinned.currentRows == 100)
    #expect(thinned.rows.allSatisfy { taken.contains($0.row) })
  }

  @Test func aWideTableComparesFewerRows() throws {
    var source = SeededNormal(seed: 5)
    let (x, y) = (rows(500, 1000, &source), rows(450, 1000, &source))
    let shifted = y.map { row in row.enumerated().map { $0 == 123 ? $1 + 4 : $1 } }
    let found = try attribution(x, shifted)
    // 2^27 / 1,000 is 366 squared.
    #expect(found.baselineRows == 366 && found.currentRows == 366)
    #expect(found.features[0].column == 123 && found.features.count == 1000)
  }
}
