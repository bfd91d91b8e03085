import DriftKit
import DriftTestSupport
import Testing

/// Small files that stand for much memory.
@Suite("The memory of a profile that is read") struct ProfileMemoryTests {
  private static func expectTooLarge(_ bytes: [UInt8], limit: Int? = nil) {
    let error = #expect(throws: DriftError.self) {
      try DatasetProfile(decoding: bytes, limit: limit)
    }
    #expect(error?.code == .profileTooLarge)
    #expect(error?.recovery?.kind == .higherLimit)
  }

  /// Columns of one value, in a form that lists each row in memory.
  private static func repeated(_ rows: Int, columns: Int) -> [UInt8] {
    ForgedProfile(
      rows: rows,
      columns: (0..<columns).map {
        var column = ForgedNumbers(rows: rows, values: .runs([(value: 1, rows: rows)]))
        column.name = "x\($0)"
        return column.bytes
      }
    ).bytes
  }

  @Test("One value, 2^24 times") func runs() throws {
    let bytes = Self.repeated(1 << 24, columns: 8)
    #expect(bytes.count < 2_000)
    Self.expectTooLarge(bytes)
    Self.expectTooLarge(Self.repeated(1 << 24, columns: 1), limit: 127 << 20)
    // One column of 2^20 rows takes 8 MiB, and eight of them 64.
    let small = Self.repeated(1 << 20, columns: 1)
    Self.expectTooLarge(small, limit: 8 << 20)
    #expect(try DatasetProfile(decoding: small, limit: 9 << 20).rowCount == 1 << 20)
    Self.expectTooLarge(Self.repeated(1 << 20, columns: 8))
    #expect(try DatasetProfile(decoding: Self.repeated(1 << 20, columns: 7)).rowCount == 1 << 20)
  }

  /// Levels that have a long beginning in common.
  private static func alike(_ count: Int, length: Int) -> [UInt8] {
    var levels: [(shared: Int, rest: [UInt8], rows: Int)] = []
    for level in 0..<count {
      let rest = [UInt8(level >> 8), UInt8(level & 0xFF)]
      levels.append(
        level == 0
          ? (0, [UInt8](repeating: 97, count: length) + rest, 1) : (length, rest, 1))
    }
    return ForgedProfile(rows: count, columns: [ForgedProfile.levels("a", levels)]).bytes
  }

  @Test("Levels that begin alike") func prefixes() throws {
    let bytes = Self.alike(5_000, length: 28_000)
    #expect(bytes.count < 70_000)
    Self.expectTooLarge(bytes)
    let small = Self.alike(1_000, length: 1_100)
    Self.expectTooLarge(small, limit: 2 << 20)
    #expect(try DatasetProfile(decoding: small, limit: 3 << 20).rowCount == 1_000)
  }

  @Test("Very many columns, parts or numbers of anything") func counts() throws {
    let columns = (0..<5_000).map { ForgedProfile.levels("\($0)", []) }
    let bytes = ForgedProfile(rows: 0, columns: columns).bytes
    Self.expectTooLarge(bytes, limit: 1 << 20)
    #expect(try DatasetProfile(decoding: bytes).columnNames.count == 5_000)
    let table = try ProfiledTable(rows: 3_000, seed: 6).profile().encoded()
    Self.expectTooLarge(table, limit: 1 << 16)
    Self.expectTooLarge(table, limit: 0)
    Self.expectTooLarge(table, limit: -1)
    #expect(try DatasetProfile(decoding: table, limit: 4 << 20).encoded() == table)
  }

  /// All values of a column are kept in the file, as many as there are by default, and take as few
  /// bytes there as they can.
  @Test("Whole numbers in many columns are read without a limit of one's own")
  func honest() throws {
    let values = (0..<(1 << 17)).map { Double($0 % 1_025) }
    var options = DatasetProfile.Options()
    options.sampledRows = 0
    let profile = DatasetProfile(
      try Dataset((0..<72).map { Column("x\($0)", values) }), options: options)
    let bytes = profile.encoded()
    #expect(bytes.count < 1 << 20)
    let read = try DatasetProfile(decoding: bytes)
    #expect(read.sketchedColumns.isEmpty && read.encoded() == bytes)
    Self.expectTooLarge(bytes, limit: 72 << 20)
  }
}
