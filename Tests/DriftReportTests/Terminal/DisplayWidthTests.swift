import DriftReport
import DriftTestSupport
import Testing

@Suite struct DisplayWidthTests {
  private static let assigned = (0x20...0x10FFFF).compactMap { Unicode.Scalar($0) }.filter {
    ![.unassigned, .privateUse, .surrogate, .control].contains($0.properties.generalCategory)
  }

  /// The C library goes by an older Unicode: what has become wide or a mark that takes room since, and
  /// what has no width there.
  private static func hasChanged(_ value: UInt32) -> Bool {
    switch value {
    case 0x2630...0x2637, 0x268A...0x268F, 0x4DC0...0x4DFF, 0x1D300...0x1D376: true  // Unicode 16
    case 0x1171E: true  // Mn up to Unicode 14, Mc in those of Swift
    case 0x1F1E6...0x1F1FF: true  // half a flag
    case 0x00AD, 0x115F, 0x3164, 0xFFA0: true  // fillers and the soft hyphen, which are escaped
    default: false
    }
  }

  /// Every code point against `wcwidth` of the C library.
  @Test func everyCodePoint() {
    let widths = TerminalScreen.width(of: Self.assigned)
    var compared = 0
    var differing: [String] = []
    for (scalar, expected) in zip(Self.assigned, widths) {
      guard let expected, !Self.hasChanged(scalar.value) else { continue }
      compared += 1
      if DisplayWidth.of(scalar) != expected {
        differing.append("\(String(scalar.value, radix: 16)): \(expected)")
      }
    }
    #expect(compared > 100_000)
    #expect(differing == [])
  }

  /// Sequences, by UAX #29 and the notes of UTS #51 on emoji: what is one picture counts once.
  @Test(
    arguments: [
      ("", 0), ("plain", 5), ("é", 1), ("e\u{301}", 1), ("顧客", 4), ("ｱ", 1), ("Ａ", 2),
      ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("🎸", 2), ("👩\u{200D}🎤", 2), ("🇯🇵", 2),
      ("👍🏽", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("नमस्ते", 4), ("→", 1), ("█", 1),
      ("㉈", 2), ("\u{600}\u{661}", 2), ("\u{AC00}\u{302E}", 4), ("\u{11712}\u{1171E}", 2),
    ] as [(String, Int)])
  func sequence(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  /// What is not seen is shown as an escape; what words and emoji need stays.
  @Test func unseenCodePointsAreEscaped() {
    for value: UInt32 in [
      0x1B, 0x7F, 0x9B, 0xAD, 0x61C, 0x115F, 0x180E, 0x200B, 0x200E, 0x2028, 0x202E, 0x2060, 0x2066,
      0x3164, 0xFEFF, 0xFFF9, 0xE0001, 0xE0041,
    ] {
      let scalar = Unicode.Scalar(value).map(String.init) ?? ""
      let shown = "a\\u{\(String(value, radix: 16, uppercase: true))}b"
      #expect(PlainText.neutralised("a\(scalar)b") == shown)
    }
    for text in ["a\u{200D}b", "می\u{200C}خواهم", "❤\u{FE0F}", "e\u{301}", "顧客", "\u{A0}", "🎸"] {
      #expect(PlainText.neutralised(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }
  }
}
