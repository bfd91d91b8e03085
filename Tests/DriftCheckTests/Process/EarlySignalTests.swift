import DriftTestSupport
import Foundation
import Glibc
import Testing

/// Signals that come before the run has begun: the code is the same as later, and process 1 of a
/// container, which ignores what it does not handle, ends.
@Suite struct EarlySignalTests {
  /// Becomes the program with a signal that waits for it since before it began.
  private static func pending(_ signal: String) -> [String] {
    [
      "/usr/bin/env", "python3", "-c",
      """
      import os, signal, sys
      signal.pthread_sigmask(signal.SIG_BLOCK, [signal.\(signal)])
      os.kill(os.getpid(), signal.\(signal))
      os.execv(sys.argv[1], sys.argv[1:])
      """,
    ]
  }

  @Test(
    arguments: [
      ["--help"], ["--version"], ["--no-such-flag"], ["--generate-man-page"],
      ["--config", "none.yaml"], ["--baseline", "a", "--current", "b", "--print-config"],
      ["--baseline", "none.csv", "--current", "none.csv"], ["profile", "none.csv"],
    ])
  func endsWhateverIsAskedFor(_ arguments: [String]) throws {
    let folder = try ScratchFolder()
    for (signal, exitCode) in [("SIGTERM", 143), ("SIGINT", 130), ("SIGHUP", 129)] {
      let outcome = try DriftCheckBinary.run(
        arguments, in: folder.url, wrapper: Self.pending(signal))
      #expect(outcome.exitCode == Int32(exitCode), "\(outcome)")
      #expect(outcome.standardOutput.isEmpty)
    }
    #expect(try folder.names() == [])
  }

  @Test func ignoredSignalsStayIgnored() throws {
    let folder = try ScratchFolder()
    let outcome = try DriftCheckBinary.run(
      ["--version"], in: folder.url,
      wrapper: DriftCheckBinary.shell("trap '' TERM; exec \"$@\"") + Self.pending("SIGTERM"))
    #expect(outcome.exitCode == 0, "\(outcome)")
  }

  /// As soon as the kernel says that the signal is handled, wherever the program is then.
  @Test func endsFromTheFirstMomentOn() throws {
    let check = try CheckFolder.quiet()
    for round in 0..<40 {
      let child = try DriftCheckBinary.start(
        CheckFolder.arguments + ["--permutations", "100000"], in: check.folder.url)
      while !Self.handlesTermination(child.id) {
        guard kill(child.id, 0) == 0 else { break }
        sched_yield()
      }
      usleep(UInt32(round % 10) * 200)
      child.send(SIGTERM)
      let outcome = child.wait()
      #expect(outcome.exitCode == 143, "\(outcome)")
    }
    #expect(try check.folder.names() == ["baseline.csv", "current.csv"])
  }

  private static func handlesTermination(_ id: pid_t) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? ""
    let lines = status.split(separator: "\n")
    guard let mask = lines.first(where: { $0.hasPrefix("SigCgt:") })?.split(separator: "\t").last
    else { return false }
    return (UInt64(mask, radix: 16) ?? 0) & (1 << UInt64(SIGTERM - 1)) != 0
  }
}
