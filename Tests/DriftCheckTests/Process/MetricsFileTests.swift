import DriftTestSupport
import Foundation
import Testing

/// The metrics of a run as a file, and what becomes of a push that cannot work.
@Suite struct MetricsFileTests {
  private static func lines(_ check: CheckFolder) throws -> [String] {
    String(decoding: try check.folder.read("run.prom"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  private static let metrics = ["--metrics-file", "run.prom", "--no-mmd"]

  @Test func areThoseOfTheReport() throws {
    let check = try CheckFolder.quiet()
    let report = try check.check(Self.metrics + ["--model", "m"], exitCode: 0)
    let lines = try Self.lines(check)
    #expect(lines.last == "# EOF")
    #expect(lines.contains(#"drift_check_status{model="m"} 0"#))
    let psi = try #require(report.at("features/@x/psi/value"))
    let start = #"drift_check_feature_psi{feature="x",model="m"} "#
    let line = try #require(lines.first { $0.hasPrefix(start) })
    #expect(try OrderedJSON(Data(line.dropFirst(start.count).utf8)) == psi)
    #expect(!lines.contains { $0.contains("trustyai") })
  }

  @Test func driftIsThereToo() throws {
    let folder = try ScratchFolder()
    let outcome = try DriftCheckBinary.run(
      FixtureRun.inputs("jukebox", "drifted")
        + ["--output", folder.path("r.json"), "--metrics-file", folder.path("m.prom")]
        + ["--trustyai-metrics", "--model", "jukebox"], in: Project.root)
    #expect(outcome.exitCode == 2, "\(outcome)")
    let text = String(decoding: try folder.read("m.prom"), as: UTF8.self)
    #expect(text.contains(#"drift_check_status{model="jukebox"} 2"#))
    let shift = try #require(
      text.split(separator: "\n").first {
        $0.hasPrefix("trustyai_meanshift{") && $0.contains(#"subcategory="danceability""#)
      })
    let value = try #require(shift.split(separator: " ").last.flatMap { Double($0) })
    #expect(value < 0.05)
    #expect(!text.contains("drift_check_last_success_timestamp_seconds{"))
  }

  @Test func isReplacedWholeOrNotAtAll() throws {
    let check = try CheckFolder.quiet()
    try check.folder.write("old\n", to: "run.prom")
    try check.folder.write("x,plan\n1,\"a\n", to: "current.csv")
    #expect(try check.run(Self.metrics).exitCode == 65)
    #expect(try Self.lines(check) == ["old"])
  }

  @Test func aPlaceThatCannotBeIsSeenBeforeTheWork() throws {
    let check = try CheckFolder.quiet()
    let outcome = try check.run(["--metrics-file", "baseline.csv/run.prom"])
    #expect(outcome.exitCode == 73, "\(outcome)")
    #expect(outcome.errorText.contains("baseline.csv/run.prom"))
    #expect(try !check.folder.names().contains("report.json"))
  }

  @Test func theTimeCanBeGiven() throws {
    let check = try CheckFolder.quiet()
    let outcome = try check.run(Self.metrics, environment: ["SOURCE_DATE_EPOCH": "1700000000"])
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(
      try Self.lines(check).contains("drift_check_last_run_timestamp_seconds 1700000000"))
  }

  @Test func aPushThatFailsChangesNothing() throws {
    let check = try CheckFolder.quiet()
    // Nobody listens on the port of "discard".
    let gateway = ["--pushgateway", "http://127.0.0.1:9", "--no-mmd"]
    let outcome = try check.run(gateway)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.errorText.contains("the Pushgateway did not take the metrics after 3 attempts"))
    #expect(try check.folder.names().contains("report.json"))
    #expect(try check.run(gateway + ["--push-required"]).exitCode == 75)
  }

  @Test func credentialsAreReadBeforeTheWorkAndNeverShown() throws {
    let check = try CheckFolder.quiet()
    try check.folder.write("no-colon-here\n", to: "secret")
    for (flag, file) in [
      ("--push-basic-auth-file", "secret"), ("--push-bearer-token-file", "none"),
    ] {
      let outcome = try check.run(["--pushgateway", "http://127.0.0.1:9", flag, file])
      #expect(outcome.exitCode == 78, "\(outcome)")
      #expect(outcome.errorText.contains(file))
      #expect(!outcome.errorText.contains("no-colon-here"))
      #expect(try !check.folder.names().contains("report.json"))
    }
  }
}
