import Tabular
import Testing

@Suite struct CSVLimitTests {
  private static func limited(cell: Int, chunk: Int) -> CSVOptions {
    var options = CSVOptions()
    options.maximumCellBytes = cell
    options.chunkSize = chunk
    return options
  }

  @Test(arguments: [1, 3, 10, 1 << 20])
  func cellAtTheLimit(chunk: Int) throws {
    let options = Self.limited(cell: 10, chunk: chunk)
    let ten = String(repeating: "x", count: 10)
    #expect(try read("a,b\n\(ten),\"\(ten)\"\n", options: options).rowCount == 1)

    let plain = try #require(throws: CSVError.self) {
      try read("a,b\n1,\n1,\(ten)x\n", options: options)
    }
    #expect(plain.code == .cellTooLong)
    #expect(
      plain.description
        == "test.csv:3: column 2 (\"b\"): the cell is longer than 10 bytes; "
        + "is the delimiter or the line break another one?")

    let quoted = try #require(throws: CSVError.self) {
      try read("a,b\n1,\"\n\(ten)\",\n", options: options)
    }
    #expect(quoted.code == .cellTooLong)
    #expect(
      quoted.description
        == "test.csv:2: column 2 (\"b\"): the quoted cell that opens here is longer than 10 bytes; "
        + "is its closing quote missing?")
  }

  /// The reading stops soon after the limit, however much there is to come.
  @Test(arguments: ["\"", "x"])
  func endlessCell(_ opening: String) throws {
    let limit = 1 << 16
    let chunk = 1 << 12
    let bytes = Array("a,b\n1,\(opening)".utf8) + [UInt8](repeating: 0x78, count: 8 << 20)
    var bytesRead = 0
    let error = try #require(throws: CSVError.self) {
      try TableReader(options: Self.limited(cell: limit, chunk: chunk)).read(
        [.bytes(bytes, name: "test.csv")], plan: all(.text), progress: { bytesRead = $0.bytesRead })
    }
    #expect(error.code == .cellTooLong)
    #expect(error.line == 2)
    #expect(bytesRead <= limit + 2 * chunk)
  }

  @Test(arguments: [1, 7, 1 << 20])
  func recordAtTheLimit(chunk: Int) throws {
    var options = CSVOptions()
    options.maximumRecordBytes = 9
    options.chunkSize = chunk
    #expect(try read("a,b,c,d,e\n1,2,3,4,5\n", options: options).rowCount == 1)
    let error = try #require(throws: CSVError.self) {
      try read("a,b,c,d,e\n1,2,3,4,5\n1,2,3,4,55\n", options: options)
    }
    #expect(error.code == .recordTooLong)
    #expect(
      error.description
        == "test.csv:3: the row is longer than 9 bytes; "
        + "is the line break missing, or a closing quote?")
  }

  @Test func tooManyColumns() throws {
    var options = CSVOptions()
    options.maximumColumns = 3
    #expect(try read("a,b,c\n1,2,3\n", options: options).columns.count == 3)
    let error = try #require(throws: CSVError.self) {
      try read("a,b,c,d\n1,2,3,4\n", options: options)
    }
    #expect(error.code == .tooManyColumns)
    #expect(
      error.description
        == "test.csv:1: the header has 4 columns, at most 3 are read; "
        + "is the line break another one?")
  }

  @Test func manyExtraCells() throws {
    let error = try #require(throws: CSVError.self) {
      try read("a\n" + String(repeating: ",", count: 99_999) + "\n")
    }
    #expect(error.code == .raggedRow)
    #expect(error.detail.hasPrefix("row has 100000 cells, 1 expected"))
  }

  @Test(arguments: [1 << 10, 1 << 20])
  func tenThousandColumns(chunk: Int) throws {
    let columns = 10_000
    let rows = 40
    var text = (0..<columns).map { "c\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<rows {
      text += (0..<columns).map { "\($0 + row)" }.joined(separator: ",") + "\n"
    }
    let table = try read(text, options: options(chunk: chunk))
    #expect(table.columns.count == columns && table.rowCount == rows)
    for column in [0, 1, 4_999, 9_999] {
      #expect(
        try #require(table.numbers("c\(column)")).values == (0..<rows).map { Double(column + $0) })
    }
  }

  @Test func oneColumn() throws {
    let rows = 10_000
    let table = try read(
      "a\n" + (0..<rows).map { "\($0)\r\n" }.joined(), options: options(chunk: 999))
    #expect(try #require(table.numbers("a")).values == (0..<rows).map(Double.init))
  }

  @Test func recordLongerThanManyChunks() throws {
    let long = String(repeating: "\"\"\n,", count: 50_000)
    let table = try read("a,b\n1,\"\(long)\"\n2,y\n", options: options(chunk: 100))
    let level = try #require(table.levels("b")?.sortedLevels().first)
    #expect(level.level == ByteString(String(repeating: "\"\n,", count: 50_000)))
    #expect(try #require(table.numbers("a")).values == [1, 2])
  }
}
