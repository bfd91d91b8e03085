import Foundation
import Tabular
import Testing

@Suite struct EncodingTests {
  private static func options(_ name: String?, chunk: Int = 1 << 20) throws -> CSVOptions {
    var options = CSVOptions()
    options.findsDelimiter = true
    options.chunkSize = chunk
    options.encoding = try name.map { try #require(TextEncoding($0)) }
    return options
  }

  private static func utf16(_ text: String, isBig: Bool, mark: Bool = true) -> [UInt8] {
    ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBig ? [high, low] : [low, high]
    }
  }

  @Test(arguments: [1, 5, 1 << 20])
  func marksAreRecognised(chunk: Int) throws {
    let text = "näme;b\r\n1;é\r\n2;\u{1F600}\r\n"
    for bytes in [Self.utf16(text, isBig: false), Self.utf16(text, isBig: true)] {
      let table = try read([bytes], options: Self.options(nil, chunk: chunk))
      #expect(table.numbers("näme")?.values == [1, 2])
      #expect(table.levels("b")?.summary == ["é x 1", "\u{1F600} x 1"])
    }
  }

  @Test(arguments: [1, 1 << 20])
  func namesAreKnown(chunk: Int) throws {
    let latin = try read([[0xE9, 0x0A, 0xFC, 0x0A]], options: Self.options("latin1", chunk: chunk))
    #expect(latin.levels("é")?.summary == ["ü x 1"])
    let windows = try read(
      [[0x80, 0x2C, 0x61, 0x0A, 0x93, 0x2C, 0x31]],
      options: Self.options("windows-1252", chunk: chunk))
    #expect(windows.levels("€")?.summary == ["\u{201C} x 1"])
    let japanese = try read(
      [[0x93, 0xFA, 0x96, 0x7B, 0x0A, 0x31, 0x0A]], options: Self.options("Shift_JIS", chunk: chunk)
    )
    #expect(japanese.numbers("日本")?.values == [1])
    let little = try read(
      [Self.utf16("a\n1\n", isBig: false, mark: false)],
      options: Self.options("UTF-16LE", chunk: chunk)
    )
    #expect(little.numbers("a")?.values == [1])
    // A mark says it better.
    let marked = try read(
      [Array("\u{FEFF}é\n1\n".utf8)], options: Self.options("latin1", chunk: chunk))
    #expect(marked.numbers("é")?.values == [1])
  }

  @Test func unknownNames() {
    for name in ["", "no-such-code", "latin1//TRANSLIT", "UTF-8//IGNORE", "a b", "é"] {
      #expect(TextEncoding(name) == nil, "\(name)")
    }
  }

  @Test(arguments: [1, 6, 1 << 20])
  func invalidSequences(chunk: Int) throws {
    let cases: [([UInt8], String, String)] = [
      (
        Array("a\n1\n".utf8) + [0xFF, 0x39] + Array("\n".utf8), "EUC-JP",
        "test.csv:3: no EUC-JP text at byte 4: 0xFF"
      ),
      (
        Self.utf16("a\n1\n", isBig: false) + [0x00, 0xDC, 0x31, 0x00], "UTF-16LE",
        "test.csv:3: no UTF-16"
      ),
      (
        Array("a\nb".utf8) + [0x93], "Shift_JIS",
        "test.csv:2: the text ends within a character at byte 3: 0x93"
      ),
    ]
    for (bytes, name, message) in cases {
      let error = try #require(throws: CSVError.self) {
        try read([bytes], options: Self.options(name, chunk: chunk))
      }
      #expect(error.code == .notText)
      #expect(error.description.hasPrefix(message), "\(error)")
    }
  }

  /// Numbers that turn out to be text are read again.
  @Test(arguments: [1, 3])
  func isReadAgain(threads: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/x.csv"
    let text =
      "a,b\n" + (0..<3_000).map { "\($0 % 5),é\n" }.joined()
      + String(repeating: "ß,x\n", count: 200)
    try Data(Self.utf16(text, isBig: true)).write(to: URL(filePath: path))
    let source = try TableReader(options: Self.options(nil, chunk: 600)).open([.file(path)])
    var builder = TableBuilder()
    try source.read(into: &builder, [.automatic, .automatic], threads: threads)
    #expect(builder.table.levels("a")?.count(of: "3") == 600)
    #expect(builder.table.levels("b")?.count(of: "é") == 3_000)
  }

  @Test(arguments: [1, 4, 1 << 20], [1, 3])
  func theFirstInvalidByteIsTold(chunk: Int, threads: Int) throws {
    let rows =
      Array("a,b\n1,é\n".utf8) + [0x32, 0x2C, 0x78, 0xE9, 0x0A] + [0x33, 0x2C, 0xFF, 0x0A]
    for ending in [[], [0x20, 0x34, 0x2C, 0x22, 0x0A, 0x22]] as [[UInt8]] {
      let source = try TableReader(options: Self.options(nil, chunk: chunk)).open(
        [.bytes(rows + ending, name: "x.csv")])
      var consumer = CountingConsumer()
      try source.read(into: &consumer, [.automatic, .text], threads: threads)
      let invalid = try #require(consumer.counts.invalidText)
      #expect((invalid.file, invalid.line, invalid.byte) == ("x.csv", 3, 0xE9))
      #expect(consumer.counts.inputs.map(\.delimiter) == [0x2C])
      #expect(consumer.counts.inputs.map(\.rowCount) == [ending.isEmpty ? 3 : 4])
    }
  }
}

/// Keeps what was counted.
private struct CountingConsumer: TableConsumer {
  var categories = LevelRuns()
  private(set) var counts = TableCounts()

  mutating func begin(_ columns: [RequestedColumn]) {}
  func profile(_ rows: RowBatch, firstRow: Int) {}
  mutating func collect(_ partial: Void, _ rows: RowBatch, firstRow: Int) {}
  mutating func finish(_ counts: TableCounts) { self.counts = counts }
}
