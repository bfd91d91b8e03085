import DriftKit
import DriftReport
import DriftTestSupport
import Testing

/// What is said of levels that memory did not hold.
@Suite("Text on possible drift") struct PossibleDriftTextTests {
  private static func report() throws -> Report {
    func profile(_ name: String) throws -> DatasetProfile {
      var options = DatasetProfile.Options()
      options.levels = 100
      let cells = (0..<4_000).map { $0 % 2 == 0 ? "a" : "\(name) \($0)" }
      return DatasetProfile(try Dataset([Column("user", cells)]), options: options)
    }
    let detector = try DriftDetector(baseline: profile("before"))
    return Report(
      try detector.check(profile("after")),
      context: .init(
        baseline: "b.profile", current: "c.profile", generatedAt: "2001-02-03T04:05:06Z",
        version: "1.2.3", model: nil, seed: 7, alpha: 0.01, warnAlpha: 0.05,
        configuration: detector.configuration, words: ProgramWords(memoryLimit: "--memory-limit")))
  }

  @Test func everyViewSaysWhatMayBe() throws {
    let report = try Self.report()
    let views = [
      report.text(color: false, reportPath: "r.json"),
      String(decoding: report.page(), as: UTF8.self),
      report.terminalText(
        TerminalStyle(width: 200, usesColor: false, usesUnicode: true),
        options: .init(reportPath: "r.json", pagePath: nil, endsWithZero: true)),
    ]
    for view in views {
      #expect(view.contains("may have"), "\(view)")
      #expect(view.contains("50.0 %") || view.contains("50.0\u{A0}%"), "\(view)")
      #expect(view.contains("--memory-limit"), "\(view)")
      #expect(!view.contains("levels never seen before"))
      #expect(!view.contains("come from: a product"))
    }
  }
}
