import DriftKit
import DriftReport
import DriftTestSupport
import Foundation
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

  @Test("20,000 features fit in 25 MB, drifted or not", arguments: [1, 1_000_000])
  func theReportOfAWideTableIsBrief(drifted: Int) throws {
    func size(_ count: Int) throws -> Int {
      var size = 0
      try Self.report(count, drifted: drifted).writeJSON { size += $0.count }
      return size
    }
    let (narrow, wide) = (try size(1_100), try size(2_100))
    let each = (wide - narrow) / 1_000
    #expect(narrow + 18_900 * each < 25_000_000, "\(narrow) bytes and \(each) a feature")
  }

  @Test("Of a wide table the worst features have their bins, and a note says so")
  func detailsOfTheWorst() throws {
    let report = try Self.report(700, drifted: 100)
    guard case .object(let members) = report.document,
      case .array(let features)? = members.first(where: { $0.key == "features" })?.value,
      case .array(let notes)? = members.first(where: { $0.key == "notes" })?.value
    else {
      Issue.record("no features")
      return
    }
    let texts = features.map { String(decoding: $0.line(), as: UTF8.self) }
    #expect(texts.count == 700)
    #expect(texts.count { $0.contains(#""bins":[]"#) } == 400)
    for place in stride(from: 0, to: 700, by: 100) {
      #expect(texts[place].contains(#""contribution""#))
    }
    let last = notes.last.map { String(decoding: $0.line(), as: UTF8.self) } ?? ""
    #expect(last.contains("400 features are in this report without bins and components"), "\(last)")
  }

  @Test("A page of many features with many levels stays small")
  func manyLevels() throws {
    func cells(_ seed: Int) -> [String?] {
      (0..<2_000).map { "level number \(($0 * 7 + seed) % 150 < 100 ? $0 % 90 : $0 % 97)" }
    }
    let (before, after) = (cells(0), cells(31))
    let report = try PageSample.report(
      (0..<1_000).map { Column("text \($0)", before) },
      (0..<1_000).map { Column("text \($0)", after) }
    ) { $0.maximumMeanDiscrepancy = nil }
    let page = report.page()
    #expect(page.count < 8_000_000, "\(page.count) bytes")
    var size = 0
    report.writeJSON { size += $0.count }
    #expect(size < 12_000_000, "\(size) bytes")
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

  /// Larger ones keep all digits before the point.
  @Test("Numbers of four digits are the nearest ones")
  func rounding() {
    var source = SplitMix64(seed: 6)
    for _ in 0..<20_000 {
      let exponent = Double(Int.random(in: -40...3, using: &source))
      let number = Double.random(in: -10...10, using: &source) * pow(10, exponent)
      // The C library rounds the exact decimal value of the number.
      let expected = Double(String(format: "%.3e", number)) ?? .nan
      #expect(ReportDetail.rounded(number) == expected, "\(number)")
    }
    for number in [0, 1, -2.5, 0.3, 1_234, .infinity] {
      #expect(ReportDetail.rounded(number) == number)
    }
  }
}
