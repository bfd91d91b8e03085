import DriftKit
import DriftTestSupport
import Testing

/// Profiles with a right checksum that say what no table has: refused, not a crash.
@Suite("Forged profiles") struct ForgedProfileTests {
  private static func profile(_ column: ForgedNumbers) -> ForgedProfile {
    ForgedProfile(rows: column.rows, columns: [column.bytes])
  }

  private static func expectDamaged(_ column: ForgedNumbers) {
    let error = #expect(throws: DriftError.self) {
      try DatasetProfile(decoding: profile(column).bytes)
    }
    #expect(error?.code == .damagedProfile)
  }

  /// Of values from 0, each with so many rows.
  private static func few(_ count: Int, rows: Int, from first: Int = 0) -> ForgedNumbers {
    ForgedNumbers(
      rows: count &* rows,
      values: .few((0..<count).map { (value: Double(first + $0), rows: rows) }))
  }

  private static func read(_ column: ForgedNumbers) throws -> DatasetProfile {
    try DatasetProfile(decoding: profile(column).bytes)
  }

  /// The numbers that the others change one of.
  @Test("What is not forged is read, byte for byte") func honest() throws {
    let few = Self.few(30, rows: 40)
    let runs = ForgedNumbers(
      rows: 3_000, values: .runs((0..<1_500).map { (value: Double($0), rows: 2) }))
    for column in [few, runs, Self.binned(Self.cells(sum: 1_000))] {
      let bytes = Self.profile(column).bytes
      let profile = try DatasetProfile(decoding: bytes)
      #expect(profile.rowCount == column.rows && profile.encoded() == bytes)
      #expect(try DriftDetector(baseline: profile).check(profile).status == .ok)
    }
    let levels = ForgedProfile(
      rows: 5, columns: [ForgedProfile.levels("a", [(0, [97], 2), (1, [98], 3)])])
    #expect(try DatasetProfile(decoding: levels.bytes).encoded() == levels.bytes)
  }

  @Test(
    "Rows of single values that overflow when they are added up",
    arguments: [1 << 56 - 1, 1 << 50, 6_000_000_000_000])
  func weights(each: Int) {
    var column = Self.few(200, rows: each)
    for rows in [column.rows, 1 << 50, 200] {
      column.rows = rows
      Self.expectDamaged(column)
    }
  }

  @Test("More rows than can be counted, in one profile or merged") func rows() throws {
    Self.expectDamaged(Self.few(1, rows: 1 << 50 + 1))
    Self.expectDamaged(Self.few(1, rows: 1 << 56 - 1))
    let most = try Self.read(Self.few(1, rows: 1 << 50))
    var sum = most
    let error = #expect(throws: DriftError.self) { try sum.merge(most) }
    #expect(error?.code == .invalidData && error?.message.contains("rows") == true)
    let half = try Self.read(Self.few(2, rows: 1 << 48))
    var whole = half
    try whole.merge(half)
    #expect(whole.rowCount == 1 << 50)
    #expect(try DatasetProfile(decoding: whole.encoded()) == whole)
    #expect(try DriftDetector(baseline: whole).check(whole).status == .ok)
  }

  /// 300 values with a bin of their own, of which nothing but the rows by bin is known.
  private static func binned(_ cells: [Int]) -> ForgedNumbers {
    var column = ForgedNumbers(rows: 1_000, values: .none)
    let values = (0..<300).map(Double.init)
    column.range = (0, 299)
    column.bins = (values, cells)
    return column
  }

  private static func cells(sum: Int) -> [Int] { [sum] + [Int](repeating: 0, count: 600) }

  @Test("Cells that have the right sum only as it overflows") func cells() {
    // 256 (2^56 - 1) + 256 + 1,000 = 2^64 + 1,000.
    let large = [Int](repeating: 1 << 56 - 1, count: 256)
    Self.expectDamaged(Self.binned(large + [256 + 1_000] + [Int](repeating: 0, count: 344)))
    Self.expectDamaged(Self.binned([-1, 1_001] + [Int](repeating: 0, count: 599)))
    Self.expectDamaged(Self.binned([.min, .min, 1_000] + [Int](repeating: 0, count: 598)))
    Self.expectDamaged(Self.binned(Self.cells(sum: 999)))
    Self.expectDamaged(Self.binned(Self.cells(sum: 1_001)))
  }

  @Test("Exponents of moments", arguments: [.min, .min + 1, -1_001, 1_001, .max] as [Int])
  func exponents(exponent: Int) {
    var column = Self.few(30, rows: 40)
    column.exponent = exponent
    Self.expectDamaged(column)
  }

  @Test("Moments whose squares overflow when they are merged") func moments() {
    var column = Self.few(30, rows: 40)
    column.secondMoment = 1e308
    Self.expectDamaged(column)
    column = Self.few(30, rows: 40)
    column.exponent = -1_000
    Self.expectDamaged(column)
    column = Self.few(30, rows: 40)
    column.mean = 1e300
    Self.expectDamaged(column)
  }

  @Test("Values outside of their range, which buckets are made for") func range() {
    let values = (0..<2_000).map { (value: Double($0), rows: 2) }
    for (least, most) in [(0, 1e-3), (500, 501), (-1, 1_999), (0, 2_000)] as [(Double, Double)] {
      var column = ForgedNumbers(rows: 4_000, values: .runs(values))
      column.range = (least, most)
      Self.expectDamaged(column)
      column = Self.few(30, rows: 40)
      column.range = (least, most)
      Self.expectDamaged(column)
    }
  }

  /// Row by row it would take years.
  @Test("Few values of very many rows are merged at once", .timeLimit(.minutes(1)))
  func manyRows() throws {
    var merged = try Self.read(Self.few(1_000, rows: 1 << 40))
    try merged.merge(try Self.read(Self.few(1_000, rows: 1, from: 1_000)))
    #expect(merged.rowCount == 1_000 << 40 + 1_000 && merged.sketchedColumns == ["x"])
    #expect(merged.rankError == 0.001)
    let copy = try DatasetProfile(decoding: merged.encoded())
    #expect(copy == merged && copy.encoded() == merged.encoded())
    var other = try Self.read(Self.few(1_000, rows: 1, from: 1_000))
    try other.merge(try Self.read(Self.few(1_000, rows: 1 << 40)))
    let result = try DriftDetector(baseline: merged).check(other)
    let index = try #require(result.features.first?.populationStability?.test.value)
    #expect(index < 1e-4)
  }
}
