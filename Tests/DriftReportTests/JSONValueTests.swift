import DriftReport
import Foundation
import Testing

@Suite struct JSONValueTests {
  private func text(_ value: JSONValue) -> String { String(decoding: value.line(), as: UTF8.self) }

  @Test(arguments: [
    "", "plain", "\"quoted\" \\ back", "line\nbreak\ttab\rreturn", "\u{0}\u{1}\u{1F}\u{7F}\u{9B}",
    "é 漢 🎵 e\u{301}", "\u{1B}[31mred", "</script>", "\u{2028}",
  ])
  func stringsReadBack(_ string: String) throws {
    let line = text(.object([.init(string, .string(string))]))
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
    #expect(read.keys.first.map { Array($0.utf8) } == Array(string.utf8))
    #expect(read.values.first.map { Array($0.utf8) } == Array(string.utf8))
    let hasControls = line.unicodeScalars.contains {
      $0.value < 0x20 || (0x7F...0x9F).contains($0.value)
    }
    #expect(!hasControls)
  }

  @Test(arguments: [
    0, -0.0, 1, 0.1, 1e300, .leastNonzeroMagnitude, 1e22, -2.5e-7, 1.7976931348623157e308,
  ])
  func numbersReadBackTheSame(_ number: Double) throws {
    let line = text(.array([.number(number)]))
    let read = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Double])
    #expect(read[0].bitPattern == number.bitPattern || number == 0 && read[0] == 0)
  }

  @Test func nonFiniteNumbersAreNull() {
    #expect(
      text(.array([.number(.nan), .number(.infinity), .number(-.infinity), .optional(nil)]))
        == "[null, null, null, null]")
  }

  @Test func keysKeepTheirOrder() {
    let value = JSONValue.object([
      .init("z", .integer(1)), .init("a", .unsigned(.max)), .init("m", .bool(true)),
      .init("list", .array([])), .init("none", .null), .init("words", .strings(["x", "y"])),
    ])
    #expect(
      text(value)
        == #"{"z": 1, "a": 18446744073709551615, "m": true, "list": [], "none": null, "words": ["x", "y"]}"#
    )
  }

  @Test func indentation() {
    let value = JSONValue.object([
      .init("a", .array([.integer(1), .inline(.object([.init("b", .integer(2))]))])),
      .init("empty", .object([])),
    ])
    #expect(
      String(decoding: value.bytes(), as: UTF8.self)
        == """
        {
          "a": [
            1,
            {"b": 2}
          ],
          "empty": {}
        }

        """)
  }
}
