import DriftKit
import DriftReport
import DriftTestSupport
import Testing

/// What changed, in which order, and what to do about it.
@Suite struct FindingTextTests {
  private static let options = Report.TerminalOptions(reportPath: "r.json")

  /// The lines below a heading, on a terminal so wide that nothing is broken.
  private func section(
    _ title: String, _ report: Report, _ options: Report.TerminalOptions = options
  ) -> [String] {
    let style = TerminalStyle(width: 1_000, usesColor: false, usesUnicode: true)
    let lines = report.terminalText(style, options: options)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let begin = lines.firstIndex(of: title) else { return [] }
    return Array(lines[(begin + 1)...].prefix { !$0.isEmpty })
  }

  @Test func theMostImportantFirst() throws {
    let lines = section("what changed", try PageSample.fail.report())
    // Shifts of 9 and 1 standard deviations, and half of the rows new.
    let names = lines.compactMap { $0.split(separator: ":").first?.drop { $0 == " " } }
    #expect(names == ["gone", "far", "plan", "moved", "MMD"])
    #expect(lines[0] == "  gone: the column is gone, the current data lack it")
    #expect(lines[1].contains("the distribution has shifted: PSI "))
    #expect(lines[1].contains(", limit 0.25; the mean moved from "))
    #expect(lines[2].contains("50.0 % of rows have new levels: “team”"))
    #expect(lines[2].contains("“pro” fell from 50.0 % to 0.0 % of rows"))
    #expect(
      lines[4].hasPrefix("  MMD: all 3 numeric features taken together have shifted: separability ")
    )
  }

  /// The numbers are those of the columns: 4 of 10 cells are gone, all others are as they were.
  @Test func missingCells() throws {
    let before = (0..<400).map { Double($0 % 20) }
    let after = before.enumerated().map { $0 % 10 < 4 ? Double.nan : $1 }
    let report = try PageSample.report([Column("x", before)], [Column("x", after)])
    let changed = section("what changed", report)
    #expect(
      changed.first?.contains("missing cells went from 0.0 % to 40.0 %") == true, "\(changed)")
    let next = section("what to do next", report)
    #expect(next.first == "- Look at what fills 'x': many more cells are missing.")
  }

  @Test func atMostTenFeatures() throws {
    let lines = section("what changed", try PageSample.wide(200))
    #expect(lines.count == 12)
    #expect(lines[10] == "  and 10 more")
    #expect(lines[11].hasPrefix("  MMD: "))
  }

  @Test func nothingToSayWithoutDrift() throws {
    let report = try PageSample.report(
      [Column("a", PageSample.numbers(300, seed: 1))],
      [Column("a", PageSample.numbers(300, seed: 2))])
    for title in ["what changed", "reasons", "what to do next"] {
      #expect(section(title, report) == [])
    }
  }

  @Test func reasonsAreThoseOfTheReport() throws {
    let report = try PageSample.fail.report()
    #expect(section("reasons", report) == report.result.reasons.map { "  " + $0 })
  }

  @Test func whatToDoNext() throws {
    let fail = try PageSample.fail.report()
    let lines = section("what to do next", fail)
    #expect(
      lines == [
        "- Look at the query that makes the current file: it no longer has 'gone'.",
        "- Look at where the new levels of 'plan' come from: a product, a spelling, an encoding.",
        "- See the bins of every feature: add '--html page.html'.",
      ])
    let page = section(
      "what to do next", fail, .init(reportPath: "r.json", pagePath: "p\u{1B}.html"))
    #expect(page.count == 3 && !page.contains { $0.contains("--html") })

    func columns(_ moved: Set<Int>, seed: UInt64, by mean: Double) -> [Column] {
      (0..<5).map { index in
        let numbers = PageSample.numbers(
          300, seed: seed + UInt64(index), mean: moved.contains(index) ? mean : 0)
        return Column("x\(index)", numbers)
      }
    }
    let calm = columns([], seed: 1, by: 0)
    let one = try PageSample.report(calm, columns([2], seed: 11, by: 1))
    #expect(section("what to do next", one).first?.hasPrefix("- Only 'x2' changed") == true)
    let many = try PageSample.report(calm, columns([0, 1, 2], seed: 11, by: 1))
    #expect(
      section("what to do next", many).first?.hasPrefix("- 3 of 5 features changed: ") == true)
  }

  /// The exit code of a WARN is a thing to know, unless it was asked for.
  @Test func warningsSayHowTheyEnd() throws {
    let numbers = PageSample.numbers(200, seed: 2) + [Double](repeating: .nan, count: 5)
    let report = try PageSample.report(
      [Column("a", PageSample.numbers(300, seed: 1))],
      [Column(name: "a", cells: .numeric(numbers, unparseable: 5))])
    try #require(report.result.status == .warn)
    let hint = "- A WARN ends with exit code 0; '--fail-on warn' makes it 2."
    let strict = Report.TerminalOptions(reportPath: "r.json", endsWithZero: false)
    #expect(section("what to do next", report, strict).contains(hint) == false)
    let lines = section("what to do next", report)
    #expect(lines.count <= 3)
    #expect(lines.contains { $0.contains("'a' that are not numbers") })
  }
}
