import Tabular
import Testing

/// Texts whose delimiter is not given.
@Suite struct DialectTests {
  private static func found(_ change: (inout CSVOptions) -> Void = { _ in }) -> CSVOptions {
    var options = CSVOptions()
    options.findsDelimiter = true
    change(&options)
    return options
  }

  private func names(_ text: String, _ options: CSVOptions = found()) throws -> [String] {
    try read([Array(text.utf8)], options: options).columns.map(\.name)
  }

  private func message(_ text: String, _ options: CSVOptions = found()) throws -> String {
    try #require(throws: CSVError.self) { try read([Array(text.utf8)], options: options) }
      .description
  }

  static let delimiters: [(text: String, names: [String])] = [
    ("a,b\n1,2\n3,4\n", ["a", "b"]), ("a;b\n1;2\n", ["a", "b"]), ("a\tb\n1\t2\n", ["a", "b"]),
    ("a|b\n1|2\n", ["a", "b"]), ("a;b\r\n1,5;2,5\r\n", ["a", "b"]), ("a;b\r1;2\r", ["a", "b"]),
    ("\u{FEFF}a;b\n\n1;2\n", ["a", "b"]), ("\n \na;b\n1;2", ["a", "b"]),
    // Other delimiters in quotes.
    ("a,b\n\"x;y\",\"u;v\"\n\"p;q;r\",1\n", ["a", "b"]), ("\"a,b\";c\n\"1,2\";3\n", ["a,b", "c"]),
    ("a,b\n\"x\n;y\",2\n", ["a", "b"]), ("a;\"b \"\"q\"\"\"\n1;2\n", ["a", "b \"q\""]),
    // The most cells, then the order.
    ("a|b,c,d\n1|2,3,4\n", ["a|b", "c", "d"]), ("a;b,c\n1;2,3\n", ["a;b", "c"]),
    // One column stays one.
    ("a\n1\n2\n", ["a"]), ("text\na;b\nc\nd;e;f\n", ["text"]), ("a\nx|y\nz\n", ["a"]),
    ("note; optional\nfoo\nbar\n", ["note; optional"]), ("a\n\"x,y\"\n\"z,w\"\n", ["a"]),
    // One record.
    ("a;b;c\n1;2;3", ["a", "b", "c"]),
    // A first line of a spreadsheet.
    ("sep=;\na;b\n1;2\n", ["a", "b"]), ("\u{FEFF}\"sep=|\"\r\na|b\r\n1|2\r\n", ["a", "b"]),
    ("SEP=\t\na\tb\n1\t2\n", ["a", "b"]), ("sep=:\na:b\n1:2\n", ["a", "b"]),
    ("sep=,\na\n1\n", ["a"]),
  ]

  @Test(arguments: delimiters, [1, 3, 1 << 20])
  func isFound(_ c: (text: String, names: [String]), chunk: Int) throws {
    #expect(try names(c.text, Self.found { $0.chunkSize = chunk }) == c.names)
  }

