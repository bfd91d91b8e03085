import DriftKit
import DriftReport
import Testing

/// A report of a service: all that is not said has a default.
@Suite("Reports of a service") struct ServiceReportTests {
  private static func result() throws -> DriftResult {
    let detector = try DriftDetector(
      baseline: Dataset([Column("x", (0..<500))]),
      configuration: DriftConfiguration(maximumMeanDiscrepancy: nil))
    return try detector.check(Dataset([Column("x", (300..<900))]))
  }

  @Test("It is that of the program, with the same context") func context() throws {
    let result = try Self.result()
    let thresholds = Thresholds(alpha: 0.02)
    let report = Report(
      result,
      context: .init(
        baseline: "training", current: "today", model: "m",
        configuration: DriftConfiguration(thresholds: thresholds), end: 1_795_226_400,
        duration: .milliseconds(250)))
    let whole = Report(
      result,
      context: .init(
        baseline: "training", current: "today", generatedAt: "2026-11-21T02:00:00Z",
        version: Version.current, model: "m", seed: 0, alpha: 0.02, warnAlpha: 0.05,
        configuration: DriftConfiguration(thresholds: thresholds)))
    #expect(Array(report.json.utf8) == whole.document.bytes())
    #expect(Array(report.html.utf8) == whole.page())
    let timing = Report.Timing(end: 1_795_226_400, duration: 0.25)
    #expect(Array(report.metrics.utf8) == whole.metrics(timing, trustyAI: false))
  }

  @Test("Nothing has to be said") func defaults() throws {
    let report = Report(try Self.result())
    #expect(report.result.status == .fail)
    #expect(report.json.contains("\"baseline\": \"baseline\""))
    #expect(report.html.hasPrefix("<!DOCTYPE html>"))
    #expect(report.metrics.contains("drift_check_status 2\n"))
    #expect(!report.metrics.contains("duration"))
    let year = report.json.firstMatch(of: /"generated_at": "(\d{4})-/)?.1
    #expect(year.flatMap { Int($0) } ?? 0 >= 2026)
  }
}
