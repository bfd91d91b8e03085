import Tabular
import Testing

/// What a column is when not all of its cells are of one kind.
@Suite("Kinds by majority") struct MajorityTests {
  /// Where the cells of another kind are.
  enum Place: String, CaseIterable {
    case first, last, middle, spread
  }

  /// Numbers, or days, with so many other cells.
  private static func column(
    _ rows: Int, others: Int, _ place: Place, cell: (Int) -> String, other: String
  ) -> [String] {
    (0..<rows).map { row in
      let isOther =
        switch place {
        case .first: row < others
        case .last: row >= rows - others
        case .middle: row >= rows / 2 && row < rows / 2 + others
        case .spread: row * others / rows != (row + 1) * others / rows
        }
      return isOther ? other : cell(row)
    }
  }

  private static func day(_ row: Int) -> String {
    "20\(10 + row % 80)-0\(1 + row % 9)-1\(row % 10)"
  }

  private static func table(
    _ cells: [String], chunk: Int, threads: Int
  ) throws -> Table {
    let bytes = Array(("x,y\n" + cells.map { "\($0),1\n" }.joined()).utf8)
    return try TableReader(options: options(chunk: chunk)).read(
      [.bytes(bytes, name: "x.csv")], plan: all(.automatic), threads: threads)
  }

  @Test("5 of 100 cells may be something else", arguments: Place.allCases, [40, 1000, 1 << 20])
  func numbers(_ place: Place, chunk: Int) throws {
    for threads in [1, 4] {
      for others in [1, 40, 50] {
        let cells = Self.column(1000, others: others, place, cell: { "\($0)" }, other: "kg")
        let table = try Self.table(cells, chunk: chunk, threads: threads)
        let numbers = try #require(table.numbers("x"), "\(others)")
        #expect(numbers.unparseable == others && numbers.missing == 0)
        #expect(numbers.values.count { $0.isNaN } == others)
        let line = try #require(cells.firstIndex(of: "kg")) + 2
        #expect(numbers.examples.first == .init(file: "x.csv", line: line, text: "kg"))
        #expect(
          table.columns[0].counts.texts.mostFrequent(3) == [
            .init(file: "x.csv", line: line, text: "kg", count: others)
          ])
      }
      let cells = Self.column(1000, others: 51, place, cell: { "\($0)" }, other: "kg")
      let table = try Self.table(cells, chunk: chunk, threads: threads)
      let levels = try #require(table.levels("x"))
      #expect(levels.count(of: "kg") == 51 && levels.total == 1000)
      let kinds = try #require(table.columns[0].counts.kinds)
      #expect(kinds.present == 1000 && kinds.numbers == 949 && kinds.times == 0)
    }
  }

  @Test("Also of points in time", arguments: Place.allCases, [40, 1 << 20])
  func times(_ place: Place, chunk: Int) throws {
    for (other, threads) in [("soon", 1), ("17", 4), ("2026-02-30", 2)] {
      let cells = Self.column(1000, others: 40, place, cell: Self.day, other: other)
      let table = try Self.table(cells, chunk: chunk, threads: threads)
      guard case .times(let times) = table.columns[0].cells else {
        Issue.record("\(table.columns[0].counts.request)")
        continue
      }
      #expect(times.unparseable == 40 && times.examples.first?.text == ByteString(other))
      let many = Self.column(1000, others: 60, place, cell: Self.day, other: other)
      #expect(try Self.table(many, chunk: chunk, threads: threads).levels("x")?.total == 1000)
    }
  }

  @Test("Missing cells are left out of the majority") func missing() throws {
    let cells = ["NA", "1", "", "x"] + (0..<19).map { "\($0)" } + ["null", "\\N"]
    let numbers = try #require(try Self.table(cells, chunk: 8, threads: 1).numbers("x"))
    #expect(numbers.missing == 4 && numbers.unparseable == 1)
    let empty = try Self.table(["", "NA", "NaT"], chunk: 1 << 20, threads: 1)
    #expect(try #require(empty.numbers("x")).missing == 3)
  }

  @Test("What the first rows show is not the last word", arguments: [1, 4])
  func wrongGuess(threads: Int) throws {
    let folder = try TemporaryFolder()
    for (first, rest) in [
      ("a", "1"), ("a", "2026-01-01"), ("1", "2026-01-01"), ("2026-01-01", "1"),
    ] {
      let cells = Array(repeating: first, count: 50) + Array(repeating: rest, count: 1950)
      let text = "x\n" + cells.map { "\($0)\n" }.joined()
      let file = try folder.write("\(first)-\(rest).csv", text)
      for input in [TableInput.bytes(Array(text.utf8), name: "b"), .file(file)] {
        let table = try TableReader(options: options(chunk: 100)).read(
          [input], plan: all(.automatic), threads: threads)
        #expect(table.columns[0].counts.unparseable == 50)
        #expect(table.columns[0].counts.request == (rest == "1" ? .numeric : .time))
        #expect(table.rowCount == 2000)
      }
    }
  }

  @Test("The first cells of either kind, and codes, are noticed") func sample() throws {
    let table = try Self.table(["NA", "007", "12", "x", "0.5", "0"], chunk: 1 << 20, threads: 1)
    let sample = try #require(table.columns[0].counts.sample)
    #expect(sample.firstLeadingZero?.line == 3 && sample.firstNoNumber?.line == 5)
    #expect(sample.firstNoTime?.line == 3)
  }

  @Test("Of many texts the first are kept, with their whole characters") func manyTexts() throws {
    let long = String(repeating: "é", count: 50)
    let cells = (0..<2000).map { "t\($0 / 2)" } + [long]
    let table = try read("x\n" + cells.map { "\($0)\n" }.joined(), .numeric)
    let texts = table.columns[0].counts.texts
    #expect(texts.texts.count == 256 && texts.texts.allSatisfy { $0.count == 2 })
    let one = try read("x\n\(long)\n", .numeric).columns[0].counts.texts.texts[0].text
    #expect(one.description == String(repeating: "é", count: 20))
  }
}
