import DriftTestSupport
import Foundation
import Testing

/// Checks with a configuration file: what it changes, and how the program ends.
@Suite struct ConfigurationRunTests {
  /// The tables of the knobs with a configuration file.
  private static func folder(_ text: String, name: String = "drift.yaml") throws -> CheckFolder {
    let check = try Knob.folder()
    try check.folder.write(text, to: name)
    return check
  }

  private static func report(_ text: String, _ flags: [String] = []) throws -> OrderedJSON {
    try folder(text).check(["--no-mmd", "--config", "drift.yaml"] + flags)
  }

  @Test func theFileTakesThePlaceOfFlags() throws {
    let check = try Knob.folder()
    let flags = ["--psi-bins", "5", "--features", "x,far", "--permutations", "99", "--seed", "7"]
    let expected = try check.check(flags, exitCode: 2)
    let text = """
      {"psi-bins": 5, "features": ["x", "far"], "permutations": 99, "seed": 7,
       "baseline": "baseline.csv", "current": ["current.csv"], "output": "report.json",
       "quiet": true, "overrides": {}}
      """
    for name in ["drift.json", "drift.yaml"] {
      try check.folder.write(text, to: name)
      let outcome = try DriftCheckBinary.run(["--config", name], in: check.folder.url)
      #expect(outcome.exitCode == 2 && outcome.standardOutput.isEmpty, "\(outcome)")
      #expect(try check.report() == expected)
      let variables = ["DRIFT_CHECK_CONFIG": name, "DRIFT_CHECK_FAIL_ON": "never"]
      let again = try DriftCheckBinary.run([], in: check.folder.url, environment: variables)
      #expect(again.exitCode == 0, "\(again)")
    }
  }

  /// The override, and what of the report it must change and how; "gone" is taken out of all.
  static let overrides: [(override: String, path: String, value: OrderedJSON?)] = [
    ("x: {kind: categorical}", "features/@x/kind", "categorical"),
    ("plan: {kind: numeric}", "features/@plan/kind", "numeric"),
    ("far: {ignore: true}", "features/@far", nil),
    ("x: {psi-bins: 4}", "features/@x/psi/bins/3/label", nil),
    ("x: {psi-binning: uniform}", "features/@x/psi/bins/0/upper", nil),
    ("x: {psi-edges: [-1, 0, 1]}", "features/@x/psi/bins/1/label", "[-1.0, 0.0)"),
    ("far: {psi-fail: 90}", "features/@far/psi/status", "WARN"),
    ("far: {psi-warn: 90}", "features/@far/psi/status", "OK"),
    ("far: {mean-shift-effect: 90}", "features/@far/mean_shift/status", "WARN"),
    ("far: {mean-shift-effect-warn: 90}", "features/@far/mean_shift/status", "OK"),
    ("plan: {new-levels-fail: 0.9}", "features/@plan/new_levels/status", "WARN"),
    ("plan: {new-levels-warn: 0.9}", "features/@plan/new_levels/status", "OK"),
    ("x: {alpha: 1e-300}", "features/@x/mean_shift/status", "WARN"),
    ("x: {warn-alpha: 1e-300}", "features/@x/mean_shift/status", "OK"),
    ("x: {alpha: 1e-300}", "features/@x/psi/critical_value", nil),
    ("far: {psi-fail: 90}", "features/@far/thresholds/psi_fail", 90.0),
  ]

