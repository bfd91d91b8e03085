import DriftTestSupport
import Foundation
import Glibc
import Testing

/// SIGINT, SIGTERM and SIGHUP: a quick end with the code that says so, nothing half-written, and an
/// older report untouched.
@Suite struct SignalTests {
  static let signals: [(signal: Int32, exitCode: Int32, word: String)] = [
    (SIGINT, 130, "interrupt"), (SIGTERM, 143, "terminate"), (SIGHUP, 129, "hang-up"),
  ]

  /// When the signal comes.
  enum Moment: CaseIterable {
    /// With the first log line.
    case start
    /// When the program has used processor time on all threads for a while.
    case work
  }

  /// A folder with an older report and a check in it that would take hours.
  private static func start(wrapper: [String] = []) throws -> (ScratchFolder, ChildProcess) {
    let folder = try ScratchFolder()
    try folder.write(RefusedRun.oldReport, to: "report.json")
    let arguments =
      ["jukebox/baseline.csv", "jukebox/drifted.csv"].map {
        Project.fixture($0).path(percentEncoded: false)
      }
    let child = try DriftCheckBinary.start(
      [
        "--baseline", arguments[0], "--current", arguments[1], "--output", "report.json",
        "--permutations", "1000000", "--log-format", "json", "--termination-log", "log",
      ], in: folder.url, wrapper: wrapper)
    return (folder, child)
  }

  /// Waits until something is so; false when it takes too long.
  private static func eventually(_ condition: () -> Bool) -> Bool {
    let start = ContinuousClock.now
    while !condition() {
      if ContinuousClock.now - start > .seconds(30) { return false }
      usleep(2_000)
    }
    return true
  }

  /// The clock ticks that a process has used, all its threads together.
  private static func ticks(_ id: pid_t) -> Int {
    let text = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
    // The name in parentheses is the second field; times are the 14th and 15th.
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    return fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
  }

  private static func waitFor(_ moment: Moment, _ child: ChildProcess, _ id: pid_t) -> Bool {
    switch moment {
    case .start:
      eventually { String(decoding: child.standardError(), as: UTF8.self).contains("\"start\"") }
    case .work: eventually { ticks(id) >= 50 }
    }
  }

  private static func verify(
    _ outcome: Outcome, _ folder: ScratchFolder, exitCode: Int32, word: String
  ) throws {
    #expect(outcome.exitCode == exitCode, "\(outcome)")
    #expect(outcome.seconds < 5)
    #expect(outcome.standardOutput.isEmpty)
    #expect(try folder.read("report.json") == Data(RefusedRun.oldReport.utf8))
    #expect(try folder.names() == ["report.json"])
    let line = try OrderedJSON(#require(outcome.errorLines.last).utf8)
    #expect(line["event"] == .string(word))
    #expect(line["report_written"] == false)
  }

  @Test(arguments: signals.indices, Moment.allCases)
  func endsTheProgram(_ index: Int, _ moment: Moment) throws {
    let (signal, exitCode, word) = Self.signals[index]
    let (folder, child) = try Self.start()
    #expect(Self.waitFor(moment, child, child.id))
    child.send(signal)
    try Self.verify(child.wait(), folder, exitCode: exitCode, word: word)
  }

  private static let unshare =
    ["/usr/bin/unshare"] + (NSUserName() == "root" ? [] : ["--user", "--map-root-user"])
    + ["--pid", "--fork", "--kill-child"]
  static let canUnshare = Capability.succeeds(unshare + ["/bin/true"])

  /// As process 1 of a container, for which the kernel drops signals that have no handler.
  @Test(.enabled(if: canUnshare, "a PID name space is not permitted"), arguments: [0, 1])
  func endsProcessOne(_ index: Int) throws {
    let (signal, exitCode, word) = Self.signals[index]
    let (folder, child) = try Self.start(wrapper: Self.unshare)
    let children = "/proc/\(child.id)/task/\(child.id)/children"
    var id: pid_t?
    #expect(
      Self.eventually {
        id = (try? String(contentsOfFile: children, encoding: .utf8)).flatMap {
          $0.split(separator: " ").first.flatMap { pid_t($0) }
        }
        return id != nil
      })
    let inner = try #require(id)
    #expect(Self.waitFor(.work, child, inner))
    let status = try String(contentsOfFile: "/proc/\(inner)/status", encoding: .utf8)
    let ids = status.split(separator: "\n").first { $0.hasPrefix("NSpid:") }
    #expect(ids?.split(separator: "\t").last == "1")
    kill(inner, signal)
    try Self.verify(child.wait(), folder, exitCode: exitCode, word: word)
  }

  /// `nohup` and background jobs of a shell set signals to be ignored; that stays.
  @Test func ignoredSignalStaysIgnored() throws {
    let check = try CheckFolder.quiet()
    let child = try DriftCheckBinary.start(
      CheckFolder.arguments + ["--log-format", "json", "--permutations", "20000"],
      in: check.folder.url, wrapper: DriftCheckBinary.shell("trap '' INT; exec \"$@\""))
    #expect(Self.waitFor(.start, child, child.id))
    child.send(SIGINT)
    #expect(child.wait().exitCode == 0)
    #expect(try check.report()["status"] == "OK")
  }
}
