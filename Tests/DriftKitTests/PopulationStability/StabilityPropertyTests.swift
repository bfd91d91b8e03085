import DriftKit
import DriftTestSupport
import Testing

@Suite struct StabilityPropertyTests {
  private func random(_ seed: UInt64, _ count: Int, shift: Double = 0) -> [Double] {
    var source = SeededNormal(seed: seed)
    return source.sample(count, mean: shift)
  }

  @Test func symmetricInSharedBins() throws {
    let there = try PopulationStabilityIndex(
      baselineCounts: [5, 20, 70], currentCounts: [30, 40, 1])
    let back = try PopulationStabilityIndex(
      baselineCounts: [30, 40, 1], currentCounts: [5, 20, 70])
    #expect(Closeness(there.value, to: back.value, relative: 1e-14).holds)
    #expect(Closeness(there.pValue ?? .nan, to: back.pValue ?? 0, relative: 1e-12).holds)
  }

  @Test func zeroIfAndOnlyIfSharesAreEqual() throws {
    let same = try PopulationStabilityIndex(
      baselineCounts: [10, 20, 30], currentCounts: [30, 60, 90])
    #expect(same.value == 0 && same.pValue == 1)
    let other = try PopulationStabilityIndex(
      baselineCounts: [10, 20, 30], currentCounts: [30, 60, 91])
    #expect(other.value > 0 && other.pValue ?? 1 < 1)
    let x = random(1, 300)
    #expect(try PopulationStabilityIndex(baseline: x, current: x).value == 0)
  }

  @Test func rowOrderDoesNotMatter() throws {
    let (x, y) = (random(1, 300), random(2, 200, shift: 0.3))
    let plain = try PopulationStabilityIndex(baseline: x, current: y)
    let turned = try PopulationStabilityIndex(baseline: x.reversed(), current: y.sorted())
    #expect(plain == turned)
  }

  @Test func increasingTransformsDoNotMatterOnDataPoints() throws {
    // 10 k + 1 values: every quantile falls on a data point.
    let (x, y) = (random(3, 301), random(4, 200, shift: 0.3))
    let plain = try PopulationStabilityIndex(baseline: x, current: y)
    func cube(_ values: [Double]) -> [Double] { values.map { $0 * $0 * $0 * 1e3 + 7 } }
    let cubed = try PopulationStabilityIndex(baseline: cube(x), current: cube(y))
    #expect(plain.bins.map(\.currentCount) == cubed.bins.map(\.currentCount))
    #expect(plain.value == cubed.value)
  }

  @Test func increasingTransformsOfCellsDoNotMatter() throws {
    // All current values are some of the baseline's.
    let (x, other) = (random(3, 301), random(4, 200, shift: 0.3))
    let y = other.map { value in x.min { abs($0 - value) < abs($1 - value) } ?? 0 }
    func cube(_ values: [Double]) -> [Double] { values.map { $0 * $0 * $0 * 1e3 + 7 } }
    func scaled(_ values: [Double]) -> [Double] { values.map { $0 * 8 - 4096 } }
    let plain = try DistributionTest(baseline: x, current: y)
    #expect(try DistributionTest(baseline: cube(x), current: cube(y)) == plain)
    // Affine transforms do not matter at all, where they round nothing.
    let dense = try DistributionTest(baseline: x, current: other)
    #expect(try DistributionTest(baseline: scaled(x), current: scaled(other)) == dense)
  }

  @Test func mergingBinsNeverRaisesTheIndex() throws {
    let (p, q) = ([10, 25, 3, 60, 12], [4, 30, 9, 20, 44])
    let fine = try PopulationStabilityIndex(baselineCounts: p, currentCounts: q).value
    for split in 0..<4 {
      func merged(_ counts: [Int]) -> [Int] {
        counts[..<split] + [counts[split] + counts[split + 1]] + counts[(split + 2)...]
      }
      let coarse = try PopulationStabilityIndex(
        baselineCounts: merged(p), currentCounts: merged(q))
      #expect(coarse.value <= fine)
    }
  }

  @Test func emptyBinsAreSmoothedOnBothSides() throws {
    // (0.5, 10.5) / 11 against (10.5, 0.5) / 11: 2 (10/11) ln 21.
    let psi = try PopulationStabilityIndex(baselineCounts: [0, 10], currentCounts: [10, 0])
    #expect(psi.isSmoothed)
    #expect(Closeness(psi.value, to: 20.0 / 11 * 3.044522437723423, relative: 1e-14).holds)
    // Empty on both sides: no bin.
    let three = try PopulationStabilityIndex(baselineCounts: [0, 10, 5], currentCounts: [0, 4, 8])
    #expect(three.bins.count == 2 && !three.isSmoothed)
  }

