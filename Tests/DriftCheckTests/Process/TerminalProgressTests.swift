import DriftTestSupport
import Foundation
import Glibc
import Testing

/// The progress line on a terminal.
@Suite struct TerminalProgressTests {
  /// No COLUMNS: the terminal says how wide it is.
  private static let environment = ["TERM": "xterm", "COLUMNS": "", "LANG": "C.UTF-8"]

  /// Feeds a table to a check until something is seen on its terminal; then the table ends.
  private struct Feeding {
    let check: CheckFolder
    let terminal: PseudoTerminal
    let child: ChildProcess
    let pipe: Int32

    init(
      columns: Int, flags: [String] = [], environment: [String: String] = [:],
      standardErrorIsTerminal: Bool = true
    ) throws {
      check = try CheckFolder.quiet()
      terminal = try PseudoTerminal(columns: columns)
      let path = check.folder.path("pipe")
      guard mkfifo(path, 0o600) == 0 else { throw POSIXError(.EIO) }
      child = try DriftCheckBinary.start(
        [
          "--baseline", "baseline.csv", "--current", "pipe", "--output", "report.json", "--no-mmd",
          "--threads", "1",
        ] + flags, in: check.folder.url,
        environment: TerminalProgressTests.environment.merging(environment) { $1 },
        standardError: standardErrorIsTerminal ? .terminal(terminal) : .captured)
      // A program that ends early must not end or stop the test.
      signal(SIGPIPE, SIG_IGN)
      var pipe: Int32 = -1
      let start = ContinuousClock.now
      while pipe < 0, ContinuousClock.now - start < .seconds(30) {
        pipe = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
        if pipe < 0 { usleep(1_000) }
      }
      self.pipe = pipe
      _ = fcntl(pipe, F_SETFL, O_WRONLY)
      feed("x,plan\n")
    }

    func feed(_ text: String) {
      var bytes = Array(text.utf8)[...]
      while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(pipe, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        bytes = bytes.dropFirst(count)
      }
    }

    private static let rows = String(repeating: "0.125,free\n-0.5,pro\n", count: 50_000)

    /// Writes rows until the condition holds, for at most half a minute.
    func feedRows(until isReached: ([UInt8]) -> Bool) -> Bool {
      let start = ContinuousClock.now
      while !isReached(terminal.output) {
        guard ContinuousClock.now - start < .seconds(30) else { return false }
        feed(Self.rows)
      }
      return true
    }

    func finish() -> Outcome {
      close(pipe)
      let outcome = child.wait()
      terminal.finish()
      return outcome
    }
  }

