import DriftKit
import DriftReport
import DriftTestSupport
import Foundation
import Testing

@Suite struct ReportTests {
  private func report(names: [String], shift: Double = 1) throws -> Report {
    var source = SeededNormal(seed: 1)
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 19
    let baseline = try Dataset(names.map { Column($0, source.sample(60)) })
    let current = try Dataset(names.map { Column($0, source.sample(50, mean: shift)) })
    return Report(
      try DriftDetector(baseline: baseline, configuration: configuration).check(current),
      context: .init(
        baseline: "b.csv", current: "c.csv", generatedAt: "1970-01-01T00:00:00Z",
        version: "1.2.3", model: nil, seed: 0, alpha: 0.01, warnAlpha: 0.05))
  }

  private func keys(_ value: JSONValue) -> [String] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.key)
  }

  @Test func keysAreThoseOfTheContract() throws {
    let json = try report(names: ["x"]).document
    #expect(
      keys(json) == [
        "status", "overall_max_psi", "psi_by_feature", "baseline", "current", "schema_version",
        "generated_at", "tool", "model", "seed", "alpha", "warn_alpha", "rows", "reasons", "notes",
        "features", "mmd", "dependence", "inputs", "findings",
      ])
  }

  @Test func everyFeatureHasAnIndexEvenWithHostileNames() throws {
    let names = [
      "a\"b", "new\nline", "\u{1B}[2J", "e\u{301}", "\u{E9}", "ü",
      String(repeating: "n", count: 300),
    ]
    let report = try report(names: names)
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(report.document.bytes())) as? [String: Any])
    let features = try #require(read["features"] as? [[String: Any]])
    #expect(
      features.compactMap { ($0["name"] as? String).map { Array($0.utf8) } }
        == names.map { Array($0.utf8) })
    for color in [false, true] {
      let text = report.text(color: color, reportPath: "out.json")
      let plain = text.replacing("\u{1B}[1;31m", with: "").replacing("\u{1B}[1;32m", with: "")
        .replacing("\u{1B}[1;33m", with: "").replacing("\u{1B}[0m", with: "")
      #expect(plain.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
      #expect((plain == text) == !color)
    }
  }

  @Test func manyQuietFeaturesAreSummedUp() throws {
    let report = try report(names: (0..<80).map { "x\($0)" }, shift: 0)
    let lines = report.text(color: false, reportPath: "out.json").components(separatedBy: "\n")
    #expect(lines.contains { $0.hasSuffix("more features are OK, see the report") })
    #expect(lines.count < 40)
  }

  @Test func controlCharactersAreNeutralised() {
    #expect(
      PlainText.neutralised("a\u{1B}[31m\n\u{9B}\u{202E}é") == "a\\u{1B}[31m\\n\\u{9B}\\u{202E}é")
    #expect(PlainText.cut("abcdef", to: 4) == "abc…" && PlainText.cut("abc", to: 4) == "abc")
    #expect(
      PlainText.padded("é", to: 3) == "é  " && PlainText.padded("é", to: 3, right: true) == "  é")
  }
}
