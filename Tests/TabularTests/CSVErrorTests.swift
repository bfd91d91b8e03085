import Tabular
import Testing

/// A text that cannot be read, and exactly what is said about it.
struct ErrorCase: Sendable, CustomTestStringConvertible {
  var code: CSVError.Code
  var bytes: [UInt8]
  var line: Int?
  var message: String

  init(_ code: CSVError.Code, _ text: String, line: Int?, _ message: String) {
    self.init(code, bytes: Array(text.utf8), line: line, message)
  }

  init(_ code: CSVError.Code, bytes: [UInt8], line: Int?, _ message: String) {
    self.code = code
    self.bytes = bytes
    self.line = line
    self.message = message
  }

  var testDescription: String { "\(code): \(message)" }
}

@Suite struct CSVErrorTests {
  static let rows: [ErrorCase] = [
    .init(
      .raggedRow, "a,b,c,d,e\n1,2,3,4,5\n1,2,3,4\n", line: 3,
      "test.csv:3: row has 4 cells, 5 expected (as in the header); add the missing delimiter"),
    .init(
      .raggedRow, "a,b\n1,2\n\n\"x\ny\",2,3\n", line: 4,
      "test.csv:4: row has 3 cells, 2 expected (as in the header); "
        + "remove or quote the extra delimiter"),
    .init(
      .raggedRow, "a,b\n1\n", line: 2,
      "test.csv:2: row has 1 cell, 2 expected (as in the header); add the missing delimiter"),
    .init(
      .raggedRow, "a\n1,\n", line: 2,
      "test.csv:2: row has 2 cells, 1 expected (as in the header); "
        + "remove or quote the extra delimiter"),
    .init(
      .unterminatedQuote, "a,b\n1,2\n3,\"x\ny\nz\n", line: 3,
      "test.csv:3: column 2 (\"b\"): the quote that opens here is never closed; "
        + "close it, or double the quotes inside the cell"),
    .init(
      .unterminatedQuote, "a,\"b\n", line: 1,
      "test.csv:1: column 2: the quote that opens here is never closed; "
        + "close it, or double the quotes inside the cell"),
    .init(
      .unterminatedQuote, "a\n\"x\"\"", line: 2,
      "test.csv:2: column 1 (\"a\"): the quote that opens here is never closed; "
        + "close it, or double the quotes inside the cell"),
    .init(
      .textAfterQuote, "a,b\n1,\"x\ny\" z\n", line: 3,
      "test.csv:3: column 2 (\"b\"): text after the closing quote of \"x\\ny\"; "
        + "put the whole cell in quotes, and double the quotes inside it"),
    .init(
      .notText, bytes: Array("a,b\n1,".utf8) + [0] + Array("2\n".utf8), line: 2,
      "test.csv:2: NUL byte at byte 6: binary data or UTF-16 text; give CSV text in UTF-8"),
    .init(
      .notText, bytes: Array("a\n\"x\n".utf8) + [0], line: 3,
      "test.csv:3: NUL byte at byte 5: binary data or UTF-16 text; give CSV text in UTF-8"),
    .init(
      .notText, bytes: Array("a\n\"x\" ".utf8) + [0], line: 2,
      "test.csv:2: NUL byte at byte 6: binary data or UTF-16 text; give CSV text in UTF-8"),
    .init(
      .notText, bytes: [0x61, 0, 0x0A, 0], line: 1,
      "test.csv:1: NUL byte at byte 1: binary data or UTF-16 text; give CSV text in UTF-8"),
    .init(
      .notText, bytes: [0xEF, 0xBB, 0xBF, 0x61, 0], line: 1,
      "test.csv:1: NUL byte at byte 4: binary data or UTF-16 text; give CSV text in UTF-8"),
  ]

  static let headers: [ErrorCase] = [
    .init(.empty, "", line: nil, "test.csv: is empty; expected a header and at least one row"),
    .init(
      .empty, "\u{FEFF} \n\r\n", line: nil,
      "test.csv: is empty; expected a header and at least one row"),
    .init(
      .noRows, "a,b\n", line: nil,
      "test.csv: has a header but no rows; expected at least one row"),
    .init(
      .noRows, "a,b\n\n \r\n", line: nil,
      "test.csv: has a header but no rows; expected at least one row"),
    .init(
      .emptyName, "\" \"\n1\n", line: 1,
      "test.csv:1: the column has no name; name every column"),
    .init(
      .emptyName, ",,,,,,\n1,2,3,4,5,6,7\n", line: 1,
      "test.csv:1: none of 7 columns has a name; name every column"),
    .init(
      .duplicateName, "a,,column 2\n1,2,3\n", line: 1,
      "test.csv:1: columns 2 and 3 are both named \"column 2\"; name every column"),
    .init(
      .duplicateName, "a,b, a\t\n1,2,3\n", line: 1,
      "test.csv:1: columns 1 and 3 are both named \"a\"; rename one"),
    .init(
      .headerEncoding, bytes: [0x61, 0x2C, 0x62, 0xFF, 0x0A, 0x31, 0x2C, 0x32], line: 1,
      "test.csv:1: column 2: the name \"b\u{FFFD}\" is not valid UTF-8; give its encoding by "
        + "--encoding, as in --encoding windows-1252, or save the file as UTF-8"),
  ]

