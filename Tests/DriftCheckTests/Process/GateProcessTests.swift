import DriftTestSupport
import Foundation
import Testing

/// What does not gate does not end the program with 2, and is seen all the same.
@Suite struct GateProcessTests {
  /// Three columns of numbers, of which `far` moved, and levels.
  private static func folder() throws -> CheckFolder {
    func table(_ seed: UInt64, mean: Double) -> CSVTable {
      CSVTable([
        "far": CSVTable.normal(300, seed: seed, mean: mean),
        "near": CSVTable.normal(300, seed: seed + 1), "calm": CSVTable.normal(300, seed: seed + 2),
        "plan": CSVTable.words(["free", "pro"], 300),
      ])
    }
    return try CheckFolder(baseline: table(1, mean: 0), current: table(101, mean: 1))
  }

  private static func text(_ name: String, _ folder: CheckFolder) throws -> String {
    String(decoding: try folder.folder.read(name), as: UTF8.self)
  }

  private static func status(_ feature: String, _ report: OrderedJSON) -> OrderedJSON? {
    report["features"]?.elements.first { $0["name"] == .string(feature) }?["status"]
  }

  @Test(
    "Drift of a feature that does not gate ends with 0 and is shown",
    arguments: [
      ["--gate", "near,calm"], ["--gate", "plan"], ["--gate", "near", "--no-mmd"],
      ["--importance", "sklearn.csv"], ["--importance", "xgboost.json"],
      ["--importance", "lightgbm.csv"], ["--config", "drift.yaml"],
      ["--importance", "equal.csv", "--config", "drift.yaml"],
    ])
  func quiet(_ arguments: [String]) throws {
    let folder = try Self.folder()
    try Self.writeWeights(folder)
    let report = try folder.check(arguments, exitCode: 0)
    #expect(report["status"] == "OK" && Self.status("far", report) == "FAIL")
    #expect(report["findings"]?.elements.allSatisfy { $0["gates"] == false } == true)
    #expect(report["findings"]?.elements.isEmpty == false)
    #expect(report.at("mmd/features")?.texts.contains("far") != true)
    let text = try folder.run(arguments)
    #expect(text.outputText.contains("drifted: far") && text.outputText.contains("(does not gate)"))
  }

  @Test(
    "Drift of one that gates, or is asked to, ends with 2",
    arguments: [
      [], ["--gate", "far"], ["--importance", "equal.csv"],
      ["--importance", "sklearn.csv", "--gate", "far,near"],
      ["--importance", "sklearn.csv", "--config", "asked.yaml"],
    ])
  func loud(_ arguments: [String]) throws {
    let folder = try Self.folder()
    try Self.writeWeights(folder)
    let report = try folder.check(arguments, exitCode: 2)
    #expect(report["status"] == "FAIL")
    #expect(report["findings"]?.elements.first?["gates"] == true)
  }

  private static func writeWeights(_ folder: CheckFolder) throws {
    for (name, text) in [
      "sklearn.csv": ",0\nfar,0.01\nnear,0.59\ncalm,0.3\nplan,0.1\n",
      "xgboost.json": #"{"near": 812.5, "calm": 97.25, "far": 3.5, "plan": 87.0}"#,
      "lightgbm.csv": ",0\nfar,0\nnear,812\ncalm,97\nplan,90\n",
      "equal.csv": "feature;weight\nfar;1\nnear;1\ncalm;1\nplan;1\n",
      "drift.yaml": "overrides: {far: {gate: false}}\n",
      "asked.yaml": "overrides: {far: {gate: true}}\n",
    ] {
      try folder.folder.write(text, to: name)
    }
  }

