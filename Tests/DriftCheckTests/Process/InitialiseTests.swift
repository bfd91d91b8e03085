import DriftTestSupport
import Foundation
import Testing

/// A configuration for the columns of a table.
@Suite("init, as a process")
struct InitialiseProcessTests {
  private static func table(seed: UInt64, mean: Double = 100, rows: Int = 200) -> String {
    var normal = SeededNormal(seed: seed)
    var source = SplitMix64(seed: seed)
    var text = "row,user,created_at,price,\"plan, old\"\n"
    for row in 0..<rows {
      let user = UInt64.random(in: 0 ... .max, using: &source)
      text += "\(row),u-\(user),2026-03-\(10 + row % 20)T12:00:00Z,\(mean + 15 * normal.next()),"
      text += ["free", "pro", "team"][row % 3] + "\n"
    }
    return text
  }

  private static func run(_ arguments: [String], _ folder: ScratchFolder) throws -> Outcome {
    try DriftCheckBinary.run(arguments, in: folder.url)
  }

  @Test("What names the rows or tells the time is left out, with the reason")
  func leftOut() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table(seed: 1), to: "baseline.csv")
    let outcome = try Self.run(["init", "baseline.csv"], folder)
    #expect(outcome.exitCode == 0, "\(outcome)")
    let lines = outcome.outputText.split(separator: "\n").map(String.init)
    #expect(lines.contains("baseline: baseline.csv"))
    #expect(lines.contains { $0.hasPrefix("  - row  # ") && $0.contains("row number") })
    #expect(lines.contains { $0.hasPrefix("  - user  # ") && $0.contains("identifier") })
    #expect(lines.contains { $0.hasPrefix("  - created_at  # ") && $0.contains("2026-03-10") })
    #expect(lines.contains("  - price") && lines.contains("  - \"plan, old\""))
    #expect(lines.contains("# psi-fail: 0.25"))
  }

  @Test("The file is a configuration: checks with it find what drifts, and obey a limit in it")
  func obeyed() throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table(seed: 1), to: "baseline.csv")
    try folder.write(Self.table(seed: 2), to: "current.csv")
    let file = try Self.run(["init", "baseline.csv"], folder).outputText
    try folder.write(file, to: "drift.yaml")
    let check = ["--config", "drift.yaml", "--current", "current.csv", "--format", "json"]
    let same = try Self.run(check, folder)
    #expect(same.exitCode == 0, "\(same)")
    let features = try OrderedJSON(same.standardOutput).at("features")?.elements ?? []
    #expect(features.compactMap { $0.at("name")?.text } == ["price", "plan, old"])
    try folder.write(Self.table(seed: 3, mean: 140), to: "current.csv")
    #expect(try Self.run(check, folder).exitCode == 2)
    let limits = [
      "psi-fail: 0.25", "psi-warn: 0.1", "mean-shift-effect: 0.25", "distance-fail: 0.1",
      "alpha: 0.01",
    ]
    let lenient = limits.reduce(file) { file, limit in
      let key = limit.prefix { $0 != ":" }
      return file.replacing("# \(limit)", with: "\(key): \(key == "alpha" ? "1e-9" : "99")")
    }
    try folder.write(lenient, to: "drift.yaml")
    #expect(try Self.run(check, folder).exitCode == 0)
  }

  @Test("Errors are those of a check")
  func refused() throws {
    let folder = try ScratchFolder()
    #expect(try Self.run(["init"], folder).exitCode == 64)
    #expect(try Self.run(["init", "none.csv"], folder).exitCode == 66)
    #expect(try Self.run(["init", "--output", "x", "none.csv"], folder).exitCode == 64)
  }

  @Test("What was noticed in the table is said, and how it was read is kept")
  func noticed() throws {
    let folder = try ScratchFolder()
    let rows = (0..<60).map { "\($0 / 2);1,\($0 % 7)5;2026-03-\(10 + $0 % 20)\n" }.joined()
    try folder.write("a;b;day\n" + rows, to: "baseline.csv")
    let found = try Self.run(["init", "baseline.csv"], folder)
    #expect(
      found.exitCode == 0 && found.outputText.contains("# b: the texts are amounts"), "\(found)")
    let flags = ["--decimal", "comma", "--time-features", "weekday"]
    let told = try Self.run(["init", "baseline.csv"] + flags, folder)
    let lines = told.outputText.split(separator: "\n")
    #expect(
      lines.contains("decimal: comma") && lines.contains("time-features: [weekday]"), "\(told)")
    #expect(lines.contains("  - day.weekday") && !told.outputText.contains("exclude:"), "\(told)")
    try folder.write(told.outputText, to: "drift.yaml")
    let check = try Self.run(["--config", "drift.yaml", "--current", "baseline.csv"], folder)
    #expect(check.exitCode == 0, "\(check)")
    let refused = try Self.run(["init", "baseline.csv", "--thousands", "point"], folder)
    #expect(refused.exitCode == 64, "\(refused)")
  }
}
