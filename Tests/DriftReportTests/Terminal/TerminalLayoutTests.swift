import DriftReport
import DriftTestSupport
import Testing

@Suite struct TerminalLayoutTests {
  /// Texts of letters of every width, spaces and long words.
  static func text(_ source: inout SplitMix64, length: Int) -> String {
    let letters = ["a", "b", "-", " ", "é", "e\u{301}", "顧", "客", "🎸", "👩\u{200D}🎤", "ｱ", "ع"]
    return (0..<length).map { _ in letters.randomElement(using: &source) ?? "" }.joined()
  }

  private func columns(_ text: String) -> Int {
    TerminalScreen(text.utf8, columns: .max).widest
  }

  @Test func linesFitAndLoseNothing() {
    var source = SplitMix64(seed: 1)
    for _ in 0..<3_000 {
      let text = Self.text(&source, length: .random(in: 0...120, using: &source))
      let width = Int.random(in: 10...60, using: &source)
      let indent = Int.random(in: 0...8, using: &source)
      let lines = TerminalLayout.wrapped(text, width: width, first: "- ", indent: indent)
      #expect(lines.allSatisfy { columns($0) <= width }, "\(text) in \(width): \(lines)")
      #expect(lines.first?.hasPrefix("- ") == true)
      let kept = lines.joined().unicodeScalars.filter { $0 != " " }
      let all = ("- " + text).unicodeScalars.filter { $0 != " " }
      #expect(kept.elementsEqual(all), "\(text) in \(width): \(lines)")
    }
  }

  @Test func linesAreBrokenAtSpaces() {
    let text = "the mean moved from 1 to 2 and averylongwordthatfitsnowhere"
    #expect(
      TerminalLayout.wrapped(text, width: 20, first: "  ", indent: 4) == [
        "  the mean moved", "    from 1 to 2 and", "    averylongwordtha", "    tfitsnowhere",
      ])
    #expect(TerminalLayout.wrapped("", width: 20) == [""])
    // What belongs together stays together where there is room for it.
    let facts = "of rows: p = 0.01, PSI\u{A0}0.41, 9.8 %"
    #expect(
      TerminalLayout.wrapped(facts, width: 14) == ["of rows:", "p = 0.01,", "PSI 0.41,", "9.8 %"])
    #expect(
      TerminalLayout.wrapped(facts, width: 6) == [
        "of", "rows:", "p =", "0.01,", "PSI", "0.41,", "9.8 %",
      ])
  }

  @Test func shortenedNamesKeepTheirEnds() {
    let name = "customer_age_at_first_purchase_in_years"
    #expect(TerminalLayout.shortened(name, to: 20, ellipsis: "…") == "customer_a…_in_years")
    #expect(TerminalLayout.shortened(name, to: 20, ellipsis: "...") == "customer_...in_years")
    #expect(TerminalLayout.shortened(name, to: 39, ellipsis: "…") == name)
    #expect(TerminalLayout.shortened("顧客の年齢区分", to: 9, ellipsis: "…") == "顧客…区分")
    var source = SplitMix64(seed: 2)
    for _ in 0..<3_000 {
      let text = Self.text(&source, length: .random(in: 0...80, using: &source))
      let width = Int.random(in: 1...60, using: &source)
      let shown = TerminalLayout.shortened(text, to: width, ellipsis: "…")
      #expect(columns(shown) <= width)
      #expect(columns(text) > width || shown == text)
    }
  }

  /// A bar reaches the mark when, and only when, the index reaches the limit.
  @Test(arguments: [true, false])
  func barsHaveTheLimitAtOnePlace(_ usesUnicode: Bool) {
    var source = SplitMix64(seed: 3)
    let blocks = usesUnicode ? "█" : "#"
    let mark: Character = usesUnicode ? "│" : "|"
    var last = (value: 0.0, cells: 0)
    for step in 0...2_000 {
      let limit = step == 0 ? 0.25 : Double.random(in: 0.01...2, using: &source)
      for value in [
        0, limit * Double.random(in: 0..<1, using: &source), limit.nextDown, limit,
        limit * Double.random(in: 1...50, using: &source), .infinity,
      ] {
        let bar = Array(StabilityBar(value, limit: limit).text(usesUnicode: usesUnicode))
        #expect(bar.count == StabilityBar.width)
        #expect(bar[StabilityBar.before] == mark)
        let isFull = bar[..<StabilityBar.before].allSatisfy { String($0) == blocks }
        #expect(isFull == (value >= limit), "\(value) of \(limit): \(String(bar))")
      }
    }
    // It never shrinks when the index grows.
    for step in 0...1_000 {
      let value = Double(step) / 1_000
      let bar = StabilityBar(value, limit: 0.25).text(usesUnicode: false)
      let cells = bar.count { $0 == "#" }
      #expect(cells >= last.cells)
      last = (value, cells)
    }
    #expect(last.cells == StabilityBar.before + StabilityBar.beyond)
    #expect(StabilityBar(0.1, limit: 0).text(usesUnicode: false) == "########|###")
    #expect(StabilityBar(0.125, limit: 0.25).text(usesUnicode: true) == "████    │   ")
    #expect(StabilityBar(0.13, limit: 0.25).text(usesUnicode: true) == "████▏   │   ")
    #expect(StabilityBar(0.3, limit: 0.25).text(usesUnicode: true) == "████████│█▌ ")
  }
}
