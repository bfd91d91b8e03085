import DriftTestSupport
import Foundation
import Testing

/// The program on a terminal.
@Suite struct TerminalTests {
  /// No COLUMNS: the terminal says how wide it is.
  private static let environment = ["TERM": "xterm", "COLUMNS": "", "LANG": "C.UTF-8"]

  /// Runs a check with standard output, and standard error as well, on a terminal.
  private static func run(
    _ check: CheckFolder, _ flags: [String] = [], columns: Int, environment: [String: String] = [:]
  ) throws -> (outcome: Outcome, bytes: [UInt8], screen: TerminalScreen) {
    let terminal = try PseudoTerminal(columns: columns)
    let outcome = try DriftCheckBinary.run(
      CheckFolder.arguments + flags, in: check.folder.url,
      environment: Self.environment.merging(environment) { $1 },
      standardOutput: .terminal(terminal), standardError: .terminal(terminal))
    terminal.finish()
    return (outcome, terminal.output, TerminalScreen(terminal.output, columns: columns))
  }

  private static func hostile() throws -> CheckFolder {
    func table(_ seed: UInt64, _ mean: Double) -> CSVTable {
      var table = CSVTable(["plan": CSVTable.words(seed == 1 ? ["free", "pro"] : ["無料"], 200)])
      for (index, name) in HostileNameTests.names.enumerated() {
        let cells = CSVTable.normal(
          200, seed: seed + UInt64(index) * 2, mean: index % 2 == 0 ? mean : 0)
        table.columns.append((name, cells))
      }
      return table
    }
    return try CheckFolder(baseline: table(1, 0), current: table(2, 1))
  }

  @Test(arguments: [20, 40, 59, 60, 80, 120, 200])
  func noLineIsWider(_ columns: Int) throws {
    let run = try Self.run(Self.hostile(), ["--no-mmd"], columns: columns)
    #expect(run.outcome.exitCode == 2, "\(run.outcome)")
    #expect(run.screen.problems == [], "\(run.screen.lines)")
    #expect(run.screen.widest > columns / 2)
    #expect(run.screen.lines.contains { $0.hasPrefix("FAIL  ") })
    #expect(run.screen.lines.contains("what to do next"))
    #expect(String(decoding: run.bytes, as: UTF8.self).contains("\u{1B}[1;31mFAIL"))
  }

  /// COLUMNS asks for less than there is, and cannot ask for more.
  @Test func columnsThatAreAskedFor() throws {
    let check = try Self.hostile()
    func widest(_ columns: String) throws -> Int {
      let run = try Self.run(check, ["--no-mmd"], columns: 100, environment: ["COLUMNS": columns])
      #expect(run.screen.problems == [])
      return run.screen.widest
    }
    #expect((50...70).contains(try widest("70")))
    #expect((70...100).contains(try widest("300")))
  }

  /// The verdict is the exit code, whatever COLUMNS says.
  @Test func aTerminalWithoutASize() throws {
    let check = try Self.hostile()
    let terminal = try PseudoTerminal(columns: 0)
    let outcome = try DriftCheckBinary.run(
      CheckFolder.arguments + ["--no-mmd"], in: check.folder.url,
      environment: Self.environment.merging(["COLUMNS": "4000000000000000000"]) { $1 },
      standardOutput: .terminal(terminal))
    terminal.finish()
    #expect(outcome.exitCode == 2, "\(outcome)")
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("what to do next"))
    #expect(try check.report()["status"] == "FAIL")
  }

  @Test func plainSigns() throws {
    let check = try Self.hostile()
    let ascii = try Self.run(check, ["--no-mmd"], columns: 80, environment: ["LANG": "C"])
    #expect(ascii.screen.lines.contains { $0.contains("########|") })
    #expect(!ascii.screen.lines.contains { $0.contains("█") || $0.contains("…") })
    let unicode = try Self.run(check, ["--no-mmd"], columns: 80)
    #expect(unicode.screen.lines.contains { $0.contains("████████│") })
  }

  /// Who asks for nothing, or for the report itself, gets no words around it.
  @Test func quietAndJSON() throws {
    let check = try Self.hostile()
    #expect(try Self.run(check, ["--no-mmd", "--quiet"], columns: 80).bytes == [])
    let json = try Self.run(check, ["--no-mmd", "--format", "json"], columns: 80)
    let text = String(decoding: json.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    #expect(try Data(text.utf8) == check.folder.read("report.json"))
  }
}
