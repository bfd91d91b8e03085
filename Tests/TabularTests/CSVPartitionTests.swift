import Tabular
import Testing

@Suite struct CSVPartitionTests {
  @Test func oneTable() throws {
    let table = try read(["a,b\n1,x\n", " \"a\" ,b\r\n2,y\r\n3,x"].map { Array($0.utf8) })
    #expect(table.rowCount == 3)
    #expect(try #require(table.numbers("a")).values == [1, 2, 3])
    #expect(try #require(table.levels("b")).summary == ["x x 2", "y x 1"])
  }

  @Test(arguments: [
    (
      "a\n1\n", "", 1,
      "the header has 1 column, but 2 in test.csv; all partitions of a table need the same header"
    ),
    (
      "\na,b,c\n1,2,3\n", "", 2,
      "the header has 3 columns, but 2 in test.csv; all partitions of a table need the same header"
    ),
    (
      "b,a\n1,2\n", "column 1: ", 1,
      "the name is \"b\", but \"a\" in test.csv; all partitions of a table need the same header"
    ),
    (
      "a,B\n1,2\n", "column 2: ", 1,
      "the name is \"B\", but \"b\" in test.csv; all partitions of a table need the same header"
    ),
  ])
  func mismatch(_ second: String, _ place: String, _ line: Int, _ message: String) throws {
    let error = try #require(throws: CSVError.self) {
      try read(["a,b\n1,2\n", second].map { Array($0.utf8) })
    }
    #expect(error.code == .headerMismatch)
    #expect(error.line == line)
    #expect(error.description == "test2.csv:\(line): \(place)\(message)")
  }

  @Test func eachNeedsRows() throws {
    let error = try #require(throws: CSVError.self) {
      try read(["a\n1\n", "a\n"].map { Array($0.utf8) })
    }
    #expect(error.code == .noRows)
    #expect(error.file == "test2.csv")
    let empty = try #require(throws: CSVError.self) { try read([Array("a\n1\n".utf8), []]) }
    #expect(empty.code == .empty)
    #expect(empty.file == "test2.csv")
  }

  @Test func errorsNameTheirPartition() throws {
    let error = try #require(throws: CSVError.self) {
      try read(["a\n1\n", "a\n1\n2,3\n"].map { Array($0.utf8) })
    }
    #expect(error.code == .raggedRow)
    #expect(error.file == "test2.csv" && error.line == 3)
    let table = try read(["a\n1\n", "a\n\nx\n"].map { Array($0.utf8) }, .numeric)
    #expect(
      try #require(table.numbers("a")).examples == [.init(file: "test2.csv", line: 3, text: "x")])
  }
}