  @Test(arguments: overrides)
  func overrideChangesItsColumnAlone(_ override: String, _ path: String, _ value: OrderedJSON?)
    throws
  {
    let plain = try Self.report("overrides: {gone: {ignore: true}}")
    let changed = try Self.report("overrides: {gone: {ignore: true}, \(override)}")
    #expect(plain.at(path) != changed.at(path))
    if let value { #expect(changed.at(path) == value) }
    let column = override.prefix { $0 != ":" }
    // Another number of columns or kinds is another family of tests.
    guard !override.contains("kind"), !override.contains("ignore"), !override.contains("psi-")
    else {
      return
    }
    for feature in plain["features"]?.elements ?? [] where feature["name"]?.text != String(column) {
      let name = feature["name"]?.text ?? ""
      #expect(changed.at("features/@\(name)") == feature)
      #expect(feature["thresholds"] == nil)
    }
  }

  @Test func reasonsNameTheColumnsOwnLimit() throws {
    let report = try Self.report("overrides: {far: {psi-warn: 3.5, psi-fail: 90}}")
    let reasons = report.at("features/@far/reasons")?.texts ?? []
    #expect(reasons.contains { $0.hasPrefix("far: PSI ") && $0.contains(">= 3.5 (p < 1e-12)") })
    #expect(report.at("features/@far/thresholds/psi_warn") == 3.5)
    #expect(report.at("features/@far/thresholds/mean_shift_effect") == 0.25)
    let check = try Self.folder("overrides: {far: {psi-fail: 90, psi-warn: 90}}")
    _ = try check.check(["--no-mmd", "--config", "drift.yaml", "--html", "page.html"])
    let page = String(decoding: try check.folder.read("page.html"), as: UTF8.self)
    #expect(page.contains("It has limits of its own. FAIL when p &lt; 0.01, and PSI ≥ 90.0"))
    #expect(page.contains("1 column has other limits, see the details"))
  }

  /// The index between given edges is that of a count by hand.
  @Test func edgesGiveTheIndexOfACountByHand() throws {
    let edges = [-1.0, -0.25, 0.5, 1.5]
    func cells(_ table: String, _ check: CheckFolder) throws -> [Double] {
      let lines = String(decoding: try check.folder.read(table), as: UTF8.self).split(
        separator: "\n")
      let place = try #require(lines[0].split(separator: ",").firstIndex(of: "x"))
      return lines.dropFirst().compactMap {
        Double($0.split(separator: ",", omittingEmptySubsequences: false)[place])
      }
    }
    let check = try Self.folder("overrides: {x: {psi-edges: \(edges)}}")
    let report = try check.check(["--no-mmd", "--config", "drift.yaml"])
    func shares(_ values: [Double]) -> [Double] {
      var counts = [Double](repeating: 0, count: edges.count + 1)
      for value in values { counts[edges.count { $0 <= value }] += 1 }
      return counts.map { $0 / Double(values.count) }
    }
    let p = shares(try cells("baseline.csv", check))
    let q = shares(try cells("current.csv", check))
    let psi = zip(p, q).reduce(0) { $0 + ($1.1 - $1.0) * log($1.1 / $1.0) }
    let value = try #require(report.at("features/@x/psi/value")?.double)
    #expect(Closeness(value, to: psi, relative: 1e-12).holds)
    #expect(report.at("features/@x/psi/bins")?.elements.count == 5)
    #expect(report.at("features/@x/psi/bins/0/lower") == .null)
    #expect(report.at("features/@x/psi/bins/4/upper") == .null)
  }

  /// One file for `profile` and `check`: profiles have the bins that it asks for.
  @Test func profilesAndTablesGiveTheSame() throws {
    let text = """
      output: report.json
      no-mmd: true
      overrides:
        x: {psi-edges: [-1, 0, 1]}
        far: {psi-bins: 4, psi-warn: 0.3}
        holes: {psi-binning: uniform}
        code: {kind: categorical}
        gone: {ignore: true}
      """
    let check = try Self.folder(text)
    let expected = try check.check(["--config", "drift.yaml"])["features"]
    for side in ["baseline", "current"] {
      let arguments = ["profile", "\(side).csv", "--output", "\(side).profile", "--config"]
      let outcome = try DriftCheckBinary.run(arguments + ["drift.yaml"], in: check.folder.url)
      #expect(outcome.exitCode == 0, "\(outcome)")
    }
    for (baseline, current) in [
      ("baseline.profile", "current.csv"), ("baseline.profile", "current.profile"),
      ("baseline.csv", "current.profile"),
    ] {
      let arguments = ["--baseline", baseline, "--current", current, "--config", "drift.yaml"]
      let outcome = try DriftCheckBinary.run(arguments, in: check.folder.url)
      #expect(outcome.exitCode == 2, "\(outcome)")
      #expect(try check.report()["features"] == expected, "\(baseline) \(current)")
    }
    // A profile that was made without the edges holds values enough to count by them.
    _ = try DriftCheckBinary.run(
      ["profile", "baseline.csv", "--output", "plain.profile", "--categorical", "code"],
      in: check.folder.url)
    _ = try DriftCheckBinary.run(
      ["--baseline", "plain.profile", "--current", "current.csv", "--config", "drift.yaml"],
      in: check.folder.url)
    #expect(try check.report()["features"] == expected)
  }

  private static func refused(
    _ name: String, _ text: String?, _ phrases: String..., more: [String] = [],
    environment: [String: String] = [:]
  ) -> RefusedRun {
    var run = RefusedRun(name: name, exitCode: 78, phrases: phrases)
    run.arguments =
      ["--baseline", "good.csv", "--current", "good.csv", "--output", "report.json"] + more
      + (text == nil ? [] : ["--config", "drift.yaml"])
    run.environment = environment
    run.prepare = { folder in
      if let text { try folder.write(text, to: "drift.yaml") }
    }
    return run
  }

  static let refusals: [RefusedRun] = [
    refused("key", "alhpa: 0.1", "drift.yaml:1:1: found the unknown key 'alhpa'"),
    refused("value", "a: 1\nb: 2".replacing("a: 1\nb", with: "alpha"), "drift.yaml:1:8: 'alpha'"),
    refused("bytes", "\u{1}", "drift.yaml:1:1: found the control character U+1"),
    refused(
      "missing", nil, "nowhere.yaml: cannot read the configuration: No such file",
      more: ["--config", "nowhere.yaml"]),
    refused(
      "folder", nil, "cannot read the configuration: Is a directory", more: ["--config", "."]),
    refused(
      "column", "overrides:\n  aa: {psi-warn: 0.2}",
      "drift.yaml:2:3: no column 'aa' in good.csv; did you mean 'a'?"),
    refused(
      "other column", "overrides: {temperature: {kind: numeric}}",
      "drift.yaml:1:13: no column 'temperature' in good.csv; the columns are 'a', 'b'"),
    refused(
      "ignored column", "overrides: {temperature: {ignore: true}}",
      "drift.yaml:1:13: no column 'temperature' in good.csv and good.csv"),
    refused(
      "bins of text", "missing-values: []\noverrides: {t: {psi-bins: 3}}",
      "drift.yaml:2:17: 'psi-bins' is for numbers, but 't' has text in text.csv",
      more: ["--baseline", "text.csv"]),
    refused(
      "edges", "overrides:\n  a: {psi-edges: [1000000]}",
      "drift.yaml:2:7: 'psi-edges': all 60 values of 'a' are in one bin",
      "expected edges between -"),
    refused(
      "variable", nil, "DRIFT_CHECK_PSI_WARN is 'x': expected a number that is at least 0.",
      environment: ["DRIFT_CHECK_PSI_WARN": "x"]),
    refused(
      "threads", nil, "DRIFT_CHECK_THREADS is '0': expected a whole number from 1 to 1024.",
      environment: ["DRIFT_CHECK_THREADS": "0"]),
  ]

  @Test(arguments: refusals)
  func endsWith78(_ refusal: RefusedRun) throws {
    var refusal = refusal
    if let place = refusal.arguments.lastIndex(of: "text.csv") {
      // Instead of the good table.
      refusal.arguments[1] = "text.csv"
      refusal.arguments.removeSubrange((place - 1)...place)
    }
    let folder = try refusal.makeFolder()
    try folder.write("t\n" + String(repeating: "red\nblue\n", count: 40), to: "text.csv")
    try refusal.verify(in: folder)
  }

  /// However the baseline is given. A profile by itself is made: it may be that of a part.
  @Test func edgesThatWouldHideDriftAreRefused() throws {
    let check = try Self.folder("overrides: {x: {psi-edges: [1000000]}}")
    for (profile, more) in [("own.profile", ["--config", "drift.yaml"]), ("plain.profile", [])] {
      let outcome = try DriftCheckBinary.run(
        ["profile", "baseline.csv", "--output", profile] + more, in: check.folder.url)
      #expect(outcome.exitCode == 0, "\(outcome)")
    }
    for baseline in ["baseline.csv", "own.profile", "plain.profile"] {
      let outcome = try DriftCheckBinary.run(
        [
          "--baseline", baseline, "--current", "current.csv", "--output", "report.json",
          "--config", "drift.yaml",
        ], in: check.folder.url)
      #expect(outcome.exitCode == 78, "\(outcome)")
      #expect(
        outcome.errorText.contains(
          "drift.yaml:1:17: 'psi-edges': all 400 values of 'x' are in one bin"), "\(outcome)")
    }
    #expect(try check.folder.names().contains("report.json") == false)
  }

