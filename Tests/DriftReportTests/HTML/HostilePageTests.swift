import DriftKit
import DriftReport
import Testing

/// Names of columns, levels, files and models are text and nothing else.
@Suite struct HostilePageTests {
  static let names = [
    "</script><script>alert(1)</script>", "</style><style>*{display:none}</style>",
    "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onmouseover='alert(1)",
    "&lt;b&gt; &amp; &#x3C;", "]]><!-- -->", "<!DOCTYPE html [<!ENTITY a \"b\">]>&a;",
    "javascript:alert(1)", "{{7*7}} ${7*7}", "\u{0}\u{1}\u{8}\u{B}\u{1F}\u{7F}\u{85}\u{9B}",
    "two\nlines\r\n\tand a tab", "right\u{202E}tfel\u{2066}\u{200F}\u{061C}",
    "\u{FFFE}\u{FFFF}\u{FEFF}\u{2028}", "שם עמודה", "🎸👩‍🎤e\u{301}", "#f1", "--x: 1;",
    String(repeating: "long<", count: 3_000),
  ]

  private static func page(_ name: String) throws -> [UInt8] {
    let baseline = [
      Column("x" + name, PageSample.numbers(80, seed: 1)),
      Column("y" + name, PageSample.words(["a" + name, "b"], 80)),
      Column("z" + name, PageSample.numbers(80, seed: 2)),
    ]
    let current = [
      Column("x" + name, PageSample.numbers(60, seed: 3, mean: 2)),
      Column("y" + name, PageSample.words(["b", "c" + name], 60)),
      Column("extra" + name, PageSample.numbers(60, seed: 4)),
    ]
    return try PageSample.report(baseline, current, file: "f" + name, model: "m" + name).page()
  }

  /// The names of all elements and of their attributes, without tool tips: a long name gets one.
  /// Notes say more of a name with characters that nobody sees.
  private static func skeleton(_ page: PageElement) -> [String] {
    guard page["aria-labelledby"] != "notes-title" else { return [] }
    let attributes = page.attributes.keys.filter { $0 != "title" }.sorted()
    return [([page.name] + attributes).joined(separator: " ")] + page.children.flatMap(skeleton)
  }

  @Test(arguments: names)
  func nameChangesNothingButText(_ name: String) throws {
    let bytes = try Self.page(name)
    let page = try PageTree.parse(bytes)
    #expect(try Self.skeleton(page) == Self.skeleton(PageTree.parse(Self.page(""))))
    #expect(page.elements("script").first?.text == "\(PageScript.text)")
    #expect(page.elements("style").first?.text == "\(PageStyle.text)")
    // Shown as the terminal shows it.
    let shown = PlainText.cut(PlainText.neutralised("x" + name), to: 100).prefix(99)
      .replacing("\u{FFFE}", with: "\\u{FFFE}").replacing("\u{FFFF}", with: "\\u{FFFF}")
    #expect(page.elements("bdi").contains { $0.text.hasPrefix(shown) }, "\(shown)")
  }

  @Test(arguments: names)
  func noControlAndNoDirectionGetsThrough(_ name: String) throws {
    let source = String(decoding: try Self.page(name), as: UTF8.self)
    let bad = source.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A: false
      case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069,
        0xFFFE, 0xFFFF:
        true
      default: false
      }
    }
    #expect(bad.isEmpty)
  }

  @Test func longNamesAreCut() throws {
    let name = String(repeating: "n", count: 50_000)
    let bytes = try Self.page(name)
    #expect(bytes.count < 60_000)
  }
}
