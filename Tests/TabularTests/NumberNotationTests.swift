import Tabular
import Testing

@Suite struct NumberNotationTests {
  static let comma = NumberNotation(point: UInt8(ascii: ","), separators: [])
  static let points = NumberNotation(point: UInt8(ascii: ","), separators: [[0x2E]])
  static let commas = NumberNotation(point: UInt8(ascii: "."), separators: [[0x2C]])
  static let blanks = NumberNotation(
    point: UInt8(ascii: ","), separators: [[0x20], [0xC2, 0xA0]])

  static let cases: [(NumberNotation, String, Double?)] = [
    (comma, "1,5", 1.5), (comma, "-0,25", -0.25), (comma, ",5", 0.5), (comma, "5,", 5),
    (comma, "1,5e3", 1500), (comma, "12", 12), (comma, "-inf", -Double.infinity),
    (comma, "1.5", nil), (comma, "1,5,2", nil), (comma, ",", nil), (comma, "1 000", nil),
    (points, "1.234,5", 1234.5), (points, "1.234", 1234), (points, "12.345.678", 12_345_678),
    (points, "1.5", nil), (points, "1234.567", nil), (points, "1.2345", nil),
    (points, "1.23,4", nil),
    (points, ".123", nil), (points, "1..234", nil), (points, "-1.234", -1234),
    (points, "1,234.5", nil),
    (commas, "1,595.81", 1595.81), (commas, "856.39", 856.39), (commas, "1,5", nil),
    (commas, "1,234,567", 1_234_567), (commas, "1,234,56", nil), (commas, "1.5,000", nil),
    (commas, "+1,000e2", 100_000), (commas, "1,000,", nil), (commas, "", nil),
    (blanks, "1 234,5", 1234.5), (blanks, "1\u{A0}234", 1234), (blanks, "1 234\u{A0}567", nil),
  ]

  @Test(arguments: cases)
  func numbers(_ notation: NumberNotation, _ text: String, _ expected: Double?) {
    #expect(notation.parse(Array(text.utf8)) == expected, "\(text)")
  }

  /// The kernels and the scanner read the same.
  @Test(arguments: cases)
  func cells(_ notation: NumberNotation, _ text: String, _ expected: Double?) throws {
    var options = CSVOptions()
    options.delimiter = 0x3B
    options.numbers = notation
    for beside in ["1", " 1 "] {
      for cell in [text, "\"\(text)\""] {
        let table = try read([Array("a;b\n\(cell);\(beside)\n".utf8)], .numeric, options: options)
        let value = try #require(table.numbers("a")?.values.first)
        #expect((value.isNaN ? nil : value) == expected, "\(text)")
      }
    }
  }

  @Test func missingNumbersAreWrittenSo() throws {
    var options = CSVOptions()
    options.delimiter = 0x3B
    options.numbers = Self.comma
    options.missingValues = ["-9,9"]
    let table = try read([Array("a\n1,5\n-9,90\n-9,9\n".utf8)], .numeric, options: options)
    #expect(table.numbers("a")?.missing == 1)
    #expect(table.numbers("a")?.values.prefix(2) == [1.5, -9.9])
  }
}
