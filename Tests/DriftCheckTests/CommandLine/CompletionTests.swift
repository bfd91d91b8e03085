import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

/// What the shells offer, asked from the shells themselves.
@Suite struct CompletionTests {
  @Test(arguments: CompletionShell.allCases)
  func theShellTakesTheScript(_ shell: CompletionShell) throws {
    let asked = try AskedShell(shell)
    let outcome = try asked.run(["-n", asked.folder.path("a script")])
    #expect(outcome.exitCode == 0 && outcome.standardError.isEmpty, "\(outcome)")
  }

  /// What follows the program's name, and what is offered for its last word.
  static let cases: [(line: String, offered: [String])] = [
    ("", ["check", "init", "merge", "mmd-shard", "profile"]),
    ("me", ["merge"]),
    ("--psi-b", ["--psi-binning", "--psi-bins"]),
    ("--ht", ["--html"]),
    ("check --ht", ["--html"]),
    ("--format ", ["json", "text"]),
    ("--format=j", ["json"]),
    ("--fail-on ", ["fail", "never", "warn"]),
    ("check --fail-on n", ["never"]),
    ("--color a", ["always", "auto"]),
    ("--generate-completion-script ", ["bash", "fish", "zsh"]),
    ("--generate-completion-script --vers", ["--version"]),
    ("check --baseline o", ["one two.csv", "one.csv"]),
    ("--baseline x one.", ["one.csv"]),
    ("--baseline x --cur", ["--current"]),
    ("--baseline x --alpha 0.1 o", []),
    ("--quiet o", []),
    ("--alpha ", []),
    ("--output t", ["two.csv"]),
    ("--html t", ["two.csv"]),
    ("profile o", ["one two.csv", "one.csv"]),
    ("profile one.csv t", ["two.csv"]),
    ("profile --quiet one.csv t", ["two.csv"]),
    ("profile --psi-binning ", ["quantile", "uniform"]),
    ("profile --edges-from t", ["two.csv"]),
    ("profile --ht", []),
    ("--edges", []),
    ("merge one.", ["one.csv"]),
    ("merge --se", ["--seed"]),
    ("merge --base", []),
    ("--mmd-sums x t", ["two.csv"]),
    ("mmd-shard --baseline t", ["two.csv"]),
    ("mmd-shard t", []),
    ("mmd-shard --ht", []),
  ]

  @Test(arguments: CompletionShell.allCases)
  func theShellOffers(_ shell: CompletionShell) throws {
    let answers = try AskedShell(shell).offers(Self.cases.map(\.line))
    for (answer, (line, offered)) in zip(answers, Self.cases) {
      #expect(answer == offered, "drift-check \(line)")
    }
  }

  @Test(arguments: CompletionShell.allCases)
  func theShellOffersTheFlagsOfTheCommand(_ shell: CompletionShell) throws {
    let commands = CommandTable.current.commands
    let answers = try AskedShell(shell).offers(commands.map { "\($0.name) --" })
    for (command, answer) in zip(commands, answers) {
      let flags = CommandTable.current.flags(of: command).map(\.spelling)
      #expect(answer == flags.sorted(), "\(command)")
    }
  }

  /// The words of every flag that takes a few, and files after every flag that takes one.
  @Test(arguments: CompletionShell.allCases)
  func theShellOffersTheValuesOfTheFlag(_ shell: CompletionShell) throws {
    let flags = CommandTable.current.flags.filter { $0.arity != .toggle }
    let lines = flags.map { flag in
      let command = CommandTable.current.commands.first { command in
        command.flags.contains { $0.name == flag.name }
      }
      return "\(command?.name ?? "") \(flag.spelling) "
    }
    let answers = try AskedShell(shell).offers(lines)
    for (flag, answer) in zip(flags, answers) {
      let expected: [String] =
        switch flag.completion {
        case .none: []
        case .file: ["one two.csv", "one.csv", "two.csv"]
        case .words(let words): words.sorted()
        }
      #expect(answer == expected, "\(flag.spelling)")
    }
  }

  /// A colon within a word does not end a sentence.
  @Test(arguments: [CompletionShell.zsh, .fish])
  func menusShowTheFirstSentence(_ shell: CompletionShell) {
    let text = shell.script().replacing("\\:", with: ":").replacing("'\\''", with: "'")
      .replacing("\\'", with: "'")
    #expect(text.contains("A file with 'user:password' for the Pushgateway"))
    #expect(!text.contains("the same seed gives"))
  }
}
