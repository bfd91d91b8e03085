import DriftKit
import DriftReport
import DriftTestSupport
import Testing

/// Reports of very many features: written in pieces, and pages that a browser still shows.
@Suite struct WideReportTests {
  /// So many features of 40 rows, of which every `drifted`th has moved.
  private static func report(_ count: Int, drifted: Int) throws -> Report {
    let (calm, moved) = (PageSample.numbers(40, seed: 1), PageSample.numbers(40, seed: 2, mean: 9))
    let names = (0..<count).map { "feature_\($0)" }
    return try PageSample.report(
      names.map { Column($0, calm) },
      names.enumerated().map { Column($1, $0.isMultiple(of: drifted) ? moved : calm) }
    ) { $0.maximumMeanDiscrepancy = nil }
  }

  @Test func theReportComesInSmallPieces() throws {
    let report = try Self.report(300, drifted: 10)
    var pieces: [[UInt8]] = []
    report.writeJSON { pieces.append($0) }
    #expect(Array(pieces.joined()) == report.document.bytes())
    #expect(pieces.count > 4)
    // A piece is handed on behind the feature that fills it.
    #expect(pieces.allSatisfy { $0.count < 80_000 })
  }

  @Test(arguments: PageSample.all) func everyReportIsTheSameInPieces(_ sample: PageSample) throws {
    let report = try sample.report()
    var bytes: [UInt8] = []
    report.writeJSON { bytes += $0 }
    #expect(bytes == report.document.bytes())
  }

  @Test func metricsComeInSmallPieces() throws {
    let report = try Self.report(700, drifted: 10)
    var pieces: [[UInt8]] = []
    let timing = Report.Timing(end: 1, duration: 1)
    report.writeMetrics(timing, trustyAI: true) { pieces.append($0) }
    #expect(Array(pieces.joined()) == report.metrics(timing, trustyAI: true))
    #expect(pieces.count > 2 && pieces.allSatisfy { $0.count < 80_000 })
  }

  struct Full: Error {}

  @Test func whatTakesThePiecesMayRefuseThem() throws {
    let report = try Self.report(300, drifted: 10)
    var count = 0
    #expect(throws: Full.self) {
      try report.writeJSON { (_: [UInt8]) throws(Full) in
        count += 1
        if count == 2 { throw Full() }
      }
    }
    #expect(count == 2)
  }

  @Test func thePageOfAWideTableHasTheWorstFeatures() throws {
    let report = try Self.report(1_100, drifted: 100)
    let bytes = report.page()
    #expect(bytes.count < 8_000_000, "\(bytes.count) bytes")
    let page = try PageTree.parse(bytes)
    #expect(page.first("id", "details")?.children.count == 1_000)
    let section = try #require(page.first("aria-labelledby", "features-title"))
    #expect(section.elements("tbody").first?.children.count == 1_000)
    let hidden = try #require(page.first("class", "hidden")).text
    #expect(hidden.contains("100 more features are left out of this page"), "\(hidden)")
    #expect(hidden.contains("the JSON report has all of them"), "\(hidden)")
    // The worst are there, and their number in the whole table is that of all.
    let names = section.elements("th").map(\.text)
    for place in stride(from: 0, to: 1_100, by: 100) { #expect(names.contains("feature_\(place)")) }
    #expect(page.text.contains("Of 1,100 features"))
  }

  @Test func atTheLimitNothingIsLeftOut() throws {
    let report = try Self.report(1_000, drifted: 100)
    #expect(try PageTree.parse(report.page()).first("class", "hidden") == nil)
  }

  @Test func textsHaveTheWorstFeaturesToo() throws {
    let report = try Self.report(2_100, drifted: 1)
    let text = report.text(color: false, reportPath: "out.json")
    #expect(text.split(separator: "\n").count < 2_100)
    #expect(text.contains("100 more features, 100 of them not OK, see the report"))
    let style = TerminalStyle(width: 100, usesColor: false, usesUnicode: true)
    let shown = report.terminalText(style, options: .init(reportPath: "out.json"))
    #expect(shown.split(separator: "\n").count < 2_200)
    #expect(shown.contains("100 more features, 100 of them not OK, see the report"))
  }
}
