import DriftKit
import Testing

@Suite struct NewLevelsTests {
  @Test func examplesAreTheMostFrequentNewLevels() throws {
    let baseline = LevelCounts(Array(repeating: "a", count: 50))
    let current = LevelCounts(
      Array(repeating: "a", count: 40) + ["y", "z", "y", "x"]
        + (0..<20).map { "n\($0)" } + [nil, nil])
    let test = try NewLevelsTest(baseline: baseline, current: current)
    #expect(test.examples.count == 10)
    #expect(test.examples.prefix(3).map(\.level.description) == ["y", "n0", "n1"])
    #expect(test.examples[0].count == 2)
    // 24 of the 64 rows that have a level.
    #expect(test.share == 24.0 / 64)
  }

  @Test func aLongTailExpectsNewLevels() throws {
    let baseline = LevelCounts((0..<1000).map { "id\($0)" })
    let current = LevelCounts((1000..<2000).map { "id\($0)" })
    let test = try NewLevelsTest(baseline: baseline, current: current)
    // Each of the 2,000 levels lies in the one or the other.
    #expect(test.share == 1 && test.goodTuringShare == 1)
    #expect(abs(test.expectedShare - 1) < 1e-12 && abs(test.pValue - 0.5) < 0.01)
  }
}
