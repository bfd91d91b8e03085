import Foundation
import Tabular
import Testing

/// Very many words for "missing" cost about as much as a few.
@Suite struct ManyWordsTests {
  private static let words = Set((0..<20_000).map { ByteString("none \($0)") })
  private static let numbers = Set((0..<20_000).map { ByteString("-\($0 * 7)") })

  private static func options(_ words: Set<ByteString>) -> CSVOptions {
    var options = CSVOptions()
    options.missingValues = words
    return options
  }

  /// Texts of the length and first letter of all words: each was compared with all of them.
  @Test func texts() throws {
    let text = "a\n" + (0..<100_000).map { "none \($0 % 40_000)\n" }.joined()
    let start = ContinuousClock.now
    let table = try read(text, options: Self.options(Self.words))
    // It took 51 s on a quiet machine.
    #expect(ContinuousClock.now - start < .seconds(10))
    let levels = try #require(table.levels("a"))
    #expect(levels.distinctCount == 20_000)
    #expect(levels.missing == 60_000)
  }

  /// Numbers that mean "missing": each number was compared with all of them.
  @Test func numbers() throws {
    let text = "a\n" + (0..<200_000).map { "-\($0)\n" }.joined()
    let start = ContinuousClock.now
    let table = try read(text, options: Self.options(Self.numbers))
    #expect(ContinuousClock.now - start < .seconds(10))
    let column = try #require(table.numbers("a"))
    #expect(column.missing == 20_000)
    #expect(column.values.count { $0.isNaN } == 20_000)
    #expect(column.values[8] == -8 && column.values[7].isNaN && column.values[139_993].isNaN)
    #expect(column.values[140_000] == -140_000)
  }

  /// The same in arrays, and with any number of words as with each of them alone.
  @Test(arguments: [1, 7, 8, 9, 10, 17, 100, 1001])
  func anyNumberOfWords(_ count: Int) throws {
    let words = Set((0..<count).map { ByteString("\($0 * 3 - 50)") } + ["-0", "inf", "x", "xyz"])
    let rows = (0..<4_000).map { [Double($0 - 100)] } + [[0], [.infinity], [-.infinity]]
    let text = "a\n" + rows.map { $0[0].isInfinite ? "\($0[0])\n" : "\(Int($0[0]))\n" }.joined()
    let expected = rows.map { row in
      words.contains(ByteString(row[0].isInfinite ? "\(row[0])" : "\(Int(row[0]))"))
    }
    let isZero = rows.map { $0[0] == 0 }
    let plain = try read(text, options: Self.options(words))
    #expect(try #require(plain.numbers("a")).values.map(\.isNaN) == expected)
    let array = try read([NumpyFile(rows).bytes()], options: Self.options(words))
    // An array has no texts: 0 is -0.
    #expect(
      try #require(array.numbers("x0")).values.map(\.isNaN)
        == zip(expected, isZero).map { $0 || $1 })
  }
}
