import DriftCheckCore
import DriftReport
import DriftTestSupport
import Foundation
import Testing

/// `mmd-shard` with a configuration file and variables, as the check that its sums are for.
@Suite struct ConfigurationShardTests {
  private static let text = """
    baseline: baseline.csv
    current: current.csv
    output: report.json
    quiet: true
    permutations: 99
    seed: 5
    alpha: 0.02
    overrides:
      x: {ignore: true}
      plan: {kind: categorical, psi-warn: 0.2}
      z: {psi-bins: 4}

    """

  /// One file for the shards and the check: its columns and its numbers are those of one process.
  @Test func theReportIsThatOfOneProcess() throws {
    let tables = try ShardedSumsTests.Tables(rows: (400, 300))
    func report(_ flags: [String] = []) throws -> Data {
      _ = try tables.run(["--config", "drift.yaml"] + flags, code: 0)
      return try tables.folder.read("report.json")
    }
    try tables.folder.write(Self.text, to: "drift.yaml")
    let expected = try report()
    #expect(try OrderedJSON(expected).at("mmd/permutations") == 99)
    #expect(try OrderedJSON(expected).at("features")?.elements.count == 3)
    try tables.folder.write(Self.text + "mmd-sums: 's-*'\nshard: '3'\n", to: "drift.yaml")
    for index in 0..<3 {
      let outcome = try tables.run(
        ["mmd-shard", "--output", "s-\(index)"],
        environment: ["DRIFT_CHECK_CONFIG": "drift.yaml", "JOB_COMPLETION_INDEX": "\(index)"])
      #expect(outcome.standardOutput.isEmpty && outcome.standardError.isEmpty)
    }
    #expect(try report() == expected)
    // A variable wins over the file: these are sums of another test.
    _ = try tables.run(
      ["mmd-shard", "--output", "s-1", "--config", "drift.yaml"],
      environment: ["DRIFT_CHECK_SEED": "6", "DRIFT_CHECK_SHARD": "1/3"])
    let refused = try tables.run(["--config", "drift.yaml"], code: 65)
    #expect(refused.errorText.contains("s-1: made with seed 6"), "\(refused)")
    // A flag wins over both.
    _ = try tables.run(
      ["mmd-shard", "--output", "s-1", "--config", "drift.yaml", "--seed", "5"],
      environment: ["DRIFT_CHECK_SEED": "6", "DRIFT_CHECK_SHARD": "1/3"])
    #expect(try report() == expected)
  }

  @Test func printsWhatIsInForce() throws {
    let file = try Configured(Self.text + "shard: 1/3\n")
    let printed = try file.printed(["mmd-shard", "--threads", "2"], ["DRIFT_CHECK_SEED": "7"])
    let lines = printed.split(separator: "\n").map(String.init)
    #expect(lines.first == "# drift-check \(Version.current) mmd-shard: what is in force")
    for line in [
      "baseline: baseline.csv  # drift.yaml:1", "permutations: 99  # drift.yaml:5",
      "seed: 7  # environment DRIFT_CHECK_SEED", "threads: 2  # flag",
      "shard: \"1/3\"  # drift.yaml:12",
      "mmd-precision: single  # default", "overrides:", "  x:", "    ignore: true  # drift.yaml:9",
    ] {
      #expect(lines.contains(line), "\(line) \(printed)")
    }
    // Neither what it does not take nor the path of its own file is in it.
    #expect(!lines.contains { $0.hasPrefix("alpha:") || $0.contains("output") })
  }

  /// What is missing, wrong or contradictory is refused as of a check.
  @Test func mistakesAreRefused() throws {
    let file = try Configured("permutations: 0\nshard: 3/3\nmmd-sclae: none\n")
    #expect(
      try file.errors(["mmd-shard", "--output", "s"]).map { $0.prefix { $0 != " " } } == [
        "drift.yaml:1:15:", "drift.yaml:2:8:", "drift.yaml:3:1:",
      ])
    let lists = try Configured("shard: 0/2\nexclude: a\nfeatures: [a, b]\n")
    #expect(
      try lists.errors(["mmd-shard", "--output", "s"] + twoFiles) == [
        "drift.yaml:3:1: The column 'a' is in both 'features' and 'exclude'; choose one."
      ])
    #expect(throws: UsageError.self) { try lists.parsed(["mmd-shard"] + twoFiles) }
    let tables = try ShardedSumsTests.Tables(rows: (40, 30))
    try tables.folder.write("overrides:\n  xx: {kind: numeric}\n", to: "drift.yaml")
    let outcome = try tables.run(
      ["mmd-shard", "--shard", "0/1", "--output", "s", "--config", "drift.yaml"]
        + ShardedSumsTests.Tables.both, code: 78)
    #expect(outcome.errorText.contains("drift.yaml:2:3: no column 'xx' in baseline.csv"))
    #expect(try !tables.folder.names().contains("s"))
  }
}
