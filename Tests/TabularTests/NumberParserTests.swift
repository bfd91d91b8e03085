import Glibc
import Tabular
import Testing

/// Number parsing against glibc's `strtod`, which rounds correctly, in the "C" locale.
@Suite struct NumberParserTests {
  private static func check(_ text: String) {
    let expected = strtod(text, nil)
    let bytes = Array(text.utf8)
    for found in [NumberParser.parse(bytes), NumberParser.parseExactly(bytes)] {
      guard found?.bitPattern != expected.bitPattern else { continue }
      Issue.record("\(text): found \(String(describing: found)), strtod \(expected)")
    }
  }

  private static func digits(_ count: Int, using rng: inout SeededGenerator) -> String {
    String((0..<count).map { _ in Character(String(Int.random(in: 0...9, using: &rng))) })
  }

  /// 2^1024 - 2^970, between the largest double and the next power of two.
  private static let halfwayToOverflow =
    "17976931348623158079372897140530341507993413271003782693617377898044496829276475"
    + "09466490179775872070963302864166928879109465555478519404026306574886715058206819"
    + "08902000708383676273854845817711531764475730270069855571366959622842914819860834"
    + "936475292719074168444365510704342711559699508093042880177904174497792"

  @Test(arguments: [
    "0", "-0", "+0", "0.0", "-0.0", "1", "+1", "-1", "1.", ".5", "-.5", "+.5", "1e5", "1E-5",
    "1e+5", "1.e3", ".5e-3", "007", "1e0000000005", "0e999999999999", "1e-99999999999999999999",
    "1e99999999999999999999", "1e400", "-1e400", "1e-400", "-1e-400", "inf", "-inf", "+inf", "INF",
    "Inf", "iNf", "infinity", "-Infinity", "INFINITY", "+infinity",
    // The largest, the smallest, and the halfway points beside them.
    "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308",
    halfwayToOverflow,
    "2.2250738585072014e-308", "2.2250738585072011e-308", "2.225073858507201e-308",
    "4.9406564584124654e-324", "5e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
    "2.470328229206232720882843964341106861825299013071623822127928412503377536e-324",
    // Around 2^53, and the end of the short cut.
    "9007199254740991", "9007199254740992", "9007199254740993", "9007199254740994",
    "9007199254740993.0", "9007199254740992.9", "9.007199254740993", "900719925474099.3",
    "1234567890123456789", "12345678901234567890", "0.1234567890123456789", "9999999999999999999",
    "0.0000000000000000001", "1000000000000000000.0", "-999999999999999999",
    // From the literature and from bug reports against other parsers.
    "6.631236846766476e-316", "3.2378839133029012895883524125015321748630094e-319",
    "1.00000000000000011102230246251565404236316680908203125",
    "1.00000000000000011102230246251565404236316680908203124",
    "1.00000000000000011102230246251565404236316680908203126",
    "7.2057594037927933e+16", "9214843084008499", "89255e-22", "123456789012345e22",
    "3.0540412e5", "8.5e-5", "0.000061035156250000001",
    "5708990770823839207320493820740630171355185152",
  ])
  func hardCase(_ text: String) {
    Self.check(text)
  }

  @Test(arguments: [
    "", "+", "-", ".", "-.", "+.", "e", "e5", ".e5", "-e5", "1e", "1e+", "1e-", "1e5.0", "1.2.3",
    "1..2", "++1", "--1", "+-1", "-+1", "0x10", "0x1p3", "nan", "NaN", "-nan", "nan(1)", "i", "in",
    "infi", "infinit", "infinityx", "inf ", "in\u{46}\u{1}", "- 1", "1 ", " 1", "\t1", "1\n", "1,0",
    "1_000", "1'000", "1d5", "1f", "1%", "$1", "(1)", "1e5e5", "1e 5", "e", "E5", "true", "１", "١",
    "−1", "1\u{0}", "\u{0}", "--inf", "+-inf", "1/2", "1:2", "/", ":", "1e/", "1:", "0b1", "0o7",
  ])
  func noNumber(_ text: String) {
    #expect(NumberParser.parse(Array(text.utf8)) == nil)
    #expect(NumberParser.parseExactly(Array(text.utf8)) == nil)
  }

  @Test func plainDecimals() {
    var rng = SeededGenerator(seed: 1)
    for _ in 0..<200_000 {
      let sign = ["", "", "-", "+"][Int.random(in: 0..<4, using: &rng)]
      let whole = Self.digits(Int.random(in: 0...11, using: &rng), using: &rng)
      let fraction = Self.digits(
        Int.random(in: whole.isEmpty ? 1...9 : 0...9, using: &rng), using: &rng)
      Self.check(sign + whole + (fraction.isEmpty ? "" : "." + fraction))
    }
  }

  @Test func anyDouble() {
    var rng = SeededGenerator(seed: 2)
    for _ in 0..<100_000 {
      let value = Double(bitPattern: rng.next())
      guard value.isFinite else { continue }
      let text = value.description
      Self.check(text)
      #expect(NumberParser.parse(Array(text.utf8)) == value)
    }
  }

  @Test func manyDigitsAndExponents() {
    var rng = SeededGenerator(seed: 3)
    for _ in 0..<50_000 {
      let whole = Self.digits(Int.random(in: 1...25, using: &rng), using: &rng)
      let fraction = Self.digits(Int.random(in: 0...25, using: &rng), using: &rng)
      Self.check("\(whole).\(fraction)e\(Int.random(in: -360...330, using: &rng))")
    }
  }

  @Test func subnormals() {
    var rng = SeededGenerator(seed: 4)
    for _ in 0..<50_000 {
      let tail = Self.digits(Int.random(in: 0...40, using: &rng), using: &rng)
      let first = Int.random(in: 1...9, using: &rng)
      Self.check("\(first).\(tail)e\(Int.random(in: -327 ... -306, using: &rng))")
    }
  }

  /// An odd number of 54 bits, shifted, lies exactly between two doubles.
  @Test func halfway() {
    var rng = SeededGenerator(seed: 5)
    for _ in 0..<20_000 {
      let odd = UInt64.random(in: 1 << 53..<1 << 54, using: &rng) | 1
      let middle = odd << UInt64.random(in: 0...9, using: &rng)
      Self.check("\(middle)")
      Self.check("\(middle).0000000000000000000000000000000000001")
      Self.check("\(middle - 1).9999999999999999999999999999999999999")
      Self.check("\(middle)" + String(repeating: "0", count: 100) + "e-100")
    }
  }

  @Test func longDigitStrings() {
    var rng = SeededGenerator(seed: 6)
    for count in [19, 20, 21, 100, 767, 768, 769, 800, 5000] {
      for _ in 0..<50 {
        let text = Self.digits(count, using: &rng)
        Self.check(text)
        Self.check("0." + text)
        Self.check("0." + String(repeating: "0", count: 330) + text)
        Self.check(text + "e-\(count)")
        Self.check(text + "." + text + "e-\(count - 10)")
      }
    }
    Self.check("1" + String(repeating: "0", count: 400) + "e-400")
    Self.check("0." + String(repeating: "0", count: 400) + "1e401")
  }
}