  @Test func profilesRefuseWhatTheyLackToo() throws {
    let check = try Self.folder("overrides: {plan: {psi-bins: 3}}")
    let arguments = ["profile", "baseline.csv", "--output", "b.profile"]
    let outcome = try DriftCheckBinary.run(
      arguments + ["--config", "drift.yaml"], in: check.folder.url)
    #expect(outcome.exitCode == 78, "\(outcome)")
    #expect(outcome.errorText.contains("drift.yaml:1:20: 'psi-bins' is for numbers, but 'plan'"))
    #expect(try DriftCheckBinary.run(arguments, in: check.folder.url).exitCode == 0)
    let again = try DriftCheckBinary.run(
      [
        "--baseline", "b.profile", "--current", "current.csv", "--output", "report.json",
        "--config", "drift.yaml",
      ], in: check.folder.url)
    #expect(again.exitCode == 78 && again.errorText.contains("'plan' has text in b.profile"))
    let merge = try DriftCheckBinary.run(
      ["merge", "b.profile", "--output", "m.profile"], in: check.folder.url,
      environment: ["DRIFT_CHECK_THREADS": "x"])
    #expect(merge.exitCode == 78, "\(merge)")
  }

  /// Several mistakes: a line each, on standard error and in the termination log, in JSON if wanted.
  @Test func allMistakesAreLogged() throws {
    let text = "alpha: 2\nbeta: 1\nlog-format: json\ntermination-log: last.txt\n"
    let check = try Self.folder(text)
    let outcome = try check.run(["--config", "drift.yaml"])
    #expect(outcome.exitCode == 78 && outcome.errorLines.count == 2, "\(outcome)")
    for (line, place) in zip(outcome.errorLines, ["drift.yaml:1:8: ", "drift.yaml:2:1: "]) {
      let event = try OrderedJSON(line.utf8)
      #expect(event["event"] == "error" && event["exit_code"] == 78)
      #expect(event["message"]?.text?.hasPrefix(place) == true)
    }
    let last = String(decoding: try check.folder.read("last.txt"), as: UTF8.self)
    #expect(last.hasPrefix("error: drift.yaml:1:8: ") && last.contains("\nerror: drift.yaml:2:1: "))
    let plain = try check.run(["--config", "drift.yaml", "--log-format", "text"])
    #expect(plain.errorLines.allSatisfy { $0.hasPrefix("drift-check: error: drift.yaml:") })
    #expect(try check.folder.names().contains("report.json") == false)
  }

  @Test func serviceVariablesOfKubernetesDoNoHarm() throws {
    let check = try Self.folder("{}")
    let variables = [
      "DRIFT_CHECK_PORT": "tcp://10.0.0.1:80", "DRIFT_CHECK_SERVICE_HOST": "10.0.0.1",
      "DRIFT_CHECK_PORT_80_TCP_PROTO": "tcp", "DRIFT_CHECK_SERVICE_PORT": "80",
    ]
    let outcome = try check.run(["--no-mmd"], environment: variables)
    #expect(outcome.exitCode == 2 && outcome.standardError.isEmpty, "\(outcome)")
  }

  @Test func aPipeIsAFileToo() throws {
    let check = try Knob.folder()
    let outcome = try DriftCheckBinary.run(
      CheckFolder.arguments + ["--no-mmd"], in: check.folder.url,
      wrapper: DriftCheckBinary.shell(
        "echo 'fail-on: never' | \"$@\" --config /dev/stdin"))
    #expect(outcome.exitCode == 0 && outcome.standardError.isEmpty, "\(outcome)")
  }
}
