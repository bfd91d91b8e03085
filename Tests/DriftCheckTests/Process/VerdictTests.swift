import DriftTestSupport
import Foundation
import Testing

/// The verdict and the exit code.
@Suite struct VerdictTests {
  @Test(arguments: FixtureRun.names)
  func noDrift(_ name: String) throws {
    let run = try FixtureRun.current(name)
    #expect(run.outcome.exitCode == 0, "\(run.outcome)")
    #expect(run.outcome.standardError.isEmpty, "\(run.outcome)")
    let report = try OrderedJSON(run.report)
    #expect(report["status"] == "OK")
    #expect(report["reasons"] == [])
  }

  /// The features that `fixtures/README.md` says drift, all of them and no others; of the many that
  /// do in wdbc, the one it names.
  static let drifted = [
    "wdbc": ["worst_radius"], "jukebox": ["danceability"],
    "churn": [
      "watch_minutes_7d", "watch_minutes_14d", "watch_minutes_30d", "quiz_avg_score_7d", "plan",
      "support_tickets_30d",
    ],
  ]

  @Test(arguments: FixtureRun.names)
  func drift(_ name: String) throws {
    let run = try FixtureRun.drifted(name)
    #expect(run.outcome.exitCode == 2, "\(run.outcome)")
    #expect(run.outcome.standardError.isEmpty, "\(run.outcome)")
    let report = try OrderedJSON(run.report)
    #expect(report["status"] == "FAIL")
    #expect(report.at("mmd/status") == "FAIL")
    let failed = report["features"]?.elements.filter { $0["status"] == "FAIL" }
      .compactMap { $0["name"]?.text }
    let expected = try #require(Self.drifted[name])
    if name == "wdbc" {
      #expect(failed?.contains(expected[0]) == true)
    } else {
      #expect(failed == expected)
    }
    let largest = report["psi_by_feature"]?.keys.compactMap {
      report.at("psi_by_feature/\($0)")?.double
    }
    .max()
    #expect(report["overall_max_psi"]?.double == largest)
  }

  /// The feature without which the kernel statistic is smallest is one of those that drift, and rows
  /// are named by their numbers in the file.
  @Test(arguments: ["wdbc", "jukebox"])
  func causes(_ name: String) throws {
    let mmd = try #require(try OrderedJSON(FixtureRun.drifted(name).report)["mmd"])
    let ranked = try #require(mmd["features_ranked"]?.elements)
    #expect(
      Set(ranked.compactMap { $0["feature"]?.text })
        == Set(mmd["features"]?.texts ?? []))
    if name == "jukebox" {
      #expect(ranked[0]["feature"] == "danceability")
      #expect((ranked[0]["share"]?.double ?? 0) > 0.5)
    }
    let text = try String(
      contentsOf: Project.root.appending(path: "fixtures/\(name)/drifted.csv"), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
    let rows = try #require(mmd["witness_rows"]?.elements)
    #expect(rows.count == 10)
    for row in rows {
      let number = try #require(row["row"]?.double.map { Int($0) })
      for item in row["features"]?.elements ?? [] {
        let heading = try #require(item["feature"]?.text)
        let place = try #require(lines[0].firstIndex { $0 == heading })
        #expect(Double(lines[number][place]) == item["value"]?.double)
      }
    }
    let calm = try #require(try OrderedJSON(FixtureRun.current(name).report)["mmd"])
    for key in ["features_ranked", "ranked_rows", "witness_rows"] { #expect(calm[key] == .null) }
  }

  /// Tables whose verdict is known: no drift, a few cells of text, another mean.
  private static func check(_ status: String) throws -> CheckFolder {
    var cells = CSVTable.normal(300, seed: 2, mean: status == "FAIL" ? 3 : 0)
    if status == "WARN" { for row in 7..<16 { cells[row] = "text" } }
    return try CheckFolder(
      baseline: CSVTable(["x": CSVTable.normal(300, seed: 1)]), current: CSVTable(["x": cells]))
  }

  @Test(
    arguments: [
      ("OK", "fail", 0), ("WARN", "fail", 0), ("FAIL", "fail", 2),
      ("OK", "warn", 0), ("WARN", "warn", 2), ("FAIL", "warn", 2),
      ("OK", "never", 0), ("WARN", "never", 0), ("FAIL", "never", 0),
    ] as [(String, String, Int32)])
  func failOn(_ status: String, _ failOn: String, _ exitCode: Int32) throws {
    let report = try Self.check(status).check(
      ["--no-mmd", "--fail-on", failOn], exitCode: exitCode)
    #expect(report["status"] == .string(status))
  }

  @Test func quietPrintsNothing() throws {
    let check = try Self.check("FAIL")
    for flag in ["--quiet", "-q"] {
      let outcome = try check.run([flag, "--no-mmd"])
      #expect(outcome.exitCode == 2, "\(outcome)")
      #expect(outcome.standardOutput.isEmpty)
      #expect(outcome.standardError.isEmpty)
      #expect(try check.report()["status"] == "FAIL")
    }
  }

  @Test func textSaysTheVerdict() throws {
    for status in ["OK", "WARN", "FAIL"] {
      let check = try Self.check(status)
      let outcome = try check.run(["--no-mmd"])
      #expect(outcome.outputText.split(separator: "\n").contains(Substring(status)), "\(outcome)")
      for reason in try check.report()["reasons"]?.texts ?? [] {
        #expect(outcome.outputText.contains(reason))
      }
    }
  }

  @Test func theJobIsCheckWhetherSaidOrNot() throws {
    let check = try Self.check("FAIL")
    let report = try check.check(["--no-mmd"], exitCode: 2)
    let outcome = try DriftCheckBinary.run(
      ["check"] + CheckFolder.arguments + ["--no-mmd"], in: check.folder.url)
    #expect(outcome.exitCode == 2, "\(outcome)")
    #expect(try check.report() == report)
  }

  @Test func helpAndVersionExitWithZero() throws {
    let folder = try ScratchFolder()
    for words in [
      ["--help"], ["-h"], ["--version"], ["--generate-completion-script", "bash"],
      ["--generate-man-page"],
    ] {
      let outcome = try DriftCheckBinary.run(words, in: folder.url)
      #expect(outcome.exitCode == 0, "\(outcome)")
      #expect(!outcome.standardOutput.isEmpty)
      #expect(outcome.standardError.isEmpty)
    }
    let version = try DriftCheckBinary.run(["--version"], in: folder.url)
    #expect(version.outputText == "0.1.0\n")
    #expect(try folder.names() == [])
  }
}
