import CInstructionSets
import DriftTestSupport
import Foundation
import Testing

/// The file that the report is written to, and standard output as its place.
@Suite struct ReportFileTests {
  @Test func jsonOnStandardOutputIsTheReport() throws {
    let check = try CheckFolder.quiet()
    let outcome = try check.run(["--format", "json"])
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(!outcome.standardOutput.isEmpty)
    #expect(outcome.standardOutput == (try check.folder.read("report.json")))
    #expect(outcome.standardOutput.last == UInt8(ascii: "\n"))
  }

  @Test func standardOutputAsTheFile() throws {
    let check = try CheckFolder.quiet()
    _ = try check.run()
    let report = try check.folder.read("report.json")
    for path in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
      let outcome = try DriftCheckBinary.run(
        ["--baseline", "baseline.csv", "--current", "current.csv", "--output", path, "--quiet"],
        in: check.folder.url)
      #expect(outcome.exitCode == 0, "\(outcome)")
      #expect(outcome.standardOutput == report, "\(path)")
    }
    #expect(try check.folder.names() == ["baseline.csv", "current.csv", "report.json"])
  }

  @Test func replacesTheFile() throws {
    let check = try CheckFolder.quiet()
    try check.folder.write("an older report\n", to: "report.json")
    // Somebody who reads the old report meanwhile goes on reading the old one.
    let reader = try FileHandle(forReadingFrom: check.folder.url.appending(path: "report.json"))
    let before = try check.folder.inode(of: "report.json")
    _ = try check.check(exitCode: 0)
    #expect(try check.folder.inode(of: "report.json") != before)
    #expect(try reader.readToEnd() == Data("an older report\n".utf8))
    #expect(try check.folder.names() == ["baseline.csv", "current.csv", "report.json"])
  }

  @Test func makesParentFolders() throws {
    let check = try CheckFolder.quiet()
    let outcome = try DriftCheckBinary.run(
      [
        "--baseline", "baseline.csv", "--current", "current.csv", "--no-mmd", "--output",
        "new/folders/report.json",
      ], in: check.folder.url)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(try check.folder.names(in: "new/folders") == ["report.json"])
  }

  @Test func hasAUsualName() throws {
    let check = try CheckFolder.quiet()
    let outcome = try DriftCheckBinary.run(
      ["--baseline", "baseline.csv", "--current", "current.csv", "--no-mmd"], in: check.folder.url)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(
      try check.folder.names() == ["baseline.csv", "current.csv", "data_drift_latest.json"])
  }

  /// The kernel test by rows, by blocks, and on a sample.
  @Test(arguments: [
    ["--permutations", "199"], ["--permutation-unit", "blocks"],
    ["--mmd-max-rows", "90", "--permutations", "199", "--mmd-precision", "double"],
  ])
  func isTheSameForAnyNumberOfThreads(_ flags: [String]) throws {
    let folder = try ScratchFolder()
    var reports: [Data] = []
    for threads in ["1", "2", "2", "5"] {
      let outcome = try DriftCheckBinary.run(
        FixtureRun.inputs("wdbc", "drifted") + flags
          + ["--threads", threads, "--output", folder.path("report.json")], in: Project.root)
      #expect(outcome.exitCode == 2, "\(outcome)")
      reports.append(try folder.read("report.json"))
    }
    #expect(Set(reports).count == 1)
  }

  @Test func isTheSameForTheDefaultThreads() throws {
    let folder = try ScratchFolder()
    for threads in ["1", "3"] {
      let outcome = try DriftCheckBinary.run(
        FixtureRun.inputs("wdbc", "drifted") + ["--output", folder.path("report.json")],
        in: Project.root, environment: ["DRIFT_CHECK_THREADS": threads])
      #expect(outcome.exitCode == 2, "\(outcome)")
      #expect(try folder.read("report.json") == FixtureRun.drifted("wdbc").report)
    }
  }

  @Test func isTheSameForEveryInstructionSet() throws {
    let folder = try ScratchFolder()
    let words = ["portable", "avx2", "avx512"].prefix(Int(InstructionSet.best.rawValue) + 1)
    for word in words {
      for name in FixtureRun.names {
        let outcome = try DriftCheckBinary.run(
          FixtureRun.inputs(name, "drifted") + ["--output", folder.path("report.json")],
          in: Project.root, environment: ["DRIFT_KERNELS": word])
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(
          try folder.read("report.json") == FixtureRun.drifted(name).report, "\(word), \(name)")
      }
    }
  }

  @Test func hasTheTimeOfTheEnvironment() throws {
    let check = try CheckFolder.quiet()
    for (seconds, text) in [("0", "1970-01-01T00:00:00Z"), ("1795226400", "2026-11-21T02:00:00Z")] {
      let outcome = try check.run(["--no-mmd"], environment: ["SOURCE_DATE_EPOCH": seconds])
      #expect(outcome.exitCode == 0, "\(outcome)")
      #expect(try check.report()["generated_at"] == .string(text))
    }
  }
}
