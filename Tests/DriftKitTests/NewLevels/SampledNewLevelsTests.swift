import DriftKit
import DriftTestSupport
import Glibc
import Testing

/// New levels where memory does not hold all levels, against the test of all levels.
@Suite("New levels from a sample of levels")
struct SampledNewLevelsTests {
  enum Column: String, CaseIterable, Sendable {
    /// A level of its own in each row.
    case identifiers
    /// The same, but for half of the rows, which have one level.
    case guests
    /// Shares that fall as 1 / rank.
    case zipf
    /// 400,000 levels of equal share.
    case equal
    /// Ten levels with half of the rows, and rare ones.
    case few

    func cells(_ rows: Int, seed: UInt64, new share: Double = 0) -> [String] {
      var generator = SplitMix64(seed: seed)
      return (0..<rows).map { row in
        let uniform = Double((generator.next() >> 11) + 1) * 0x1p-53
        let number = generator.next()
        if Double(generator.next() >> 11) * 0x1p-53 < share { return "new \(number % 5_000)" }
        switch self {
        case .identifiers: return "id \(seed) \(row)"
        case .guests: return uniform < 0.5 ? "guest" : "id \(seed) \(row)"
        // Levels by inversion: rank r has a share of about 1 / (r log 3e6).
        case .zipf: return "rank \(Int(pow(3e6, uniform)))"
        case .equal: return "level \(number % 400_000)"
        case .few: return uniform < 0.5 ? "plan \(number % 10)" : "other \(number % 300_000)"
        }
      }
    }
  }

  private static func counts(_ cells: [String], limit: Int) -> LevelCounts {
    var sketch = LevelSketch(levelLimit: limit, byteLimit: 1 << 28)
    for cell in cells { sketch.add(Level(cell)) }
    return LevelCounts(sketch, missing: 0)
  }

  private static let rows = (baseline: 150_000, current: 120_000)
  /// No count is too low by more than 1 of 20,000 rows.
  private static let limit = 45_000

  private static func sides(
    _ column: Column, seed: UInt64, new share: Double = 0, limit: (Int, Int)
  )
    -> (LevelCounts, LevelCounts)
  {
    (
      counts(column.cells(rows.baseline, seed: 2 * seed), limit: limit.0),
      counts(column.cells(rows.current, seed: 2 * seed + 1, new: share), limit: limit.1)
    )
  }

  @Test("Without drift it agrees with the test of all levels", arguments: Column.allCases)
  func noDrift(column: Column) throws {
    var small = 0
    var tests = 0
    for seed in 1...3 as ClosedRange<UInt64> {
      let all = Self.sides(column, seed: seed, limit: (1 << 24, 1 << 24))
      let some = Self.sides(column, seed: seed, limit: (Self.limit, Self.limit))
      let exact = try NewLevelsTest(baseline: all.0, current: all.1)
      #expect(exact.levelsForOne == 1)
      for (before, after) in [(some.0, some.1), (some.0, all.1), (all.0, some.1)] {
        guard !before.isExact || !after.isExact else { continue }
        let test = try NewLevelsTest(baseline: before, current: after)
        tests += 1
        if test.pValue < 0.05 { small += 1 }
        #expect(test.pValue > 1e-4, "\(column) \(seed): \(test.pValue)")
        // A few thousand levels are in the sample.
        #expect(abs(test.share - exact.share) < 0.05, "\(test.share) \(exact.share)")
        #expect(abs(test.expectedShare - exact.expectedShare) < 0.05)
        #expect(test.share - test.expectedShare < 0.02 || test.pValue > 0.01)
      }
    }
    #expect(tests >= 6, "levels must be dropped")
    // At most one of the seeds.
    #expect(small <= 3, "\(column): \(small) of \(tests) below 0.05")
  }

  @Test(
    "New levels are found, and their share is that of all levels",
    arguments: Column.allCases.filter { $0 != .identifiers })
  func drift(column: Column) throws {
    let all = Self.sides(column, seed: 9, new: 0.25, limit: (1 << 24, 1 << 24))
    let exact = try NewLevelsTest(baseline: all.0, current: all.1)
    let some = Self.sides(column, seed: 9, new: 0.25, limit: (Self.limit, Self.limit))
    let test = try NewLevelsTest(baseline: some.0, current: some.1)
    #expect(test.levelsForOne > 1 || some.0.isExact)
    #expect(abs(test.share - exact.share) < 0.05, "\(test.share) \(exact.share)")
    if column != .guests { #expect(exact.pValue < 1e-9 && test.pValue < 0.01, "\(test)") }
    #expect(test.examples.contains { $0.level.description.hasPrefix("new") })
  }

  @Test("A frequent new level is seen whether it is in the sample or not")
  func frequent() throws {
    let cells = Column.identifiers.cells(Self.rows.baseline, seed: 20)
    let before = Self.counts(cells.map { $0.hasSuffix("0") ? $0 : "plan" }, limit: 8_000)
    for number in 0..<20 {
      // The baseline must have dropped levels.
      let after = Column.identifiers.cells(Self.rows.current, seed: 21)
        .map { $0.hasSuffix("0") ? $0 : $0.hasSuffix("1") ? "new \(number)" : "plan" }
      let test = try? NewLevelsTest(
        baseline: before, current: Self.counts(after, limit: 1 << 24))
      guard let test else {
        Issue.record("no test of \(number)")
        continue
      }
      #expect(abs(test.share - 0.2) < 0.02 && test.pValue < 1e-9, "\(number): \(test)")
      #expect(test.examples.first?.level == Level("new \(number)"))
    }
  }

  @Test("Too few rows, or counts that are too low by too much, are not enough")
  func tooFew() {
    let cells = Column.identifiers.cells(Self.rows.baseline, seed: 30)
    let other = Column.identifiers.cells(Self.rows.current, seed: 31)
    for limit in [50, 400, 3_000] {
      let before = Self.counts(cells, limit: limit)
      #expect(throws: StatisticsError.self) {
        try NewLevelsTest(baseline: before, current: Self.counts(other, limit: 1 << 24))
      }
    }
  }
}
