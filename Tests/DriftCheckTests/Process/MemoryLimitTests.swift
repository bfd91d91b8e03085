import DriftTestSupport
import Foundation
import Testing

/// Limits of the system that leave too little: a right verdict or one line that says what is missing,
/// soon, and never an end by a signal.
@Suite struct MemoryLimitTests {
  /// The least address space, in MB, in which the kernel and its loader can start the program at all:
  /// the program's own size and some libraries'. Below, the kernel kills it before its first instruction.
  private static let least = 62

  private static let table = ["baseline", "drifted"].map {
    Project.fixture("wdbc/\($0).csv").path(percentEncoded: false)
  }

  private static func run(_ limit: String, _ more: [String] = [], in folder: ScratchFolder) throws
    -> Outcome
  {
    try DriftCheckBinary.start(
      ["--baseline", table[0], "--current", table[1], "--output", "report.json", "--quiet"] + more,
      in: folder.url, wrapper: DriftCheckBinary.shell("ulimit \(limit) && exec \"$@\"")
    ).wait(atMost: 20)
  }

  /// Whether the run ended by a verdict.
  @discardableResult
  private static func verify(
    _ outcome: Outcome, _ folder: ScratchFolder, lack: String
  ) throws -> Bool {
    if outcome.exitCode == 2 {
      #expect(try OrderedJSON(folder.read("report.json"))["status"] == "FAIL")
      #expect(try folder.names() == ["report.json"])
      return true
    }
    #expect(outcome.exitCode == 74, "\(outcome)")
    #expect(outcome.errorLines.count == 1, "\(outcome)")
    #expect(outcome.errorText.hasPrefix("drift-check: error: "), "\(outcome)")
    #expect(outcome.errorText.contains(lack) && outcome.errorText.contains("ulimit"), "\(outcome)")
    #expect(try folder.names() == [])
    return false
  }

  /// OpenBLAS asks for ever for memory that there is none of: at its start, for its threads, and for
  /// its products.
  @Test(arguments: [["--threads", "1"], ["--threads", "2"], ["--no-mmd", "--threads", "2"]])
  func addressSpace(_ flags: [String]) throws {
    var verdicts: [Bool] = []
    for megabytes in [Self.least, 64, 96, 120, 136, 176, 208, 256, 300, 400] {
      let folder = try ScratchFolder()
      let outcome = try Self.run("-v \(megabytes * 1024)", flags, in: folder)
      verdicts.append(try Self.verify(outcome, folder, lack: "not enough memory"))
    }
    // More is never worse, and MMD is what needs it.
    #expect(verdicts == verdicts.sorted { !$0 && $1 })
    #expect(verdicts.last == true)
    if flags.contains("--no-mmd") { #expect(verdicts[2...].allSatisfy { $0 }) }
  }

  @Test(arguments: [64, 300, 1_024, 8_192])
  func stack(_ kilobytes: Int) throws {
    let folder = try ScratchFolder()
    let outcome = try Self.run("-s \(kilobytes)", in: folder)
    #expect(try Self.verify(outcome, folder, lack: "the stack") == (kilobytes > 512))
  }

  /// Also in the form and in the place where somebody looks for it.
  @Test func memoryThatRunsOutIsToldInTheLog() throws {
    let folder = try ScratchFolder()
    var lines = "a,b,c\n"
    for row in 0..<300_000 { lines += "\(row),\(row &* 7919 % 10_007),word\(row)\n" }
    try folder.write(lines, to: "wide.csv")
    let outcome = try DriftCheckBinary.start(
      [
        "--baseline", "wide.csv", "--current", "wide.csv", "--output", "report.json", "--no-mmd",
        "--threads", "1", "--log-format=json", "--termination-log", "log",
      ], in: folder.url,
      wrapper: DriftCheckBinary.shell("ulimit -v \(Self.least << 10) && exec \"$@\"")
    ).wait(atMost: 20)
    #expect(outcome.exitCode == 74, "\(outcome)")
    let line = try OrderedJSON(#require(outcome.errorLines.last).utf8)
    #expect(line["level"] == "error")
    #expect(line["exit_code"] == 74)
    #expect(outcome.errorText.contains("not enough memory: "), "\(outcome)")
    #expect(
      try String(decoding: folder.read("log"), as: UTF8.self).hasPrefix(
        "error: not enough memory: "))
    #expect(try folder.names() == ["log", "wide.csv"])
  }

  /// The limit on a user's processes counts threads.
  @Test(.enabled(if: OtherUser.isPossible, "there is no other user here"))
  func noFurtherThread() throws {
    let user = try OtherUser()
    let folder = try ScratchFolder()
    let outcome = try DriftCheckBinary.run(
      [
        "--baseline", Self.table[0], "--current", Self.table[1], "--output", "/dev/stdout",
        "--quiet", "--threads", "2",
      ], in: folder.url,
      wrapper: DriftCheckBinary.shell("ulimit -u 1 && exec \"$@\"") + user.wrapper,
      binary: user.binary)
    #expect(outcome.exitCode == 2, "\(outcome)")
    #expect(outcome.errorText == "")
    #expect(try OrderedJSON(outcome.standardOutput)["status"] == "FAIL")
  }

  /// What another library does when it is loaded is no part of a run: not even a thread.
  @Test func noThreadIsStartedForNothing() throws {
    let folder = try ScratchFolder()
    _ = try ChildProcess(
      ["/usr/bin/mkfifo", "never"], in: folder.url, environment: DriftCheckBinary.environment
    ).wait()
    let child = try DriftCheckBinary.start(
      ["--baseline", "never", "--current", "never", "--threads", "1"], in: folder.url)
    defer {
      child.send(SIGKILL)
      _ = child.wait()
    }
    // It waits for the FIFO's writer with all that it ever starts: itself and who waits for signals.
    let tasks = "/proc/\(child.id)/task"
    var most = 0
    for _ in 0..<300 where most < 2 {
      most = max(most, (try? FileManager.default.contentsOfDirectory(atPath: tasks).count) ?? 0)
      usleep(10_000)
    }
    usleep(50_000)
    #expect(try FileManager.default.contentsOfDirectory(atPath: tasks).count == 2)
  }
}