  @Test("Every output tells it")
  func outputs() throws {
    let folder = try Self.folder()
    let arguments = [
      "--gate", "near", "--metrics-file", "m.prom", "--log-format", "json", "--termination-log",
      "t.txt", "--html", "p.html",
    ]
    let outcome = try folder.run(arguments)
    #expect(outcome.exitCode == 0, "\(outcome)")
    let metrics = try Self.text("m.prom", folder)
    #expect(metrics.contains("\ndrift_check_status 0\n"))
    #expect(metrics.contains("\ndrift_check_feature_status{feature=\"far\"} 2\n"))
    let termination = try Self.text("t.txt", folder)
    #expect(
      termination.hasPrefix(
        "OK: 0 of 1 features that gate drifted, 1 of 3 that do not gate drifted: far, "))
    let log = outcome.errorText.split(separator: "\n")
    #expect(log.contains { $0.contains("\"far\"") && $0.contains(#""gates": false"#) }, "\(log)")
    #expect(log.last?.contains(#""features_not_gating": 3"#) == true)
    #expect(try Self.text("p.html", folder).contains("No drift found in what gates"))
  }

  @Test("Tables, streams and profiles are gated and noted alike")
  func ways() throws {
    let folder = try Self.folder()
    try folder.folder.write(
      "far,1\nnear,80\ncalm,40\nzzz,7\nplan,-1\n", to: "weights.csv")
    let arguments = ["--importance", "weights.csv", "--exclude", "calm"]
    let table = try folder.check(arguments, exitCode: 0)
    let notes = table["notes"]?.texts ?? []
    #expect(
      notes.contains("importance: weights of columns that the baseline does not have: zzz"),
      "\(notes)")
    let profile = try DriftCheckBinary.run(
      ["profile", "baseline.csv", "--output", "b.profile"], in: folder.folder.url)
    #expect(profile.exitCode == 0, "\(profile)")
    let excluding = try DriftCheckBinary.run(
      ["profile", "baseline.csv", "--output", "e.profile", "--exclude", "calm"],
      in: folder.folder.url)
    #expect(excluding.exitCode == 0, "\(excluding)")
    for baseline in ["b.profile", "e.profile", "-"] {
      let outcome = try DriftCheckBinary.run(
        [
          "--baseline", baseline, "--current", "current.csv", "--output", "report.json",
        ] + arguments, in: folder.folder.url,
        standardInput: folder.folder.path("baseline.csv"))
      #expect(outcome.exitCode == 0, "\(outcome)")
      let report = try folder.report()
      for key in ["status", "notes", "reasons", "features", "findings", "mmd"] {
        #expect(report[key] == table[key], "\(baseline) \(key)")
      }
    }
  }

  @Test("Shards of MMD are of the same columns")
  func shards() throws {
    let folder = try Self.folder()
    let gate = ["--gate", "near,calm"]
    let whole = try folder.check(gate, exitCode: 0)
    for part in 0..<2 {
      let outcome = try DriftCheckBinary.run(
        [
          "mmd-shard", "--baseline", "baseline.csv", "--current", "current.csv", "--shard",
          "\(part)/2", "--output", "s\(part)",
        ] + gate, in: folder.folder.url)
      #expect(outcome.exitCode == 0, "\(outcome)")
    }
    #expect(try folder.check(gate + ["--mmd-sums", "s0", "s1"], exitCode: 0) == whole)
    #expect(try folder.run(["--mmd-sums", "s0", "s1"]).exitCode == 65)
  }

  @Test(
    "What cannot be followed ends with a code and a place",
    arguments: [
      (["--gate", "nera"], 65, "no column 'nera', which --gate asks for; did you mean 'near'?"),
      (
        ["--importance", "bad.csv"], 65,
        "bad.csv:3:6: the weight of 'near': found 'much', expected a finite number"
      ),
      (
        ["--importance", "other.json"], 65,
        "other.json: none of its 2 features, such as 'f0', is a column of baseline.csv"
      ),
      (["--importance", "none.csv"], 66, "none.csv: cannot read the importance"),
      (
        ["--config", "none.yaml"], 78,
        "none.yaml:1:19: 'gate: false': no feature gates, so that no drift could ever be told"
      ),
      (["--config", "unknown.yaml"], 78, "unknown.yaml:1:13: no column 'nera' in baseline.csv"),
    ])
  func refused(_ arguments: [String], _ code: Int32, _ message: String) throws {
    let folder = try Self.folder()
    for (name, text) in [
      "bad.csv": "feature,weight\nfar,1\nnear,much\n", "other.json": "{\"f0\": 1, \"f1\": 2}",
      "none.yaml":
        "overrides: {far: {gate: false}, near: {gate: false}, calm: {gate: false}, plan: {gate: false}}\n",
      "unknown.yaml": "overrides: {nera: {gate: false}}\n",
    ] {
      try folder.folder.write(text, to: name)
    }
    let outcome = try folder.run(arguments)
    #expect(outcome.exitCode == code, "\(outcome)")
    #expect(outcome.errorText.contains(message), "\(outcome)")
  }
}
