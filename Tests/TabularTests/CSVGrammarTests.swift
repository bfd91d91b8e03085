import Tabular
import Testing

/// What a text means, one rule a line.
struct GrammarCase: Sendable, CustomTestStringConvertible {
  var rule: String
  var text: String
  var rows: [[String]]
  var lines: [Int]
  var delimiter: Character = ","

  var testDescription: String { rule }
}

@Suite struct CSVGrammarTests {
  static let cases: [GrammarCase] = [
    .init(rule: "plain", text: "a,b\n1,2\n", rows: [["a", "b"], ["1", "2"]], lines: [1, 2]),
    .init(
      rule: "no last line break", text: "a,b\n1,2", rows: [["a", "b"], ["1", "2"]], lines: [1, 2]),
    .init(rule: "CRLF", text: "a\r\n1\r\n2\r\n", rows: [["a"], ["1"], ["2"]], lines: [1, 2, 3]),
    .init(rule: "lone CR", text: "a\r1\r2", rows: [["a"], ["1"], ["2"]], lines: [1, 2, 3]),
    .init(
      rule: "mixed breaks", text: "a\r\n1\r2\n3\n\r4",
      rows: [["a"], ["1"], ["2"], ["3"], ["4"]], lines: [1, 2, 3, 4, 6]),
    .init(
      rule: "BOM", text: "\u{FEFF}a,b\n1,2\n", rows: [["a", "b"], ["1", "2"]], lines: [1, 2]),
    .init(rule: "BOM and quote", text: "\u{FEFF}\"a\"\n1", rows: [["a"], ["1"]], lines: [1, 2]),
    .init(rule: "BOM alone", text: "\u{FEFF}", rows: [], lines: []),
    .init(rule: "nothing", text: "", rows: [], lines: []),
    .init(rule: "empty lines", text: "\n\na\n\n\r\n1\n\n", rows: [["a"], ["1"]], lines: [3, 6]),
    .init(rule: "blank lines", text: " \t\na\n  \n1\n\t", rows: [["a"], ["1"]], lines: [2, 4]),
    .init(rule: "quoted empty line", text: "a\n\"\"\n", rows: [["a"], [""]], lines: [1, 2]),
    .init(
      rule: "empty cells", text: "a,b,c\n,,\n", rows: [["a", "b", "c"], ["", "", ""]],
      lines: [1, 2]),
    .init(
      rule: "last cell empty", text: "a,b\n1,", rows: [["a", "b"], ["1", ""]], lines: [1, 2]),
    .init(rule: "quotes", text: "\"a\",\"b\"\n", rows: [["a", "b"]], lines: [1]),
    .init(rule: "doubled quotes", text: "\"a\"\"b\",\"\"\"\"", rows: [["a\"b", "\""]], lines: [1]),
    .init(rule: "delimiter in quotes", text: "\"a,b\",c", rows: [["a,b", "c"]], lines: [1]),
    .init(
      rule: "breaks in quotes", text: "\"a\nb\r\nc\rd\",e\nf,g",
      rows: [["a\nb\r\nc\rd", "e"], ["f", "g"]], lines: [1, 5]),
    .init(rule: "padding", text: " a\t,\t b c \n", rows: [["a", "b c"]], lines: [1]),
    .init(
      rule: "padding at quotes", text: " \" a \" ,\t\"b\"\t\n", rows: [[" a ", "b"]], lines: [1]),
    .init(
      rule: "padded empty cells", text: "a,b\n , \t", rows: [["a", "b"], ["", ""]], lines: [1, 2]),
    .init(
      rule: "literal quote", text: "a\"b\",5\" \"x\n", rows: [["a\"b\"", "5\" \"x"]], lines: [1]),
    .init(rule: "semicolon", text: "a;b,c", rows: [["a", "b,c"]], lines: [1], delimiter: ";"),
    .init(
      rule: "tab", text: "a\t b \t\t\"c\" \n\t\t\t\n",
      rows: [["a", "b", "", "c"], ["", "", "", ""]],
      lines: [1, 2], delimiter: "\t"),
    .init(rule: "space", text: "a\t  b\n", rows: [["a", "", "b"]], lines: [1], delimiter: " "),
    .init(rule: "letter", text: "1x2", rows: [["1", "2"]], lines: [1], delimiter: "x"),
  ]

  @Test(arguments: cases, [1, 2, 3, 7, 1 << 20])
  func rule(_ c: GrammarCase, chunk: Int) {
    let result = scan(Array(c.text.utf8), options: options(chunk: chunk, delimiter: c.delimiter))
    #expect(result.error == nil)
    #expect(result.rows.map { $0.cells.map(\.description) } == c.rows)
    #expect(result.rows.map(\.line) == c.lines)
  }

  @Test func referenceAgreesWithTheTable() {
    for c in Self.cases {
      let result = ReferenceCSV.scan(Array(c.text.utf8), delimiter: c.delimiter.asciiValue ?? 0)
      #expect(result.failure == nil, "\(c.rule)")
      #expect(result.rows.map { $0.cells.map(\.description) } == c.rows, "\(c.rule)")
      #expect(result.rows.map(\.line) == c.lines, "\(c.rule)")
    }
  }

  @Test func anyByteButNul() {
    let cell = (1...255).map(UInt8.init).filter { ![0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    let result = scan(Array("a\nx".utf8) + cell)
    #expect(result.rows.last?.cells == [ByteString(Array("x".utf8) + cell)])
  }

  @Test(arguments: [UInt8](128...255))
  func anyDelimiter(_ delimiter: UInt8) {
    var options = CSVOptions()
    options.delimiter = delimiter
    let result = scan([0x61, delimiter, 0x62], options: options)
    #expect(result.rows == [ScannedRow(line: 1, cells: ["a", "b"])])
  }
}
