import DriftTestSupport
import Foundation
import Testing

/// Columns of text with more levels than the memory limit has room for.
@Suite("Many levels, as a process", .serialized)
struct ManyLevelsProcessTests {
  /// Rows with an identifier or one of some plans, and a number.
  private static func write(
    _ folder: ScratchFolder, _ name: String, rows: Int, seed: UInt64, pro: Double
  ) throws {
    var source = SplitMix64(seed: seed)
    var text = "x,user,plan\n"
    for row in 0..<rows {
      let uniform = Double(source.next() >> 11) * 0x1p-53
      let user = row % 10 == 0 ? "guest" : "user-\(seed)-\(row)"
      text += "\(row % 1_000),\(user),\(uniform < pro ? "pro" : "free")\n"
    }
    try folder.write(text, to: name)
  }

  private static func tables(drifts: Bool) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try write(folder, "baseline.csv", rows: 250_000, seed: 1, pro: 0.2)
    try write(folder, "current.csv", rows: 200_000, seed: 2, pro: drifts ? 0.7 : 0.2)
    return folder
  }

  /// Runs in an address space of so many megabytes.
  private static func run(
    _ arguments: [String], _ folder: ScratchFolder, code: Int32, megabytes: Int? = nil
  ) throws -> Outcome {
    let wrapper = megabytes.map {
      DriftCheckBinary.shell("ulimit -v \($0 << 10); exec \"$@\"")
    }
    let outcome = try DriftCheckBinary.run(arguments, in: folder.url, wrapper: wrapper ?? [])
    #expect(outcome.exitCode == code, "\(arguments) \(outcome)")
    return outcome
  }

  private static func check(
    _ baseline: String, _ current: String, _ flags: [String], _ folder: ScratchFolder,
    code: Int32, megabytes: Int? = nil
  ) throws -> OrderedJSON {
    let outcome = try run(
      ["--baseline", baseline, "--current", current, "--no-mmd", "--format", "json"] + flags,
      folder, code: code, megabytes: megabytes)
    return try OrderedJSON(outcome.standardOutput)
  }

  @Test(
    "Memory is bounded, the verdict right, and what is not known is said", arguments: [false, true])
  func bounded(drifts: Bool) throws {
    let folder = try Self.tables(drifts: drifts)
    let code: Int32 = drifts ? 2 : 0
    let limit = ["--memory-limit", "64M", "--threads", "2"]
    let report = try Self.check(
      "baseline.csv", "current.csv", limit, folder, code: code, megabytes: 400)
    #expect(report.at("features/@plan/status") == .string(drifts ? "FAIL" : "OK"))
    // Which users are new is known of a sample of them: nearly all, as is to be expected.
    #expect(report.at("features/@user/status") == "OK")
    #expect(try #require(report.at("features/@user/new_levels/share")?.double) > 0.85)
    #expect(try #require(report.at("features/@user/new_levels/expected_share")?.double) > 0.85)
    #expect(report.at("features/@user/reasons")?.texts == [])
    let notes = try #require(report["notes"]?.texts)
    #expect(notes.contains { $0.contains("the same report on every machine") })
    #expect(notes.contains { $0.contains("user: new levels from a sample, one of ") })
    #expect(notes.contains { $0.contains("user: more levels in the baseline than memory holds") })
    #expect(
      notes.contains { $0.contains("user: more levels in the current data than memory holds") })
    #expect(!notes.contains { $0.contains("plan: more levels") })
    // What is frequent is counted exactly.
    #expect(report.at("features/@user/psi/bins/0/label") == "guest")
    #expect(report.at("features/@user/psi/bins/0/baseline_count") == 25_000)
    #expect(report.at("features/@user/psi/bins/0/current_count") == 20_000)
  }

  @Test("The number of threads changes no byte") func threads() throws {
    let folder = try Self.tables(drifts: true)
    var profiles: Set<Data> = []
    var reports: Set<String> = []
    for threads in ["1", "2", "5"] {
      let flags = ["--memory-limit", "64M", "--threads", threads]
      _ = try Self.run(
        ["profile", "baseline.csv", "--output", "b.profile"] + flags, folder, code: 0,
        megabytes: 700)
      profiles.insert(try Data(folder.read("b.profile")))
      let outcome = try Self.run(
        ["--baseline", "b.profile", "--current", "current.csv", "--no-mmd", "--format", "json"]
          + flags, folder, code: 2, megabytes: 700)
      reports.insert(String(decoding: outcome.standardOutput, as: UTF8.self))
    }
    #expect(profiles.count == 1 && reports.count == 1)
  }

  @Test("Parts merge within the limit, in any order", arguments: [false, true])
  func merging(isReversed: Bool) throws {
    let folder = try Self.tables(drifts: true)
    let limit = ["--memory-limit", "64M"]
    var parts: [String] = []
    for part in 0..<3 {
      parts.append("part-\(part)")
      try Self.write(folder, "\(part).csv", rows: 90_000, seed: UInt64(10 + part), pro: 0.2)
      _ = try Self.run(
        ["profile", "\(part).csv", "--output", "part-\(part)"] + limit, folder, code: 0,
        megabytes: 700)
    }
    _ = try Self.run(
      ["merge"] + (isReversed ? parts.reversed() : parts) + ["--output", "whole"] + limit, folder,
      code: 0, megabytes: 700)
    let report = try Self.check(
      "whole", "current.csv", limit, folder, code: 2, megabytes: 700)
    #expect(report.at("rows/baseline") == 270_000)
    #expect(report.at("features/@plan/status") == "FAIL")
    #expect(report.at("features/@user/status") == "OK")
    #expect(try #require(report.at("features/@user/new_levels/share")?.double) > 0.85)
    #expect(report.at("features/@user/psi/bins/0/label") == "guest")
    #expect(report.at("features/@user/psi/bins/0/baseline_count") == 27_000)
  }

  @Test("A part without rows or values keeps the limit, wherever it comes", arguments: 0...2)
  func mergingWithAnEmptyPart(place: Int) throws {
    let folder = try ScratchFolder()
    let enough = ["--memory-limit", "1G", "--no-rows"]
    for part in 0..<2 {
      try Self.write(folder, "\(part).csv", rows: 40_000, seed: UInt64(20 + part), pro: 0.2)
      let outcome = try Self.run(
        ["profile", "\(part).csv", "--output", "part-\(part)"] + enough, folder, code: 0)
      #expect(!outcome.outputText.contains("more levels"))
    }
    try folder.write(
      "x,user,plan\n" + String(repeating: "1,,free\n", count: 500), to: "missing.csv")
    _ = try Self.run(["profile", "missing.csv", "--output", "missing"] + enough, folder, code: 0)
    _ = try Self.run(
      ["profile", "0.csv", "--shard", "1/2", "--output", "empty"] + enough, folder, code: 0)
    for other in ["empty", "missing"] {
      var parts = ["part-0", "part-1"]
      parts.insert(other, at: place)
      let outcome = try Self.run(
        ["merge"] + parts + ["--output", "whole", "--memory-limit", "64M"], folder, code: 0)
      #expect(
        outcome.outputText.contains("more levels than memory holds, rare ones dropped: user"),
        "\(parts) \(outcome)")
      // 72,000 users take a megabyte.
      #expect(try folder.read("whole").count < 400_000, "\(parts)")
    }
  }

  @Test("With memory enough, profiles are exact") func exact() throws {
    let folder = try Self.tables(drifts: true)
    let flags = ["--memory-limit", "1G"]
    for side in ["baseline", "current"] {
      let outcome = try Self.run(
        ["profile", "\(side).csv", "--output", "\(side).profile"] + flags, folder, code: 0)
      #expect(!outcome.outputText.contains("more levels"))
    }
    let expected = try Self.check("baseline.csv", "current.csv", flags, folder, code: 2)
    let found = try Self.check("baseline.profile", "current.profile", flags, folder, code: 2)
    #expect(found["features"] == expected["features"])
    #expect(found["notes"] == expected["notes"])
  }
}
