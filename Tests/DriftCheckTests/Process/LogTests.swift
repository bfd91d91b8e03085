import DriftTestSupport
import Foundation
import Testing

/// Log lines and the termination log.
@Suite struct LogTests {
  /// Runs with JSON log lines and reads them.
  private static func lines(_ outcome: Outcome) throws -> [OrderedJSON] {
    #expect(outcome.errorText.hasSuffix("\n"))
    let lines = try outcome.errorLines.map { try OrderedJSON($0.utf8) }
    for line in lines {
      #expect(line.keys.prefix(3) == ["ts", "level", "event"])
      let time = try #require(line["ts"]?.text)
      #expect(try Date(time, strategy: .iso8601).timeIntervalSince1970 > 0)
      #expect(["info", "notice", "warning", "error"].contains(line["level"]?.text))
    }
    return lines
  }

  private static let drifted = ["--log-format", "json", "--permutations", "99", "--model", "m 1"]

  @Test func linesOfACheck() throws {
    let folder = try ScratchFolder()
    let outcome = try DriftCheckBinary.run(
      FixtureRun.inputs("wdbc", "drifted") + Self.drifted
        + ["--output", folder.path("report.json")], in: Project.root)
    #expect(outcome.exitCode == 2, "\(outcome)")
    let lines = try Self.lines(outcome)
    let report = try OrderedJSON(folder.read("report.json"))
    let features = try #require(report["features"]?.elements)
    #expect(
      lines.compactMap { $0["event"]?.text }
        == ["start"] + features.map { _ in "feature" } + ["mmd", "dependence", "verdict"])
    for (line, feature) in zip(lines.dropFirst(), features) {
      for key in ["name", "kind", "status"] { #expect(line[key] == feature[key]) }
      #expect(line["psi"] == feature.at("psi/value"))
      #expect(line["mean_shift_p_value"] == feature.at("mean_shift/p_value"))
      #expect(line["level"] == (feature["status"] == "OK" ? "info" : "warning"))
    }
    let mmd = lines[lines.count - 3]
    for key in ["statistic", "p_value", "permutations", "status"] {
      #expect(mmd[key] == report["mmd"]?[key], "\(key)")
    }
    let dependence = lines[lines.count - 2]
    for key in ["statistic", "p_value", "status"] {
      #expect(dependence[key] == report["dependence"]?[key], "\(key)")
    }
    let verdict = try #require(lines.last)
    #expect(verdict["message"] == "Drift detection result")
    for key in ["status", "overall_max_psi", "model"] {
      #expect(verdict[key] == report[key], "\(key)")
    }
    #expect(verdict["is_drift"] == 1)
    #expect(verdict["level"] == "warning")
    let phases = ["reading_baseline", "fitting_baseline", "reading_current", "testing"]
    for key in ["seconds"] + phases.map({ "seconds_\($0)" }) {
      #expect(verdict[key] != nil, "\(key)")
    }
  }

  @Test func theLineOfTheKernelTestNamesWhatDrivesIt() throws {
    let folder = try ScratchFolder()
    for (table, drivers) in [
      ("drifted", OrderedJSON.array([.string("danceability")])), ("current", .null),
    ] {
      let outcome = try DriftCheckBinary.run(
        FixtureRun.inputs("jukebox", table)
          + ["--log-format", "json", "--mmd-max-rows", "1000", "--output", folder.path("r.json")],
        in: Project.root)
      let line = try #require(try Self.lines(outcome).first { $0["event"] == "mmd" })
      #expect(line["driven_by"] == drivers)
    }
  }

  @Test func verdictWithoutDrift() throws {
    let outcome = try CheckFolder.quiet().run(["--log-format", "json", "--no-mmd"])
    let verdict = try #require(try Self.lines(outcome).last)
    #expect(verdict["event"] == "verdict")
    #expect(verdict["message"] == "Drift detection result")
    #expect(verdict["status"] == "OK")
    #expect(verdict["is_drift"] == 0)
    #expect(verdict["level"] == "info")
  }

