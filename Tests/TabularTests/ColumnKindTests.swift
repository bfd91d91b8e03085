import Tabular
import Testing

@Suite struct ColumnKindTests {
  @Test func numbersAndText() throws {
    let table = try read("n,t,m\n1,x,\n-2.5e1,y,NA\n.5,x,null\n")
    #expect(table.rowCount == 3)
    #expect(table.columns.map(\.name) == ["n", "t", "m"])
    #expect(try #require(table.numbers("n")).values == [1, -25, 0.5])
    #expect(try #require(table.levels("t")).summary == ["x x 2", "y x 1"])
    // Without any value a column is numeric.
    let missing = try #require(table.numbers("m"))
    #expect(missing.missing == 3)
    #expect(missing.values.count == 3 && missing.values.allSatisfy(\.isNaN))
  }

  @Test(arguments: [
    "", "NA", "N/A", "n/a", "NaN", "nan", "NAN", "-NaN", "-nan", "null", "NULL", "Null", "None",
    "<NA>", "#N/A", "#NA", "NaT", "\\N", "(null)", " NA ", "\"NA\"", "\"\"",
  ])
  func missing(_ cell: String) throws {
    let table = try read("a,b\n1,x\n\(cell),\(cell)\n2,y\n")
    let numbers = try #require(table.numbers("a"))
    #expect(numbers.missing == 1 && numbers.unparseable == 0)
    #expect(numbers.values.count == 3 && numbers.values[1].isNaN)
    let levels = try #require(table.levels("b"))
    #expect(levels.missing == 1)
    #expect(levels.summary == ["x x 1", "y x 1"])
    #expect(levels.total == 2)
  }

  @Test(arguments: [
    "Na", "Nan", "none", "nUll", "NA1", "N", "\" NA\"", "N/a", "-", "1 2", "\" 1\"", "\\n",
  ])
  func notMissing(_ cell: String) throws {
    let table = try read("a\n\(cell)\n")
    #expect(try #require(table.levels("a")).total == 1)
  }

  @Test func ownMissingValues() throws {
    var options = CSVOptions()
    let long = String(repeating: "?", count: 100)
    options.missingValues = ["-999", "?", ByteString(long)]
    let table = try read("a,b\n1,NA\n-999,?\n,\(long)\n\(long),x\n", options: options)
    let numbers = try #require(table.numbers("a"))
    #expect(numbers.missing == 3)
    #expect(numbers.values.first == 1)
    let levels = try #require(table.levels("b"))
    #expect(levels.summary == ["NA x 1", "x x 1"])
    #expect(levels.missing == 2)
  }

  @Test func infinities() throws {
    let table = try read("a\ninf\n-Infinity\n+INF\n1e400\n-1e400\n1e-400\n-0\n")
    let infinity = Double.infinity
    let values = try #require(table.numbers("a")).values
    #expect(values == [infinity, -infinity, infinity, infinity, -infinity, 0, 0])
    #expect(values[6].sign == .minus)
  }