  static let signatures: [ErrorCase] = [
    .init(
      .notText, bytes: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], line: nil,
      "an xz file, not CSV text; decompress it first"),
    .init(
      .notText, "PK\u{3}\u{4}", line: nil,
      "a ZIP archive or an Excel workbook, not CSV text; extract it or export a sheet as CSV"),
    .init(
      .notText, "PK\u{5}\u{6}", line: nil, "an empty ZIP archive, not CSV text; give a CSV file"),
    .init(
      .notText, "PAR1\u{15}\u{4}", line: nil, "a Parquet file, not CSV text; convert it to CSV"),
    .init(
      .notText, "ARROW1\u{0}\u{0}", line: nil, "an Arrow file, not CSV text; convert it to CSV"),
    .init(
      .notText, bytes: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], line: nil,
      "an HDF5 file, not CSV text; convert it to CSV"),
  ]

  @Test(arguments: rows + headers, [1, 2, 5, 1 << 20])
  func message(_ c: ErrorCase, chunk: Int) throws {
    let error = try #require(throws: CSVError.self) {
      try read([c.bytes], options: options(chunk: chunk))
    }
    #expect(error.code == c.code)
    #expect(error.line == c.line)
    #expect(error.file == "test.csv")
    #expect(error.description == c.message)
  }

  @Test(arguments: signatures)
  func signature(_ c: ErrorCase) throws {
    let error = try #require(throws: CSVError.self) { try read([c.bytes]) }
    #expect(error.code == c.code)
    #expect(error.description == "test.csv: looks like " + c.message)
  }

  @Test(arguments: ["PAR1,b\n1,2\n", "PAR1\n1\n", "ARROW1;x\n1\n", "PK\n1\n"])
  func notASignature(_ text: String) throws {
    #expect(try read(text).rowCount == 1)
  }

  @Test func placesInBytes() throws {
    let ragged = try #require(throws: CSVError.self) { try read("a,b\n1,2\n\n3\n") }
    #expect(ragged.byteOffset == 9)
    let open = try #require(throws: CSVError.self) { try read("a,b\n1, \"x\n") }
    #expect(open.byteOffset == 7)
    #expect(open.column == CSVError.Column(number: 2, name: "b"))
  }

  @Test func longAndOddNamesAreCut() throws {
    let name = String(repeating: "n", count: 50) + "\u{7}"
    let error = try #require(throws: CSVError.self) { try read("\"\u{1B}\n\(name)\"\n\"x") }
    #expect(
      error.description
        == "test.csv:3: column 1 (\"\\u{1b}\\n\(name.prefix(38))...\"): the quote "
        + "that opens here is never closed; close it, or double the quotes inside the cell")
  }

  @Test func namesDifferingInBytesOnly() throws {
    let table = try read("\u{E9},e\u{301}\n1,2\n")
    #expect(table.columns.count == 2)
  }

  @Test func trimmedNames() throws {
    #expect(try read(" a ,\" b\t\"\n1,2\n").columns.map(\.name) == ["a", "b"])
  }

  @Test(arguments: [UInt8]([0x00, 0x0A, 0x0D, 0x22]))
  func delimiter(_ delimiter: UInt8) throws {
    var options = CSVOptions()
    options.delimiter = delimiter
    let error = try #require(throws: CSVError.self) { try read("a\n1\n", options: options) }
    #expect(error.code == .invalidOptions)
  }

  @Test func delimiterMessage() throws {
    var options = CSVOptions()
    options.delimiter = 0x0A
    let error = try #require(throws: CSVError.self) { try read("a\n1\n", options: options) }
    #expect(
      error.description
        == "delimiter: \"\\n\" cannot separate cells; "
        + "use a byte other than a quote, a line break or NUL")
  }

  @Test func planMismatch() throws {
    let error = try #require(throws: CSVError.self) {
      try TableReader().read(
        [.bytes(Array("a,b\n1,2".utf8), name: "test.csv")], plan: { _ in [.skip] })
    }
    #expect(error.code == .planMismatch)
    #expect(
      error.description == "test.csv: 1 column request for 2 columns; this is a bug")
  }

  @Test func planErrorsPass() {
    struct Refused: Error {}
    #expect(throws: Refused.self) {
      try TableReader().read(
        [.bytes(Array("a\n1".utf8), name: "test.csv")], plan: { _ in throw Refused() })
    }
  }

  @Test func noInput() throws {
    let error = try #require(throws: CSVError.self) { try TableReader().read([], plan: all(.skip)) }
    #expect(error.code == .empty)
    #expect(error.description == "input: there is none; give a CSV file")
  }
}
