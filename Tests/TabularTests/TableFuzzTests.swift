import Glibc
import Tabular
import Testing

/// Whole tables against a reference built from the slow parser and `strtod`.
@Suite struct TableFuzzTests {
  /// A decimal or scientific number or an infinity, by the words of the specification.
  static func isNumber(_ text: String) -> Bool {
    let decimal = /[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/
    let infinity = /[+-]?(?:inf|infinity)/.ignoresCase()
    return text.wholeMatch(of: decimal) != nil || text.wholeMatch(of: infinity) != nil
  }

  static func cell(_ style: Int, using rng: inout SeededGenerator) -> String {
    let odd = [
      "", "NA", "null", "\"\"", " nan ", "\" \"", "inf", "1e400", "-0", "\"1\"", "+7", "1.",
    ]
    switch Int.random(in: 0..<100, using: &rng) {
    case ..<5: return odd[Int.random(in: 0..<odd.count, using: &rng)]
    case 5 where style == 1, ..<60 where style == 2:
      return ["red", "\"gr\"\"een\"", "\"a,\nb\"", " x y ", "\"\r\n\""][
        Int.random(in: 0..<5, using: &rng)]
    default:
      let value = Double.random(in: -100...100, using: &rng)
      return Bool.random(using: &rng) ? "\(value)" : "\(Int(value))"
    }
  }

  static func part(
    styles: [Int], rows: Int, lineBreak: String, using rng: inout SeededGenerator
  ) -> String {
    var text = styles.indices.map { "c\($0)" }.joined(separator: ",") + lineBreak
    for _ in 0..<rows {
      let cells = styles.map { cell($0, using: &rng) }
      // A single empty cell would be an empty line.
      text += (cells == [""] ? "\"\"" : cells.joined(separator: ",")) + lineBreak
    }
    return text
  }

  @Test(arguments: 0..<400)
  func agrees(_ seed: Int) throws {
    var rng = SeededGenerator(seed: UInt64(seed))
    let styles = (0..<Int.random(in: 1...6, using: &rng)).map { _ in
      Int.random(in: 0..<3, using: &rng)
    }
    let lineBreak = ["\n", "\r\n", "\r"][seed % 3]
    let parts = (0..<Int.random(in: 1...3, using: &rng)).map { _ in
      let rows = Int.random(in: 1...(seed % 10 == 0 ? 3000 : 30), using: &rng)
      return Array(Self.part(styles: styles, rows: rows, lineBreak: lineBreak, using: &rng).utf8)
    }
    let chunk = [1, 2, 7, 64, 1000, 1 << 20][Int.random(in: 0..<6, using: &rng)]
    let table = try read(parts, options: options(chunk: chunk))

    var rows: [ScannedRow] = []
    for part in parts { rows += ReferenceCSV.scan(part, delimiter: 0x2C).rows.dropFirst() }
    #expect(table.rowCount == rows.count)
    for column in styles.indices {
      let texts = rows.map { $0.cells[column] }
      let present = texts.filter { !CSVOptions.defaultMissingValues.contains($0) }
      let name = "c\(column)"
      let numbers = present.count { Self.isNumber($0.description) }
      if 100 * numbers >= 95 * present.count {
        let found = try #require(table.numbers(name))
        let expected = texts.map {
          Self.isNumber($0.description) && !CSVOptions.defaultMissingValues.contains($0)
            ? strtod($0.description, nil) : Double.nan
        }
        #expect(found.bits == expected.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern })
        #expect(found.missing == rows.count - present.count)
        #expect(found.unparseable == present.count - numbers)
      } else {
        let found = try #require(table.levels(name))
        let expected = Dictionary(present.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(
          Dictionary(uniqueKeysWithValues: found.sortedLevels().map { ($0.level, $0.count) })
            == expected)
        #expect(found.missing == rows.count - present.count && found.total == present.count)
      }
    }
  }
}
