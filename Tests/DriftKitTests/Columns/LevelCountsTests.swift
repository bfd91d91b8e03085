import DriftKit
import DriftTestSupport
import Testing

/// Counted levels against dictionaries of them.
@Suite("Counts of levels")
struct LevelCountsTests {
  /// Levels of a long tail, some of them empty, one a prefix of another, not all of them UTF-8.
  private func sample(_ rows: Int, _ levels: Int, seed: UInt64) -> [Level?] {
    var generator = SplitMix64(seed: seed)
    return (0..<rows).map { _ in
      let number = Int.random(in: 0..<levels, using: &generator)
      let rank = Int.random(in: 0...number, using: &generator)
      switch rank % 11 {
      case 0: return nil
      case 1: return Level(bytes: Array(repeating: UInt8(rank % 256), count: rank % 30))
      default: return Level("level \(rank)")
      }
    }
  }

  private func counted(_ cells: [Level?]) -> LevelCounts {
    var counts = LevelCounts()
    for cell in cells { counts.add(cell) }
    return counts
  }

  private func reference(_ cells: [Level?]) -> [Level: Int] {
    cells.reduce(into: [:]) { counts, cell in
      if let cell { counts[cell, default: 0] += 1 }
    }
  }

  @Test("Counts, equality and hash", arguments: [0, 1, 2, 40, 3_000])
  func counts(rows: Int) throws {
    let cells = sample(rows, 500, seed: UInt64(rows))
    let counts = counted(cells)
    #expect(counts.counts == reference(cells))
    #expect(counts.missing == cells.count { $0 == nil } && counts.rows == rows)
    let other = counted(cells.reversed())
    #expect(other == counts && other.hashValue == counts.hashValue)
    #expect(try LevelCounts(counts: counts.counts, missing: counts.missing) == counts)
    #expect(counted(cells + ["x"]) != counted(cells + ["y"]))
    #expect(counted(cells + [nil]) != counts)
    let texts = cells.map { $0?.description }
    #expect(LevelCounts(texts) == counted(texts.map { $0.map { Level($0) } }))
    var handed = 0
    let copy = LevelCounts(levelCount: 3, bytes: 2, missing: counts.missing) { add in
      for (level, count) in counts.counts {
        level.bytes.withUnsafeBufferPointer { add($0, count) }
        handed += 1
      }
    }
    #expect(copy == counts && handed == counts.counts.count)
  }

  @Test("The most frequent levels, ties by bytes", arguments: [0, 1, 5, 100, 100_000])
  func frequentLevels(limit: Int) {
    for (rows, levels) in [(0, 1), (60, 9), (4_000, 900), (4_000, 20_000)] {
      let cells = sample(rows, levels, seed: 1)
      for minimum in [1, 2, 10] {
        let binning = CategoricalBinning(
          fitting: counted(cells), minimumCount: minimum, maximumLevels: limit)
        let expected = reference(cells).filter { $0.value >= minimum }
          .sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
        #expect(binning.levels == expected)
        let others = reference(sample(3_000, levels, seed: 2))
        let counts = binning.counts(of: counted(sample(3_000, levels, seed: 2)))
        #expect(counts.dropLast() == expected.map { others[$0] ?? 0 }[...])
        #expect(counts.reduce(0, +) == others.values.reduce(0, +))
      }
    }
  }

  @Test("New levels and all levels as by merged dictionaries", arguments: [1, 3, 10, 40])
  func twoSides(minimum: Int) throws {
    for (rows, levels) in [(300, 20), (4_000, 900), (4_000, 20_000)] {
      let (before, after) = (sample(rows, levels, seed: 3), sample(rows / 2, levels * 2, seed: 4))
      let (x, y) = (reference(before), reference(after))
      let test = try NewLevelsTest(baseline: counted(before), current: counted(after))
      let new = y.filter { x[$0.key] == nil }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      #expect(test.examples.map(\.level) == new.prefix(10).map(\.key))
      #expect(test.examples.map(\.count) == new.prefix(10).map(\.value))
      let (n, m) = (x.values.reduce(0, +), y.values.reduce(0, +))
      #expect(test.share == Double(new.reduce(0) { $0 + $1.value }) / Double(m))
      #expect(test.goodTuringShare == Double(x.values.count { $0 == 1 }) / Double(n))

      var options = PopulationStabilityIndex.Options()
      options.minimumCount = minimum
      options.missing = .exclude
      let pairs = Set(x.keys).union(y.keys).map { (baseline: x[$0] ?? 0, current: y[$0] ?? 0) }
      let cells = try CellsTest(
        baseline: .init(valid: n, missing: before.count - n),
        current: .init(valid: m, missing: after.count - m))
      let expected = try Evidence.pValue(of: PearsonTest(pairs).pValue, cells.pValue)
      let binning = CategoricalBinning(fitting: counted(before), minimumCount: minimum)
      let common = max(minimum, (after.count + 99) / 100)
      let frequent = y.filter { $0.value >= common && !binning.levels.contains($0.key) }.keys
      guard !binning.levels.isEmpty || !frequent.isEmpty else {
        #expect(throws: StatisticsError.self) {
          try PopulationStabilityIndex(
            baseline: counted(before), current: counted(after), options: options)
        }
        continue
      }
      let psi = try PopulationStabilityIndex(
        baseline: counted(before), current: counted(after), options: options)
      // Sums of many terms, in another order.
      #expect(
        Closeness(psi.pValue ?? .nan, to: expected ?? .nan, relative: 1e-9).holds)
      #expect(
        Set(psi.bins.filter { $0.content == .level }.map(\.label))
          == Set((binning.levels + frequent).map(\.description)))
    }
  }
}
