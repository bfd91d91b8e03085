import DriftKit
import DriftReport
import DriftTestSupport
import Foundation
import Testing

/// What a person at a terminal gets to see.
@Suite struct TerminalTextTests {
  private static let records = ProcessInfo.processInfo.environment["DRIFT_RECORD"] == "1"

  struct Look: Sendable, CustomTestStringConvertible {
    let name: String
    let width: Int
    var usesColor = false
    var usesUnicode = true

    var testDescription: String { name }
    var style: TerminalStyle {
      TerminalStyle(width: width, usesColor: usesColor, usesUnicode: usesUnicode)
    }

    static let all =
      [40, 60, 80, 120, 200].map { Look(name: "\($0)", width: $0) } + [
        Look(name: "80-ascii", width: 80, usesUnicode: false),
        Look(name: "80-color", width: 80, usesColor: true),
      ]
  }

  private func text(_ report: Report, _ style: TerminalStyle) -> String {
    report.terminalText(style, options: .init(reportPath: "out/data_drift_latest.json"))
  }

  /// As somebody last looked at it; `DRIFT_RECORD=1` writes it anew.
  @Test(arguments: Look.all)
  func golden(_ look: Look) throws {
    let text = text(try TerminalSample.hostile(), look.style)
    let file = Project.fixture("golden/terminal/\(look.name).txt")
    if Self.records {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  /// No line is wider than the terminal, and nothing in it acts on one, by the C library's widths.
  private func expectFits(_ report: Report, width: Int, _ sample: String) {
    for (color, unicode) in [(false, true), (true, true), (false, false)] {
      let style = TerminalStyle(width: width, usesColor: color, usesUnicode: unicode)
      let text = text(report, style)
      let screen = TerminalScreen(text.replacing("\n", with: "\r\n").utf8, columns: style.width)
      #expect(screen.problems == [], "\(sample) in \(width) columns:\n\(text)")
      #expect(screen.lines.contains { $0.hasPrefix(report.result.status.rawValue) })
      #expect(text.contains("\u{1B}") == color)
    }
  }

  @Test(arguments: PageSample.all)
  func samplesFit(_ sample: PageSample) throws {
    let report = try sample.report()
    for width in [1, 10, 17, 40, 59, 60, 80, 133] {
      expectFits(report, width: width, sample.name)
    }
  }

  /// COLUMNS may say anything where a terminal does not know its size.
  @Test(arguments: [10_001, 4_000_000_000_000_000_000, Int.max])
  func hugeWidthsAreCut(_ width: Int) throws {
    let style = TerminalStyle(width: width, usesColor: false, usesUnicode: true)
    let most = TerminalStyle(width: 10_000, usesColor: false, usesUnicode: true)
    #expect(style == most && most.width == 10_000)
    let report = try TerminalSample.hostile()
    #expect(text(report, style) == text(report, most))
  }

  @Test func hostileNamesFit() throws {
    let report = try TerminalSample.hostile()
    for width in 10...140 { expectFits(report, width: width, "hostile") }
  }

  @Test(arguments: 0..<20)
  func randomNamesFit(_ seed: Int) throws {
    let report = try TerminalSample.random(seed: UInt64(seed))
    var source = SplitMix64(seed: UInt64(seed))
    for _ in 0..<10 {
      expectFits(report, width: .random(in: 10...160, using: &source), "seed \(seed)")
    }
  }

  @Test func columnsThatMatterStayLongest() throws {
    let report = try TerminalSample.hostile()
    func heading(_ width: Int) throws -> Substring {
      let style = TerminalStyle(width: width, usesColor: false, usesUnicode: true)
      return try #require(
        text(report, style).split(separator: "\n").first { $0.contains("feature ") })
    }
    let words = ["kind", "PSI", "limit", "adj. p", "effect", "missing", "status"]
    #expect(try words.allSatisfy(heading(120).contains))
    var before = Set(words)
    for width in stride(from: 120, through: 60, by: -1) {
      let now = Set(try words.filter(heading(width).contains))
      // What is gone does not come back on a narrower terminal.
      #expect(now.isSubset(of: before))
      #expect(now.isSuperset(of: ["PSI", "status"]))
      before = now
    }
    #expect(before.count < words.count)
    let narrow = text(report, TerminalStyle(width: 59, usesColor: false, usesUnicode: true))
    #expect(!narrow.contains("feature "))
  }

  @Test func whatIsWrittenElsewhereKeepsWholeNames() throws {
    let text = try TerminalSample.hostile().text(color: false, reportPath: "out.json")
    for name in TerminalSample.names { #expect(text.contains(PlainText.neutralised(name))) }
    #expect(!text.contains("…"))
  }
}