  @Test(
    arguments: [
      (["--features", "zz"], 65), (["--baseline", "no.csv"], 66), (["--output", "."], 73),
      (["--output", "/dev/full"], 74),
    ] as [([String], Int32)])
  func lineOfAnError(_ flags: [String], _ exitCode: Int32) throws {
    let check = try CheckFolder.quiet()
    var arguments = CheckFolder.arguments + ["--log-format", "json", "--no-mmd"]
    if let place = arguments.firstIndex(of: flags[0]) {
      arguments.replaceSubrange(place...(place + 1), with: flags)
    } else {
      arguments += flags
    }
    let outcome = try DriftCheckBinary.run(arguments, in: check.folder.url)
    #expect(outcome.exitCode == exitCode, "\(outcome)")
    let line = try #require(try Self.lines(outcome).last)
    #expect(line["event"] == "error")
    #expect(line["level"] == "error")
    #expect(line["exit_code"] == .integer(Int(exitCode)))
    #expect(line["message"]?.text?.isEmpty == false)
  }

  @Test func terminationLogHoldsTheVerdict() throws {
    let folder = try ScratchFolder()
    try folder.write(String(repeating: "old", count: 5_000), to: "log")
    let outcome = try DriftCheckBinary.run(
      FixtureRun.inputs("wdbc", "drifted")
        + [
          "--no-mmd", "--output", folder.path("report.json"), "--termination-log",
          folder.path("log"),
        ], in: Project.root)
    #expect(outcome.exitCode == 2, "\(outcome)")
    let lines = String(decoding: try folder.read("log"), as: UTF8.self).split(separator: "\n")
    #expect(lines.first?.hasPrefix("FAIL: ") == true)
    let reasons = try OrderedJSON(folder.read("report.json"))["reasons"]?.texts
    #expect(lines.dropFirst().map(String.init) == reasons)
  }

  /// 400 columns that are gone make more reasons than fit; the names are not ASCII, so that a cut
  /// in the middle of a character would show.
  @Test func terminationLogIsCut() throws {
    let names = (0..<400).map { "größe_\($0)" }
    var baseline = CSVTable(["x": ["1", "2"]])
    for name in names { baseline.columns.append((name, ["1", "2"])) }
    let check = try CheckFolder(baseline: baseline, current: CSVTable(["x": ["1", "2"]]))
    _ = try check.check(["--termination-log", "log"], exitCode: 2)
    let log = try check.folder.read("log")
    #expect(log.count <= 4_096)
    #expect(log.count > 4_090)
    #expect(String(validating: log, as: UTF8.self)?.hasPrefix("FAIL: ") == true)
  }

  @Test func terminationLogHoldsTheError() throws {
    let check = try CheckFolder.quiet()
    let outcome = try check.run(["--features", "zz", "--termination-log", "log"])
    #expect(outcome.exitCode == 65, "\(outcome)")
    let log = String(decoding: try check.folder.read("log"), as: UTF8.self)
    #expect(log.hasPrefix("error: ") && log.contains("no column 'zz'"))
  }

  @Test func terminationLogThatCannotBeWrittenIsAWarning() throws {
    let check = try CheckFolder.quiet()
    let outcome = try check.run(["--no-mmd", "--termination-log", "no/log"])
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(outcome.errorText.hasPrefix("drift-check: warning: cannot write the termination log"))
    #expect(outcome.errorLines.count == 1)
  }

  @Test(
    "A mistake in the command line is told in the form that it asks for",
    arguments: [["--log-format", "json"], ["--log-format=json"], []])
  func usage(_ format: [String]) throws {
    let environment = format.isEmpty ? ["DRIFT_CHECK_LOG_FORMAT": "json"] : [:]
    let outcome = try CheckFolder.quiet().run(
      ["--alpha", "2"] + format, environment: environment)
    #expect(outcome.exitCode == 64 && outcome.errorLines.count == 1, "\(outcome)")
    let line = try OrderedJSON(outcome.standardError)
    #expect(line["level"] == "error" && line["exit_code"] == 64)
    #expect(line["message"]?.text?.contains("'2' is invalid for '--alpha <p>'") == true)
  }
}
