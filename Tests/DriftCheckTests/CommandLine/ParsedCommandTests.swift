import DriftCheckCore
import DriftKit
import DriftReport
import Testing

@Suite struct ParsedCommandTests {
  @Test func theWordCheckMayLead() throws {
    #expect(try ParsedCommand(["check"] + twoFiles) == ParsedCommand(twoFiles))
  }

  @Test func filesGoOnUpToTheNextFlagAndMayComeAgain() throws {
    let parsed = try options(["--baseline", "c", "d", "-q", "--current=e", "f", "--baseline=g"])
    #expect(parsed.baseline == ["a.csv", "c", "d", "g"])
    #expect(parsed.current == ["b.csv", "e", "f"])
  }

  @Test func afterTwoDashesNothingIsAFlag() throws {
    #expect(
      try options(["--current", "c", "--", "-q", "--help"]).current == [
        "b.csv", "c", "-q", "--help",
      ])
    #expect(usageError(twoFiles + ["-q", "--", "x"])?.code == .unexpectedArgument)
  }

  @Test func repeatedListsComeTogether() throws {
    let parsed = try options([
      "--features", "a,b", "--features=b,c", "--missing-values", "", "--missing-values", "?",
    ])
    #expect(parsed.configuration.features == ["a", "b", "c"])
    #expect(parsed.missingValues == ["?"])
    #expect(try options(["--missing-values="]).missingValues == [])
  }

  @Test func namesThatLookAlikeButHaveOtherBytesAreTwo() throws {
    let composed = "caf\u{E9}"
    let decomposed = "cafe\u{301}"
    #expect(
      try options(["--exclude", "\(composed),\(decomposed)"]).configuration.excluded.count == 2)
    #expect(usageError(twoFiles + ["--features", composed, "--exclude", decomposed]) == nil)
  }

  @Test(arguments: [
    ["--help"], ["-h"], ["-qh"], ["--nonsense", "--help"], ["--alpha", "x", "-h"],
    ["--html", "x", "--help"], ["--output", "-h"], ["--version", "--help"],
  ])
  func helpComesFirst(_ arguments: [String]) throws {
    #expect(try ParsedCommand(arguments, helpWidth: 80) == .help(HelpText.full(width: 80)))
  }

  @Test(arguments: CommandTable.current.names)
  func aCommandHasAHelpOfItsOwn(_ name: String) throws {
    let command = try #require(CommandTable.current.commands.first { $0.name == name })
    let text = HelpText.of(command, width: 80)
    for arguments in [["--help"], ["-h"], ["--nonsense", "--help"], ["-qh"]] {
      #expect(try ParsedCommand([name] + arguments, helpWidth: 80) == .help(text))
    }
    #expect(text.contains("USAGE: \(command.usage)\n"))
    let rows = HelpText.full(width: 80).split(separator: "\n").filter { $0.hasPrefix("  -") }
    let own = text.split(separator: "\n").filter { $0.hasPrefix("  -") }
    #expect(own.count == command.flags.count)
    #expect(own.allSatisfy(rows.contains))
  }

  @Test(arguments: [["--version"], ["--alpha", "2", "--version"], ["merge", "--version"]])
  func versionComesNext(_ arguments: [String]) throws {
    #expect(try ParsedCommand(arguments) == .version)
    #expect(Version.current == "0.1.0")
  }

  @Test(arguments: CompletionShell.allCases)
  func theShellComesFromTheValueOrTheEnvironment(_ shell: CompletionShell) throws {
    let flag = "--generate-completion-script"
    let expected = ParsedCommand.completionScript(shell.script())
    let variables = Environment(["SHELL": "/usr/local/bin/\(shell.rawValue)"])
    #expect(try ParsedCommand([flag, shell.rawValue], environment: Environment([:])) == expected)
    #expect(try ParsedCommand(["\(flag)=\(shell.rawValue)"]) == expected)
    #expect(try ParsedCommand([flag], environment: variables) == expected)
    #expect(try ParsedCommand([flag, "-q"], environment: variables) == expected)
  }

  @Test(arguments: [[], ["check"], ["profile"], ["merge"]])
  func theManualPageIsThatOfTheProgram(_ command: [String]) throws {
    #expect(
      try ParsedCommand(command + ["--generate-man-page"]) == .manualPage(ManualPage.text))
  }

  @Test(arguments: [[:], ["SHELL": "/bin/tcsh"], ["SHELL": ""]])
  func anUnknownShellIsRefused(_ variables: [String: String]) {
    #expect(throws: UsageError.self) {
      try ParsedCommand(["--generate-completion-script"], environment: Environment(variables))
    }
  }

  @Test func valuesAreTakenAsTheyAre() throws {
    #expect(try options(["--model=--alpha"]).model == "--alpha")
    #expect(try options(["--model=a=b"]).model == "a=b")
    #expect(try options(["--output", "-x"]).output == "-x")
    #expect(try options(["--output", "x\ny"]).output == "x\ny")
  }

  @Test(
    arguments: [
      ("\\t", 9), ("tab", 9), ("\t", 9), ("comma", 44), (",", 44), ("semicolon", 59), ("pipe", 124),
      ("space", 32), (" ", 32), ("|", 124),
    ] as [(String, UInt8)])
  func delimiters(_ text: String, _ byte: UInt8) throws {
    #expect(try options(["--delimiter", text]).delimiter == byte)
  }

  /// Parsing keeps no state of its own, so many at once must not disturb each other.
  @Test func manyParsersAtOnce() async {
    await withTaskGroup(of: Int?.self) { group in
      for bins in 2...200 {
        group.addTask {
          try? options(["--psi-bins", "\(bins)"]).configuration.populationStability.binning.bins
        }
      }
      var seen: Set<Int> = []
      for await bins in group { if let bins { seen.insert(bins) } }
      #expect(seen == Set(2...200))
    }
  }
}
