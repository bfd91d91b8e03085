import DriftKit
import DriftReport
import DriftTestSupport
import Testing

/// Every output shows what does not gate, and says that it does not decide.
@Suite struct GateReportTests {
  private static func report(_ gating: [String]?, moved: [String] = ["far"]) throws -> Report {
    let names = ["calm", "far", "still"]
    return try PageSample.report(
      names.enumerated().map { Column($1, PageSample.numbers(300, seed: UInt64($0))) },
      names.enumerated().map { index, name in
        Column(
          name,
          PageSample.numbers(300, seed: 50 + UInt64(index), mean: moved.contains(name) ? 1 : 0))
      }
    ) { $0.gating = gating }
  }

  private static func lines(_ report: Report, width: Int?) -> String {
    let text =
      width.map {
        report.terminalText(
          TerminalStyle(width: $0, usesColor: false, usesUnicode: true),
          options: .init(reportPath: "r.json"))
      } ?? report.text(color: false, reportPath: "r.json")
    return text.split { $0.isWhitespace }.joined(separator: " ")
  }

  @Test func textSaysWhatDoesNotGate() throws {
    let report = try Self.report(["calm"])
    for width in [nil, 40, 100] {
      let text = Self.lines(report, width: width)
      #expect(text.contains("1 of 2 that do not gate drifted: far"), "\(text)")
      #expect(text.contains("(does not gate)"), "\(text)")
    }
    #expect(Self.lines(report, width: nil).contains("OK 3 features, 1 of 2 that do not gate"))
    #expect(Self.lines(report, width: 100).contains("OK none of 1 feature that gates drifted"))
    let all = try Self.report(nil)
    for width in [nil, 40, 100] { #expect(!Self.lines(all, width: width).contains("gate")) }
    let quiet = try Self.report(["calm", "far"])
    #expect(
      Self.lines(quiet, width: 100).contains("1 of 2 features that gate drifted, 1 does not gate"))
    let many = try Self.report(["calm"], moved: ["far", "still"])
    #expect(
      Self.lines(many, width: 100).contains("2 of 2 that do not gate drifted: far, still"))
  }

  @Test func jsonTellsIt() throws {
    let report = try Self.report(["calm"])
    let json = try OrderedJSON(report.json.utf8)
    #expect(json["status"] == "OK")
    #expect(json["features"]?.elements.map { $0["gates"] } == [true, false, false])
    let findings = json["findings"]?.elements ?? []
    #expect(!findings.isEmpty && findings.allSatisfy { $0["gates"] == false })
    #expect(try OrderedJSON(Self.report(nil).json.utf8)["findings"]?.elements[0]["gates"] == true)
  }

  @Test func metricsFollowTheirSubject() throws {
    let lines = try Self.report(["calm"]).metrics.split(separator: "\n")
    #expect(lines.contains("drift_check_status 0"))
    #expect(lines.contains(#"drift_check_feature_status{feature="far"} 2"#))
    #expect(lines.contains(#"drift_check_features{status="FAIL"} 1"#))
  }

  @Test func pageShowsItWithoutBlame() throws {
    let page = try Self.report(["calm"]).html
    #expect(page.contains("No drift found in what gates"))
    #expect(page.contains("1 of 2 that do not gate drifted: far."))
    #expect(page.contains("far</a> (does not gate)") || page.contains("(does not gate)<ul>"))
    #expect(try !Self.report(nil).html.contains("gate"))
    // What gates comes first, though the others are many and worse.
    let names = (0..<30).map { "far\($0)" }
    let report = try PageSample.report(
      (["plan"] + names).map { name in
        name == "plan"
          ? Column(name, PageSample.words(["free", "pro"], 300))
          : Column(name, PageSample.numbers(300, seed: 1))
      },
      (["plan"] + names).map { name in
        name == "plan"
          ? Column(name, PageSample.words(["free", "team"], 300))
          : Column(name, PageSample.numbers(300, seed: 2, mean: 9))
      }
    ) { $0.gating = ["plan"] }
    let html = report.html
    let why = try #require(html.firstRange(of: "<h2>Why</h2>"))
    let first = try #require(html[why.upperBound...].firstRange(of: "<li>"))
    #expect(html[first.upperBound...].prefix(200).contains("plan"))
  }
}
