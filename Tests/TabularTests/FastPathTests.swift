import CInstructionSets
import Tabular
import Testing

/// The kernels, pieces and threads against the scanner alone.
@Suite struct FastPathTests {
  private static let cells = [
    "", "1", "-2.5", "+.5", "7.", "0.000123", "123456789.123456789", "9007199254740993",
    "12345678901234567", "0.12345678901234567", "-0", "00012", "1e5", "-1.5E-7", "1e400",
    "1e-400", "inf", "-Infinity", "NA", "null", "nan", "\"\"", "\"1.5\"", "\"-3\"", "\"NA\"",
    " 4", "5 ", "\t6\t", " \"7\" ", "\"8\" ", "x", "red", "\"red\"", "\"a,b\"", "\"a\nb\"",
    "\"a\r\nb\"", "\"a\rb\"", "\"say \"\"hi\"\"\"", "\"\"\"\"", "5\"", "a\"b\"c", "-", ".", "1.2.3",
    "1,", "--1", "0x10", "a longer text of some words", "1234567890123456789012345", "-999",
    "1 2", "\u{E9}", "00000000000000000000000000000000000001.5", "0.00000000000000000000000000001",
  ]

  /// A table of mostly orderly rows; some texts are spoiled so that reading has to end.
  static func text(columns: Int, rows: Int, using rng: inout SeededGenerator) -> [UInt8] {
    let lineBreak = ["\n", "\n", "\n", "\r\n", "\r"].randomElement(using: &rng) ?? "\n"
    var text = (0..<columns).map { "c\($0)" }.joined(separator: ",") + lineBreak
    // Each column has a few kinds of cells only, so that some stay numeric.
    let kinds = (0..<columns).map { _ in
      (0..<Int.random(in: 1...4, using: &rng)).map { _ in
        cells[Int.random(in: 0..<cells.count, using: &rng)]
      }
    }
    let isOrderly = Bool.random(using: &rng)
    for _ in 0..<rows {
      let row = kinds.map { kind -> String in
        let cell = kind[Int.random(in: 0..<kind.count, using: &rng)]
        return isOrderly && (cell == "1," || cell.contains(" \"")) ? "3" : cell
      }
      text += row == [""] ? "\"\"" : row.joined(separator: ",")
      switch Int.random(in: 0..<30, using: &rng) {
      case 0: text += lineBreak + lineBreak
      case 1: text += lineBreak + " \t" + lineBreak
      case 2: text += "\r\n"
      case 3 where !isOrderly: text += "\r"
      default: text += lineBreak
      }
    }
    if Bool.random(using: &rng) { text.removeLast() }
    var bytes = Array(text.utf8)
    if !isOrderly && Int.random(in: 0..<3, using: &rng) == 0 {
      let spoilers: [UInt8] = [0x22, 0x22, 0x00, 0x2C, 0x0D, 0x0A, 0x20]
      let first = columns * 3
      let place = Int.random(in: min(first, bytes.count)...bytes.count, using: &rng)
      bytes.insert(spoilers[Int.random(in: 0..<spoilers.count, using: &rng)], at: place)
    }
    return bytes
  }

  static func requests(_ columns: Int, using rng: inout SeededGenerator) -> [ColumnRequest] {
    let all: [ColumnRequest] = [.automatic, .automatic, .automatic, .numeric, .text, .skip]
    return (0..<columns).map { _ in all[Int.random(in: 0..<all.count, using: &rng)] }
  }

  static func options(chunk: Int, _ set: InstructionSet) -> CSVOptions {
    var options = CSVOptions()
    options.chunkSize = chunk
    options.instructionSet = set
    options.missingValues.insert("-999")
    return options
  }

  static func check(
    _ parts: [[UInt8]], _ requests: [ColumnRequest], chunks: some Sequence<Int>, seed: Int
  ) {
    let inputs = parts.enumerated().map { TableInput.bytes($0.element, name: "\($0.offset).csv") }
    let plain = options(chunk: 1 << 20, .portable)
    let expected = ReferenceTable.read(inputs, requests, options: plain)
    for chunk in chunks {
      for set in InstructionSet.available {
        let threads = [1, 2, 5][(chunk + seed) % 3]
        let found = Reading {
          TableSnapshot(
            try TableReader(options: options(chunk: chunk, set)).read(
              inputs, plan: { _ in requests }, threads: threads))
        }
        if found == expected { continue }
        Issue.record(
          """
          seed \(seed), chunk \(chunk), threads \(threads), set \(set.rawValue), \(requests)
          \(parts.map { String(decoding: $0, as: UTF8.self) })
          found \(found)
          expected \(expected)
          """)
        return
      }
    }
  }