  @Test func unparseable() throws {
    let text = "a,b\n1,x\noops,\"y\n\"\n\"two\nlines\",z\n,w\n \"\n\n\",v\n0x10,u\n5,t\n"
    for chunk in [1, 4, 1 << 20] {
      let reader = TableReader(options: options(chunk: chunk))
      let table = try reader.read(
        [.bytes(Array(text.utf8), name: "test.csv")], plan: { _ in [.numeric, .text] })
      let column = try #require(table.numbers("a"))
      #expect(column.missing == 1 && column.unparseable == 4)
      #expect(column.values.map(\.isNaN) == [false, true, true, true, true, true, false])
      #expect(
        column.examples == [
          .init(file: "test.csv", line: 3, text: "oops"),
          .init(file: "test.csv", line: 5, text: "two\nlines"),
          .init(file: "test.csv", line: 8, text: "\n\n"),
        ])
    }
  }

  @Test func lineOfAnExampleBehindBreaks() throws {
    let text = "a,b,c\n\"x\r\ny\rz\n\",\"\n\",oops\n"
    let table = try TableReader().read(
      [.bytes(Array(text.utf8), name: "test.csv")], plan: { _ in [.skip, .text, .numeric] })
    #expect(try #require(table.numbers("c")).examples.map(\.line) == [6])
  }

  @Test func longExamplesAreCut() throws {
    let table = try read("a\n" + String(repeating: "x", count: 100_000) + "\n", .numeric)
    let example = try #require(table.numbers("a")?.examples.first)
    #expect(example.text.bytes.count == NumberColumn.maximumExampleBytes)
  }

  @Test func skippedAndForced() throws {
    let text = "a,b,c,d\n1,2,3,4\n5,6,7,8\n"
    var seen: [String] = []
    let table = try TableReader().read([.bytes(Array(text.utf8), name: "test.csv")]) { names in
      seen = names
      return [.skip, .text, .numeric, .automatic]
    }
    #expect(seen == ["a", "b", "c", "d"])
    #expect(table.columns.map(\.name) == ["b", "c", "d"])
    #expect(try #require(table.levels("b")).summary == ["2 x 1", "6 x 1"])
    #expect(try #require(table.numbers("c")).values == [3, 7])
    #expect(try #require(table.numbers("d")).values == [4, 8])
    #expect(try read(text, .skip).rowCount == 2)
    #expect(try read(text, .skip).columns.isEmpty)
  }
}

/// A column that looks numeric until a text turns up.
@Suite struct DemotionTests {
  @Test(arguments: [1, 3, 16, 1 << 20])
  func exactTextsOfEarlierCells(chunk: Int) throws {
    let text = "a,n,b\n1.0,1,x\n,2,y\n\"1.0\",3,\n1.00,4,NA\nabc,5,2\n1.0,6,2\n"
    let table = try read(text, options: options(chunk: chunk))
    let levels = try #require(table.levels("a"))
    #expect(levels.summary == ["1.0 x 3", "1.00 x 1", "abc x 1"])
    #expect(levels.missing == 1)
    #expect(try #require(table.numbers("n")).values == [1, 2, 3, 4, 5, 6])
    let direct = try #require(table.levels("b"))
    #expect(direct.summary == ["2 x 2", "x x 1", "y x 1"])
    #expect(direct.missing == 2)
  }

  @Test func inALaterPartition() throws {
    let texts = ["a,b\n1,1\n2,2\n", "a,b\n3,3\n", "a,b\n4,x\n4,5\n", "a,b\ny,6\n"]
    let table = try read(texts.map { Array($0.utf8) })
    #expect(
      try #require(table.levels("a")).summary
        == ["4 x 2", "1 x 1", "2 x 1", "3 x 1", "y x 1"])
    #expect(
      try #require(table.levels("b")).summary
        == ["1 x 1", "2 x 1", "3 x 1", "5 x 1", "6 x 1", "x x 1"])
    #expect(table.rowCount == 6)
  }

  @Test func onlyMissingBefore() throws {
    var passes: Set<Int> = []
    let bytes = Array("a\n\"\"\nNA\nx\ny\n7\n".utf8)
    let table = try TableReader().read(
      [.bytes(bytes, name: "test.csv")], plan: all(.automatic), progress: { passes.insert($0.pass) }
    )
    #expect(try #require(table.levels("a")).summary == ["7 x 1", "x x 1", "y x 1"])
    #expect(try #require(table.levels("a")).missing == 2)
    // It was taken for text at once, so nothing had to be read again.
    #expect(passes == [1])
  }

  @Test func atTheVeryEnd() throws {
    let rows = 5000
    let end = String(repeating: "x,1\n", count: rows / 10)
    let text = "a,b\n" + (0..<rows).map { "\($0 % 7),\($0)\n" }.joined() + end
    let table = try read(text, options: options(chunk: 1000))
    #expect(try #require(table.levels("a")).total == rows + rows / 10)
    #expect(try #require(table.levels("a")).count(of: "3") == rows / 7)
    #expect(try #require(table.numbers("b")).values.count == rows + rows / 10)
  }
}