  private static func drawings(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\r").filter {
      $0.hasPrefix("reading the current data")
    }
  }

  @Test func progressOfAPipe() throws {
    let feeding = try Feeding(columns: 80)
    let start = ContinuousClock.now
    #expect(feeding.feedRows { Self.drawings($0).count >= 4 })
    let outcome = feeding.finish()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    #expect([0, 2].contains(outcome.exitCode), "\(outcome)")
    let bytes = feeding.terminal.output
    let drawings = Self.drawings(bytes)
    for drawing in drawings {
      // Nobody knows how much comes through a pipe.
      let form = /reading the current data  \d+(\.\d)? [kMG]?B  \d+(\.\d)? [kMG]?B\/s\u{1B}\[K/
      #expect(drawing.wholeMatch(of: form) != nil, "\(drawing)")
    }
    // At most ten a second, the first one after a moment.
    #expect(Double(drawings.count) <= seconds * 10 + 1)
    let screen = TerminalScreen(bytes, columns: 80)
    #expect(screen.problems == [])
    // Nothing of it is left, and each drawing is erased by the next or by the end.
    #expect(screen.lines == [] && screen.passing.count == drawings.count)
    #expect(bytes.suffix(4) == Array("\r\u{1B}[K".utf8)[...])
  }

  /// The steps of a kernel test with drift: permutations, then what it comes from, each from 0 on.
  @Test func progressOfThePermutations() throws {
    let terminal = try PseudoTerminal(columns: 80)
    let table = Project.fixture("jukebox").path
    let folder = try ScratchFolder()
    let outcome = try DriftCheckBinary.run(
      [
        "--baseline", "\(table)/baseline.csv", "--current", "\(table)/drifted.csv", "--output",
        "report.json", "--threads", "1",
      ], in: folder.url, environment: Self.environment, standardError: .terminal(terminal))
    terminal.finish()
    #expect(outcome.exitCode == 2, "\(outcome)")
    let form = /(MMD, 999 permutations|MMD, causes)  \[[█▏▎▍▌▋▊▉ ]{24}\] +(\d+) %(  \d+ s left)?/
    let drawings = TerminalScreen(terminal.output, columns: 80).passing.filter {
      $0.hasPrefix("MMD")
    }
    var last = (step: "MMD, 999 permutations", percent: 0)
    var isLater = false
    for drawing in drawings {
      let parts = try #require(drawing.wholeMatch(of: form), "\(drawing)")
      let percent = try #require(Int(parts.2))
      if parts.1 != last.step {
        #expect(!isLater)
        isLater = true
        last = (String(parts.1), 0)
      }
      #expect((last.percent...100).contains(percent))
      last.percent = percent
    }
    // It takes longer than what is over before a line is shown.
    #expect(!drawings.isEmpty)
  }

  @Test func progressFollowsTheWidth() throws {
    let feeding = try Feeding(columns: 80)
    #expect(feeding.feedRows { Self.drawings($0).count >= 2 })
    feeding.terminal.resize(columns: 20)
    let before = feeding.terminal.output.count
    #expect(
      feeding.feedRows { bytes in
        String(decoding: bytes.dropFirst(before), as: UTF8.self).contains(
          "reading the current\u{1B}")
      })
    _ = feeding.finish()
    // The first drawing after the change may have been on its way.
    let later = String(decoding: feeding.terminal.output.dropFirst(before), as: UTF8.self)
      .split(separator: "\r").dropFirst(2).filter { $0.hasPrefix("reading") }
    for drawing in later { #expect(drawing.hasPrefix("reading the current\u{1B}"), "\(drawing)") }
  }

  @Test(
    arguments: [
      ["--no-progress"], ["--quiet"], ["--log-format", "json"],
    ])
  func noProgress(_ flags: [String]) throws {
    let feeding = try Feeding(columns: 80, flags: flags)
    let start = ContinuousClock.now
    // Four times as long as a line takes to come when it is wanted.
    #expect(feeding.feedRows { _ in ContinuousClock.now - start > .seconds(0.8) })
    _ = feeding.finish()
    #expect(Self.drawings(feeding.terminal.output) == [])
    #expect(!feeding.terminal.output.contains(0x1B))
  }

  @Test func noProgressOnADumbTerminalOrAFile() throws {
    for isTerminal in [true, false] {
      let feeding = try Feeding(
        columns: 80, environment: isTerminal ? ["TERM": "dumb"] : [:],
        standardErrorIsTerminal: isTerminal)
      let start = ContinuousClock.now
      #expect(feeding.feedRows { _ in ContinuousClock.now - start > .seconds(0.8) })
      let outcome = feeding.finish()
      #expect(feeding.terminal.output == [] && outcome.standardError.isEmpty)
    }
  }

  /// The last word of an interrupted run stands on a line of its own.
  @Test func interruption() throws {
    let feeding = try Feeding(columns: 80)
    #expect(feeding.feedRows { !Self.drawings($0).isEmpty })
    feeding.child.send(SIGINT)
    let outcome = feeding.finish()
    #expect(outcome.exitCode == 130, "\(outcome)")
    let screen = TerminalScreen(feeding.terminal.output, columns: 80)
    #expect(screen.lines == ["drift-check: interrupted; no report was written"])
  }

  /// An error takes the place of the progress line, too.
  @Test func errorBehindProgress() throws {
    let feeding = try Feeding(columns: 80)
    #expect(feeding.feedRows { !Self.drawings($0).isEmpty })
    feeding.feed("1,\"\(String(repeating: "x", count: 40))\u{1B}[2J\n")
    let outcome = feeding.finish()
    #expect(outcome.exitCode == 65, "\(outcome)")
    let screen = TerminalScreen(feeding.terminal.output, columns: 1_000)
    #expect(screen.problems == [])
    #expect(screen.lines.count == 1)
    #expect(screen.lines.first?.hasPrefix("drift-check: error: pipe:") == true, "\(screen.lines)")
  }
}
