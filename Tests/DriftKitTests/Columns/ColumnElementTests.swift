import DriftKit
import Testing

/// Columns and tables from what a service has.
@Suite("Columns from values of any type") struct ColumnElementTests {
  private enum Plan: String, ColumnElement { case free, pro }

  private struct Ride {
    var tempo: Float
    var age: Int?
    var plan: Plan?
    var isNew: Bool
  }

  private static func numbers(_ column: Column) -> [Double]? {
    guard case .numeric(let values, unparseable: 0) = column.cells else { return nil }
    return values
  }

  @Test("Numbers of any width are numbers, and nil is missing") func numbers() {
    let doubles = [1.5, -2, .infinity]
    #expect(Self.numbers(Column("x", doubles.map { Float($0) })) == doubles)
    #expect(Self.numbers(Column("x", [1, -2, Int.max])) == [1, -2, 0x1p63])
    #expect(Self.numbers(Column("x", ArraySlice([UInt8(255)]))) == [255])
    #expect(Self.numbers(Column("x", (0..<3))) == [0, 1, 2])
    let some = Self.numbers(Column("x", [1.5, nil, .nan]))
    #expect(some?.first == 1.5 && some?.dropFirst().allSatisfy { $0.isNaN } == true)
    #expect(Self.numbers(Column("x", [Int?](repeating: nil, count: 2)))?.count == 2)
  }

  @Test("Words, booleans and enumerations are categories") func categories() {
    let words = Column("x", ["true", nil, "false", "true"])
    #expect(Column("x", [true, nil, false, true]) == words)
    #expect(Column("x", ["true"[...], "false", "true"]) == Column("x", ["true", "false", "true"]))
    #expect(Column("x", [Level("true"), nil, Level("false"), Level("true")]) == words)
    #expect(Column("x", [Plan.free, nil, .pro]) == Column("x", ["free", nil, "pro"]))
    #expect(Column("x", [Plan??.some(nil), .free]) == Column("x", [nil, "free"]))
  }

  @Test("A table of rows is that of its columns") func rows() throws {
    let rides = [
      Ride(tempo: 120, age: 31, plan: .free, isNew: true),
      Ride(tempo: 96.5, age: 24, plan: nil, isNew: false),
    ]
    let table = try Dataset(
      rides,
      [
        .column("tempo", \.tempo), .column("age", \.age), .column("plan", \.plan),
        .column("is new") { $0.isNew },
      ])
    let columns = try Dataset([
      Column("tempo", [120, 96.5]), Column("age", of: rides, \.age), Column("plan", ["free", nil]),
      Column("is new", ["true", "false"]),
    ])
    #expect(table == columns)
    #expect(table["age"] == Column("age", [31.0, 24]))
    #expect(throws: DriftError.self) {
      try Dataset(rides, [.column("x", \.tempo), .column("x", \.age)])
    }
  }

  @Test("Tests take numbers of any type") func tests() throws {
    let x: [Float] = (0..<60).map { Float($0 * 7919 % 61) }
    let y = x.map { $0 + 3 }
    let (a, b) = (x.map { Double($0) }, y.map { Double($0) })
    #expect(try WelchTTest(baseline: x, current: y) == WelchTTest(baseline: a, current: b))
    #expect(try HedgesG(baseline: x, current: y) == HedgesG(baseline: a, current: b))
    #expect(
      try PopulationStabilityIndex(baseline: x, current: y)
        == PopulationStabilityIndex(baseline: a, current: b))
    #expect(Moments(x.map { Int($0) }).mean == Moments(a).mean)
    let test = try NewLevelsTest(baseline: ["a", "a"], current: ["b", "a", nil])
    #expect(test.share == 0.5 && test.examples.map(\.level) == ["b"])
    let names = ["a", "b"]
    #expect(try NewLevelsTest(baseline: names, current: names).share == 0)
  }

  @Test("Merged counts are those of all rows") func merge() throws {
    let (first, second): ([String?], [String?]) = (["a", "b", nil, "a"], ["c", nil, "a"])
    var counts = LevelCounts(first)
    counts.merge(LevelCounts(second))
    #expect(counts == LevelCounts(first + second))
    #expect(counts.isExact && counts.rows == 7 && counts.missing == 2)
    var none = LevelCounts()
    none.merge(counts)
    #expect(none == counts)
  }

  @Test("Settings that are not given are the defaults") func defaults() {
    var configuration = DriftConfiguration()
    configuration.threads = 4
    configuration.thresholds.alpha = 0.02
    configuration.maximumMeanDiscrepancy?.permutations = 99
    #expect(
      DriftConfiguration(
        maximumMeanDiscrepancy: .init(permutations: 99), thresholds: Thresholds(alpha: 0.02),
        threads: 4) == configuration)
  }
}
