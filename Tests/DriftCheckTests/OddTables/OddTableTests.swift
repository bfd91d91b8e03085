import DriftTestSupport
import Foundation
import Testing

/// Tables from a seed, written as people's programs write them: what moved is never OK, and what was
/// written in another way only never fails.
@Suite("Odd tables, as a process")
struct OddTableTests {
  private struct Verdict {
    let code: Int32
    let status: String
    let said: String
  }

  private static let rows = 240
  private static let tablesPerBatch = 100

  /// Each batch has its own seeds, so that batches run at the same time.
  @Test("Drift is never OK, and no way of writing fails", arguments: 0..<22)
  func batch(_ number: Int) throws {
    for place in 0..<Self.tablesPerBatch {
      let seed = UInt64(number * Self.tablesPerBatch + place)
      try Self.check(seed: seed)
    }
  }

  private static func check(seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    let kind = OddTable.Kind.allCases.randomElement(using: &source) ?? .measure
    let drifts = Bool.random(using: &source)
    let dialect = OddWriting.Numbers.allCases.randomElement(using: &source) ?? .plain
    let sides = [
      OddWriting(&source, dialect: dialect), OddWriting(&source, dialect: dialect),
    ]
    let folder = try ScratchFolder()
    let baseline = OddTable(kind, rows: rows, drifts: false, seed: seed)
    // Without drift both sides have the same rows: they differ by how they are written alone.
    let current = drifts ? OddTable(kind, rows: rows, drifts: true, seed: ~seed) : baseline
    let flags = OddWriting.flags(dialect, sides)
    var files = try sides[0].write(baseline, to: "baseline", in: folder, seed: seed)
    if seed % 8 == 1 {
      let profile = try DriftCheckBinary.run(
        ["profile"] + files + ["--output", "baseline.profile"] + flags, in: folder.url)
      #expect(profile.exitCode == 0, "\(seed): \(profile)")
      files = ["baseline.profile"]
    }
    let currentFiles = try sides[1].write(current, to: "current", in: folder, seed: seed + 1)
    let isPiped = seed % 8 == 2 && currentFiles.count == 1
    let arguments =
      ["--baseline"] + files + ["--current"] + (isPiped ? ["-"] : currentFiles)
      + flags + (seed % 8 == 0 ? [] : ["--no-mmd"])
    let verdict = try run(
      arguments, in: folder, input: isPiped ? folder.path(currentFiles[0]) : "/dev/null")
    let about = Comment(
      rawValue: "seed \(seed), \(kind), \(dialect), \(sides.map(\.oddity)): \(arguments) \(verdict)"
    )
    if drifts {
      #expect([0, 2, 65].contains(verdict.code) && verdict.status != "OK", about)
    } else {
      #expect(verdict.code == 0, about)
    }
  }

  private static func run(_ arguments: [String], in folder: ScratchFolder, input: String) throws
    -> Verdict
  {
    let outcome = try DriftCheckBinary.run(
      arguments + ["--output", "report.json"], in: folder.url,
      environment: ["DRIFT_CHECK_THREADS": "1"],
      standardInput: input)
    var status = "none"
    if let report = try? folder.read("report.json") {
      status = try OrderedJSON(report).at("status")?.text ?? "none"
    }
    return Verdict(
      code: outcome.exitCode ?? -1, status: status,
      said: String((outcome.outputText + outcome.errorText).suffix(400)))
  }
}
