import DriftKit
import DriftReport
import DriftTestSupport
import Testing

/// Every output says what was not compared, and shows no number for it.
@Suite("Reports of what was not compared") struct NotComparedReportTests {
  private static func report() throws -> Report {
    func table(_ first: Int) throws -> Dataset {
      try Dataset([
        Column("number", (0..<300).map { Double(($0 + first) % 150) }),
        Column("id", (0..<300).map { "u\($0 + first)" as String? }),
        Column("nothing", [Double](repeating: .nan, count: 300)),
      ])
    }
    let detector = try DriftDetector(baseline: table(0))
    return Report(
      try detector.check(table(300)),
      context: .init(
        baseline: "b.csv", current: "c.csv", generatedAt: "2001-02-03T04:05:06Z", version: "1.2.3",
        model: nil, seed: 7, alpha: 0.01, warnAlpha: 0.05, configuration: detector.configuration))
  }

  @Test func textHasItInItsHeadLine() throws {
    let text = try Self.report().text(color: false, reportPath: "r.json")
    let lines = text.split(separator: "\n")
    #expect(lines.contains("OK  3 features, 2 not compared: id, nothing"), "\(text)")
    #expect(lines.contains { $0.hasPrefix("id") && $0.hasSuffix("NOT_COMPARED") }, "\(text)")
    for width in [40, 120] {
      let shown = try Self.report().terminalText(
        TerminalStyle(width: width, usesColor: false, usesUnicode: true),
        options: .init(reportPath: "r.json"))
      #expect(
        shown.split { $0.isWhitespace }.joined(separator: " ").contains("2 not compared:"),
        "\(shown)")
    }
  }

  @Test func jsonHasTheStatusAndNoIndex() throws {
    let json = String(decoding: try Self.report().document.line(), as: UTF8.self)
    #expect(json.contains(#""status": "NOT_COMPARED""#))
    #expect(json.contains(#""id": null, "nothing": null}"#), "\(json.prefix(400))")
    #expect(json.hasPrefix(#"{"status": "OK""#))
  }

  @Test func metricsHaveNoSample() throws {
    let text = String(
      decoding: try Self.report().metrics(.init(end: 1, duration: nil), trustyAI: false),
      as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.contains(#"drift_check_features{status="NOT_COMPARED"} 2"#), "\(text)")
    #expect(lines.contains(#"drift_check_feature_status{feature="number"} 0"#))
    for name in ["status", "psi"] {
      #expect(!lines.contains { $0.hasPrefix("drift_check_feature_\(name){feature=\"id\"") })
    }
  }

  @Test func pageSaysIt() throws {
    let page = String(decoding: try Self.report().page(), as: UTF8.self)
    #expect(page.contains("2 not compared"))
    #expect(page.contains(#"<b class="badge none">NOT_COMPARED</b>"#))
  }
}
