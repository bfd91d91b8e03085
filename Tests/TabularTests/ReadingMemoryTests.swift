import DriftTestSupport
import Tabular
import Testing

/// Text that may take so much memory on its way to columns.
@Suite struct ReadingMemoryTests {
  private func read(_ bytes: [UInt8], memory: Int?, threads: Int = 1) throws -> Table {
    var options = CSVOptions()
    options.readingMemory = memory
    return try TableReader(options: options).read(
      [.bytes(bytes, name: "test.csv")], plan: { $0.map { _ in .text } }, threads: threads)
  }

  private static func table(cell: Int) -> [UInt8] {
    let text = String(repeating: "x", count: cell)
    return Array("a,b\n1,2\n\(text),\(text)\n".utf8)
  }

  @Test func aRowMayTakeAQuarterOfIt() throws {
    let bytes = Self.table(cell: 3_000_000)
    #expect(try read(bytes, memory: 32 << 20).rowCount == 2)
    #expect(try read(bytes, memory: nil).rowCount == 2)
    let error = try #require(throws: CSVError.self) { try read(bytes, memory: 4 << 20) }
    #expect(error.code == .recordTooLong)
    #expect(
      error.description
        == "test.csv:3: the row is longer than 1048576 bytes; is the line break missing, or a closing "
        + "quote? If it is a whole row, give a memory limit of 34 MB and eight times its bytes, or more."
    )
  }

  @Test func resultsDoNotDependOnIt() throws {
    // Wide enough for larger pieces where memory has room for them.
    let names = (0..<2_000).map { "c\($0)" }.joined(separator: ",")
    let row = (0..<2_000).map { "\($0 * 7_919 % 104_729)" }.joined(separator: ",")
    let bytes = Array((names + String(repeating: "\n" + row, count: 300)).utf8)
    let expected = try read(bytes, memory: nil, threads: 2)
    for memory in [1 << 20, 20 << 20] {
      let table = try read(bytes, memory: memory, threads: 3)
      #expect(table.rowCount == expected.rowCount)
      for (column, other) in zip(table.columns, expected.columns) {
        guard case .text(let tally) = column.cells, case .text(let wanted) = other.cells else {
          Issue.record("\(column.name) is no text")
          continue
        }
        #expect(tally.sortedLevels().map(\.count) == wanted.sortedLevels().map(\.count))
      }
    }
  }
}
