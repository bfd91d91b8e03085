import DriftTestSupport
import Foundation
import Glibc
import Testing

/// What a bug, or a lack of memory, looks like from the outside: an exit code, a message in the form of the
/// log, nothing half-written. `make test-faults` does the same at every call.
@Suite struct CrashTests {
  private static let signals = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE]

  private static func start(_ wrapper: [String] = [], _ more: [String]) throws
    -> (ScratchFolder, ChildProcess)
  {
    let folder = try ScratchFolder()
    try folder.write(RefusedRun.oldReport, to: "report.json")
    let files = ["jukebox/baseline.csv", "jukebox/drifted.csv"].map {
      Project.fixture($0).path(percentEncoded: false)
    }
    let child = try DriftCheckBinary.start(
      ["--baseline", files[0], "--current", files[1], "--output", "report.json"] + more,
      in: folder.url, wrapper: wrapper)
    return (folder, child)
  }

  @Test(arguments: signals) func crashIsABug(_ signal: Int32) throws {
    let (folder, child) = try Self.start(
      [], ["--permutations", "1000000", "--log-format", "json", "--termination-log", "log"])
    let begin = ContinuousClock.now
    while child.standardError().isEmpty, ContinuousClock.now - begin < .seconds(30) {
      usleep(2_000)
    }
    child.send(signal)
    let outcome = child.wait()
    #expect(outcome.exitCode == 70, "\(outcome)")
    let line = try OrderedJSON(#require(outcome.errorLines.last).utf8)
    #expect(line["level"] == "error")
    #expect(line["event"] == "error")
    let message =
      "a fault in the program (signal \(signal)), please report it; no report was written"
    #expect(line["message"] == .string(message))
    #expect(line["exit_code"] == 70)
    guard case .string(let text)? = line["ts"] else { throw CocoaError(.fileReadCorruptFile) }
    let time = try Date(text, strategy: .iso8601)
    #expect(abs(time.timeIntervalSinceNow) < 60, "\(text)")
    #expect(try folder.read("log") == Data("error: \(message)\n".utf8))
    #expect(try folder.read("report.json") == Data(RefusedRun.oldReport.utf8))
    #expect(try folder.names() == ["log", "report.json"])
  }
}