  /// Every chunk size up to the whole text, so that every byte is a boundary.
  @Test(arguments: 0..<60)
  func everyBoundary(_ seed: Int) {
    var rng = SeededGenerator(seed: UInt64(seed))
    let columns = Int.random(in: 1...5, using: &rng)
    let parts = (0..<Int.random(in: 1...2, using: &rng)).map { _ in
      Self.text(columns: columns, rows: Int.random(in: 1...8, using: &rng), using: &rng)
    }
    let longest = parts.map(\.count).max() ?? 1
    Self.check(
      parts, Self.requests(columns, using: &rng), chunks: 1...(longest + 1), seed: seed)
  }

  @Test(arguments: 0..<300)
  func manyTexts(_ seed: Int) {
    var rng = SeededGenerator(seed: UInt64(seed + 1000))
    let columns = Int.random(in: 1...9, using: &rng)
    let rows = Int.random(in: 1...(seed % 20 == 0 ? 2000 : 60), using: &rng)
    let parts = (0..<Int.random(in: 1...3, using: &rng)).map { _ in
      Self.text(columns: columns, rows: rows, using: &rng)
    }
    let chunks = [7, 100, 1000, 4096, 1 << 20].shuffled(using: &rng).prefix(2)
    Self.check(parts, Self.requests(columns, using: &rng), chunks: chunks, seed: seed)
  }

  /// The scanner's own fuzz: quotes, breaks and delimiters in any order.
  @Test(arguments: 0..<400)
  func anyBytes(_ seed: Int) {
    var rng = SeededGenerator(seed: UInt64(seed + 5000))
    let columns = Int.random(in: 1...3, using: &rng)
    let header = (0..<columns).map { "c\($0)" }.joined(separator: ",") + "\n"
    let length = Int.random(in: 0...40, using: &rng)
    let body = CSVFuzzTests.text(length: length, delimiter: 0x2C, using: &rng)
    Self.check(
      [Array(header.utf8) + body], Self.requests(columns, using: &rng),
      chunks: [1, 2, 3, 5, 8, 13, 1 << 20], seed: seed)
  }

  /// Cells that end at, before and behind the blocks of 64 bytes, in quotes and not, and quotes
  /// and line breaks there that are none.
  @Test(arguments: 50...140)
  func blockBoundaries(_ length: Int) {
    let filler = String(repeating: "x", count: length)
    let cells = [
      filler, "\"\(filler)\"", "\"\(filler)\"\"\"", "\"\(filler)\n\"", "\"\r\n\(filler)\"",
      "\(filler)\"y,y\"", "\"\(filler)\"y,y\"", "\(filler)\"y\ny\"", "\(filler)\ry", "\(filler)\0",
    ]
    for cell in cells {
      for lineBreak in ["\n", "\r\n"] {
        let text = "a,b" + lineBreak + "1,\(cell)" + lineBreak + "\(cell),2" + lineBreak
        Self.check(
          [Array(text.utf8)], [.automatic, .automatic], chunks: [1 << 20], seed: length)
      }
    }
  }

  /// Texts that are levels as they are written, beside those they stand for.
  @Test func levelsAsWritten() {
    let cells = [
      "\"a\"\"\"\"b\"", "\"a\"\"b\"", "\" x \"", " x", "x ", "x", "\"\"\"\"", "\"NA\"", "NA",
    ]
    let rows = (0..<40).map { cells[$0 * 7 % cells.count] + "," + cells[$0 * 5 % cells.count] }
    let text = "a,b\n" + rows.filter { !$0.contains(" ") }.joined(separator: "\n")
    let padded = "a,b\n" + cells.map { "\($0),\($0)\n" }.joined()
    for text in [text, padded, "a,b\n\" x\",1\n x,2\n\"x \",3\nx ,4\n\"\tx\",5\n\tx,6\n"] {
      Self.check([Array(text.utf8)], [.text, .automatic], chunks: [1 << 20, 30], seed: 0)
    }
  }

  @Test(arguments: [UInt8](arrayLiteral: 0x09, 0x20, 0x3B, 0x2E, 0x2D, 0x31, 0x80, 0xFF))
  func anyDelimiter(_ delimiter: UInt8) {
    let rows: [[String]] = [["a", "b"], ["7", "x"], ["", "4"], ["56", "\"y\""]]
    var bytes: [UInt8] = []
    for row in rows {
      bytes += Array(row[0].utf8) + [delimiter] + Array(row[1].utf8) + [0x0A]
    }
    for set in InstructionSet.available {
      var options = Self.options(chunk: 1 << 20, set)
      options.delimiter = delimiter
      let input = TableInput.bytes(bytes, name: "x.csv")
      let requests: [ColumnRequest] = [.automatic, .automatic]
      let expected = ReferenceTable.read([input], requests, options: options)
      let found = Reading {
        TableSnapshot(try TableReader(options: options).read([input], plan: { _ in requests }))
      }
      #expect(found == expected)
    }
  }
}
