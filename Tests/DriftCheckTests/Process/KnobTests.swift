import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

/// Every flag does something.
@Suite struct KnobTests {
  @Test func everyFlagIsTested() {
    let tested = Knob.all.compactMap { $0.flag.first.map { String($0.dropFirst(2)) } }
    let names = Check.flags.map(\.name)
    #expect(Set(names) == Set(tested).union(Knob.elsewhere))
  }

  @Test(arguments: Knob.all)
  func knobChangesTheReport(_ knob: Knob) throws {
    let check = try Knob.folder()
    let before = try check.check(knob.with)
    let again = knob.with.firstIndex { $0 == knob.flag[0] }
    var flags = knob.with
    if let again { flags.removeSubrange(again..<(again + knob.flag.count)) }
    let after = try check.check(flags + knob.flag)
    let value = after.at(knob.changes)
    #expect(before.at(knob.changes) != value)
    if let expected = knob.to { #expect(value == expected) }
  }

  @Test func colorAlwaysAndNever() throws {
    let check = try Knob.folder()
    let plain = try check.run(["--no-mmd"]).outputText
    #expect(!plain.contains("\u{1B}"))
    #expect(try check.run(["--no-mmd", "--color", "never"]).outputText == plain)
    let coloured = try check.run(["--no-mmd", "--color", "always"]).outputText
    #expect(coloured.contains("\u{1B}[1;31mFAIL\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  /// What a terminal gets to see: `script` runs the program on one.
  private static func onTerminal(_ flags: [String], _ environment: [String: String]) throws
    -> String
  {
    let check = try Knob.folder()
    let words = ([DriftCheckBinary.path] + CheckFolder.arguments + flags).map { "'\($0)'" }
    let child = try ChildProcess(
      [
        "/usr/bin/script", "--quiet", "--return", "--command", words.joined(separator: " "),
        "/dev/null",
      ],
      in: check.folder.url, environment: DriftCheckBinary.environment.merging(environment) { $1 })
    let outcome = child.wait()
    #expect(outcome.exitCode == 2, "\(outcome)")
    #expect(try check.report()["status"] == "FAIL")
    return outcome.outputText
  }

  static let terminal = Capability.succeeds(
    ["/usr/bin/script", "--quiet", "--return", "--command", "true", "/dev/null"])

  /// Progress: `TerminalTests`.
  @Test(.enabled(if: terminal, "there is no program 'script'"))
  func terminalGetsColour() throws {
    let screen = try Self.onTerminal([], ["TERM": "xterm"])
    #expect(screen.contains("\u{1B}[1;31mFAIL"))
    let plain = try Self.onTerminal(["--no-progress"], ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(!plain.contains("\u{1B}"))
    #expect(!(try Self.onTerminal(["--no-progress"], ["TERM": "dumb"])).contains("\u{1B}"))
  }
}