  @Test func floorClipsShares() throws {
    var options = PopulationStabilityIndex.Options()
    options.emptyBins = .floor(1e-4)
    let psi = try PopulationStabilityIndex(
      baselineCounts: [0, 10], currentCounts: [5, 5], options: options)
    // (0.5 - 1e-4) ln(0.5 / 1e-4) + (0.5 - 1) ln 0.5
    #expect(Closeness(psi.value, to: 4.60431846666895, relative: 1e-12).holds)
    #expect(!psi.isSmoothed)
  }

  @Test func missingCellsAreABinOrLeftOut() throws {
    let x = random(5, 200)
    let y = random(6, 100) + Array(repeating: Double.nan, count: 100)
    let counts = BinCounts(
      NumericBinning(fitting: x), baseline: NumericBinning(fitting: x).counts(of: x),
      current: NumericBinning(fitting: x).counts(of: y), missing: (0, 0))
    let without = try PopulationStabilityIndex(counts, options: .init())
    let with = try PopulationStabilityIndex(baseline: x, current: y)
    #expect(with.bins.last?.label == "missing" && with.bins.last?.currentCount == 100)
    #expect(without.bins.allSatisfy { $0.label != "missing" })
    #expect(with.value > 1 && without.value < 0.3)
    var options = PopulationStabilityIndex.Options()
    options.missing = .exclude
    let excluded = try PopulationStabilityIndex(baseline: x, current: y, options: options)
    #expect(excluded.value == without.value && excluded.bins == without.bins)
  }

  @Test func sidesWithoutRowsAreAnError() {
    #expect(throws: StatisticsError.self) {
      try PopulationStabilityIndex(baseline: [Double](), current: [1.0, 2])
    }
    #expect(throws: StatisticsError.self) {
      try PopulationStabilityIndex(baselineCounts: [1, 2], currentCounts: [0, 0])
    }
    #expect(throws: StatisticsError.self) {
      try PopulationStabilityIndex(baselineCounts: [1, 2], currentCounts: [1])
    }
    #expect(throws: StatisticsError.self) {
      try PopulationStabilityIndex.value(baselineShares: [1], currentShares: [0.5, 0.5])
    }
    for configure: (inout PopulationStabilityIndex.Options) -> Void in [
      { $0.binning = .quantile(bins: -1) }, { $0.binning = .uniform(bins: 0) },
      { $0.binning = .edges([.nan]) }, { $0.emptyBins = .floor(.nan) }, { $0.alpha = .nan },
      { $0.minimumCount = 0 }, { $0.maximumLevels = -1 },
    ] {
      var options = PopulationStabilityIndex.Options()
      configure(&options)
      #expect(throws: StatisticsError.self) {
        try PopulationStabilityIndex(baseline: [1.0, 2], current: [1.0, 2], options: options)
      }
    }
    #expect(throws: DriftError.self) { try LevelCounts(counts: ["a": .max, "b": 1]) }
    #expect(throws: DriftError.self) { try LevelCounts(counts: ["a": -1]) }
    #expect(throws: StatisticsError.self) {
      try NewLevelsTest(baseline: LevelCounts(), current: LevelCounts(["a"]))
    }
  }

  @Test func sequencesThatCanBeReadOnceOnly() throws {
    let (x, y) = (random(7, 100), random(8, 100, shift: 3))
    let once = PopulationStabilityIndex.churnMLOps(
      baseline: AnyIterator(x.makeIterator()), current: AnyIterator(y.makeIterator()))
    #expect(once == .churnMLOps(baseline: x, current: y) && once.value > 1)
    #expect(
      try PopulationStabilityIndex(
        baseline: AnyIterator(x.makeIterator()), current: AnyIterator(y.makeIterator())
      ).value > 1)
  }

  @Test func levelsCompareAsBytes() throws {
    // One letter, composed and decomposed: equal strings to Swift, two levels here.
    let composed = Array(repeating: "\u{E9}", count: 20)
    let decomposed = Array(repeating: "e\u{301}", count: 20)
    let psi = try PopulationStabilityIndex(
      baseline: LevelCounts(composed), current: LevelCounts(decomposed))
    #expect(psi.bins.count == 2 && psi.value > 1)
  }

  @Test func atMostHundredLevelsHaveBins() throws {
    let cells = (0..<150).flatMap { level in
      Array(repeating: "l\(level)", count: level < 120 ? 12 : 9)
    }
    let binning = CategoricalBinning(fitting: LevelCounts(cells))
    #expect(binning.levels.count == 100)
    // Ties by bytes: "l0", "l1", "l10", "l100", ...
    #expect(binning.levels.prefix(4).map(\.description) == ["l0", "l1", "l10", "l100"])
    #expect(binning.counts(of: LevelCounts(cells)).last == cells.count - 1200)
  }
}