  /// A header longer than what is looked at, and rows beyond it.
  @Test func wideTables() throws {
    let header = (0..<20_000).map { "c\($0)" }.joined(separator: ";")
    let row = (0..<20_000).map { "\($0)" }.joined(separator: ";")
    #expect(
      try read([Array("\(header)\n\(row)\n".utf8)], options: Self.found()).columns.count == 20_000)
  }

  @Test func partitionsMayDiffer() throws {
    let texts = ["a,b\n1,2\n", "a;b\n3;4\n", "sep=|\na|b\n5|x\n"].map { Array($0.utf8) }
    let table = try read(texts, options: Self.found())
    #expect(table.numbers("a")?.values == [1, 3, 5])
    #expect(table.levels("b")?.summary == ["2 x 1", "4 x 1", "x x 1"])
  }

  static let refused: [(text: String, parts: [String])] = [
    (
      "# made today\nx,y\n1,2\n3,4\n",
      ["test.csv:2: row has 2 cells, 1 expected", "--skip-rows 1", "--comment '#'"]
    ),
    ("Report, 2026\na,b,c\n1,2,3\n", ["test.csv:2: row has 3 cells, 2 expected", "--skip-rows 1"]),
    ("Report\nof today\n\na;b\n1;2\n3;4\n", ["test.csv:4: row has 2 cells", "--skip-rows 3"]),
    ("Report,,\na,b,c\n1,2,3\n", ["test.csv:1: the header", "--skip-rows 1"]),
    ("a;b\n1;2\n3;4\n5\n", ["test.csv:4: row has 1 cell", "add the missing delimiter"]),
    ("a;b\n1\n2\n3;4\n", ["test.csv:2: row has 1 cell between semicolons", "--delimiter"]),
    ("a,b\n1,2\n# end\n", ["test.csv:3: row has 1 cell, 2 expected", "--comment '#'"]),
  ]

  @Test(arguments: refused)
  func isRefused(_ c: (text: String, parts: [String])) throws {
    let message = try message(c.text)
    for part in c.parts { #expect(message.contains(part), "\(message)") }
  }

  @Test(arguments: ["a;b\n1;2\n3;4\n", "a\tb\n1\t2\n", "a|b|c\n1|2|3\n"])
  func aWrongDelimiterIsNeverRead(text: String) throws {
    let message = try message(text, CSVOptions())
    #expect(message.contains("test.csv:1: the delimiter comma gives one column"), "\(message)")
    #expect(message.contains("--delimiter "))
  }

  @Test func aGivenDelimiterWins() throws {
    var options = CSVOptions()
    options.delimiter = 0x3B
    #expect(try names("a,x;b,y\n1,5;2\n", options) == ["a,x", "b,y"])
    options.numbers.point = 0x2C
    #expect(try names("price, EUR\n1,5\n2,5\n", options) == ["price, EUR"])
  }

  static let skipped: [(text: String, rows: Int, lines: Int)] = [
    ("x\na,b\n1,2\nbad\n", 1, 4), ("x\r\n\r\na,b\r\n1,2\r\nbad\r\n", 2, 5),
    ("\"x\n\na,b\n1,2\nbad", 2, 5), ("sep=,\na,b\n1,2\nbad", 0, 4), ("x\ra,b\r1,2\rbad", 1, 4),
  ]

  @Test(arguments: skipped, [1, 4, 1 << 20])
  func skippedLinesCount(_ c: (text: String, rows: Int, lines: Int), chunk: Int) throws {
    let message = try message(
      c.text,
      Self.found {
        $0.skippedLines = c.rows
        $0.chunkSize = chunk
      })
    #expect(message.hasPrefix("test.csv:\(c.lines): row has 1 cell, 2 expected"), "\(message)")
  }

  @Test func skippingAllLeavesNothing() throws {
    let message = try message("a,b\n1,2\n", Self.found { $0.skippedLines = 9 })
    #expect(message == "test.csv: is empty; expected a header and at least one row")
  }

  /// Lines beyond what is looked at at a time.
  @Test func manySkippedLines() throws {
    let text = String(repeating: "a title, \"long\n", count: 9_000) + "a;b\r\n1;2\r\n"
    #expect(try names(text, Self.found { $0.skippedLines = 9_000 }) == ["a", "b"])
  }

  @Test(arguments: [1, 2, 7, 64, 1 << 20])
  func comments(chunk: Int) throws {
    let text = """
      # a, "title
      a,b
      # it's "quoted", or not
      1,"x
      # not a comment"

      #
      2,y#z
      #,
      3,# text
      """
    for ending in ["\n", "\r\n", "\r"] {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let table = try read(
        [Array(lines.joined(separator: ending).utf8)],
        options: Self.found {
          $0.comment = UInt8(ascii: "#")
          $0.chunkSize = chunk
        })
      #expect(table.numbers("a")?.values == [1, 2, 3])
      #expect(
        Set(table.levels("b")?.summary ?? []) == [
          "x\(ending)# not a comment x 1", "y#z x 1", "# text x 1",
        ])
      let message = try message(
        lines.joined(separator: ending) + "\(ending)#\(ending)4\(ending)",
        Self.found {
          $0.comment = UInt8(ascii: "#")
          $0.chunkSize = chunk
        })
      #expect(message.hasPrefix("test.csv:12: row has 1 cell"), "\(message)")
    }
  }

  /// Rows between comments are read again when numbers turn out to be text.
  @Test(arguments: [1, 3])
  func commentsAreLeftOutAgain(threads: Int) throws {
    let folder = try TemporaryFolder()
    let rows = (0..<3_000).map { "# row \($0), \"\n\($0 % 5),\($0)\n" }.joined()
    let texts = String(repeating: "x,1\n", count: 200)
    let path = try folder.write("x.csv", "#\na,b\n\(rows)\(texts)")
    let reader = TableReader(
      options: Self.found {
        $0.comment = UInt8(ascii: "#")
        $0.chunkSize = 700
      })
    let source = try reader.open([.file(path)])
    var builder = TableBuilder()
    try source.read(into: &builder, [.automatic, .automatic], threads: threads)
    #expect(builder.table.levels("a")?.count(of: "3") == 600)
    #expect(builder.table.numbers("b")?.values.count == 3_200)
  }
}
