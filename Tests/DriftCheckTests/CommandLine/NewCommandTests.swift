import DriftCheckCore
import Testing

/// A command that the program does not have: this type, and its place in a table, are all that it takes.
private struct Trend: Command {
  struct Options: OwnOptions {
    var last = 30
    var history: String?

    var files: [String] { [history].compactMap { $0 } }
  }

  static let name = "trend"
  static let summary = "Show what a history of runs tells."
  static let usage = "drift-check trend --history <file> --output <file> [options]"
  static let flags =
    Merge.flags.filter { ["output", "quiet", "config", "print-config", "help"].contains($0.name) }
    + [
      .value(
        "last", .general, metavar: "n", default: "30", valueType: .integer(1...1000),
        help: "How many runs.",
        set: { options, text throws(InvalidValue) in
          options[Options.self].last = try ValueParser.integer(text, in: 1...1000)
        }),
      .value(
        "history", .input, metavar: "file", help: "The runs.", completion: .file,
        set: { options, text in options[Options.self].history = text }),
    ]

  static func check(_ builder: OptionsBuilder) throws(UsageError) {
    try builder.require("history", "output")
    try builder.checkFiles()
  }

  init(_ options: CheckOptions, in process: RunContext) throws {}

  func run() throws -> ExitCode { .success }
}

@Suite struct NewCommandTests {
  static let commands = CommandTable(CommandTable.current.commands + [Trend.self])

  static func parsed(_ arguments: [String], _ variables: [String: String] = [:]) throws
    -> ParsedCommand
  {
    try ParsedCommand(arguments, environment: Environment(variables), commands: commands)
  }

  private static func options(_ arguments: [String], _ variables: [String: String] = [:]) throws
    -> CheckOptions
  {
    guard case .run(let call) = try parsed(["trend"] + arguments, variables) else {
      throw NotACheck()
    }
    let isTrend = call.command == Trend.self
    #expect(isTrend)
    return call.options
  }

  static let needed = ["--history", "h", "--output", "o"]

  @Test func hasOptionsOfItsOwn() throws {
    let options = try Self.options(Self.needed)
    #expect(options[Trend.Options.self].last == 30)
    #expect(options[Trend.Options.self].history == "h" && options.output == "o")
    #expect(try Self.options(Self.needed + ["--last", "7"])[Trend.Options.self].last == 7)
    let variable = ["DRIFT_CHECK_LAST": "9"]
    #expect(try Self.options(Self.needed, variable)[Trend.Options.self].last == 9)
    #expect(try Self.options(Self.needed, variable) != options)
    #expect(try Self.options(Self.needed + ["--last", "30"]) == options)
  }

  @Test func theOthersDoNotTakeThem() throws {
    #expect(try Self.parsed(twoFiles) == ParsedCommand(twoFiles, environment: Environment([:])))
    for arguments in [twoFiles + ["--last", "7"], ["trend", "--alpha", "0.1"]] {
      let error = try #require(throws: UsageError.self) { try Self.parsed(arguments) }
      #expect(error.message.contains("is no option of 'drift-check "))
    }
  }

  @Test func mistakesAreToldAsOfTheOthers() throws {
    func message(_ arguments: [String]) throws -> String {
      try #require(throws: UsageError.self) { try Self.parsed(arguments) }.message
    }
    #expect(
      try message(["trend"]) == "Missing expected argument '--history <file>'.")
    #expect(
      try message(["trend", "--history", "o", "--output", "o"])
        == "'--output' is 'o', which is also an input; it would be overwritten.")
    #expect(
      try message(["trend"] + Self.needed + ["--last", "0"])
        == "The value '0' is invalid for '--last <n>': expected a whole number from 1 to 1000.")
    #expect(
      try message(["trent"]) == "Unexpected argument 'trent'. Did you mean 'drift-check trend'?")
  }

  @Test func isInTheHelpThePageAndTheCompletions() throws {
    guard case .help(let all) = try Self.parsed(["-h"]),
      case .help(let own) = try Self.parsed(["trend", "--help"]),
      case .manualPage(let page) = try Self.parsed(["--generate-man-page"]),
      case .configuration(let printed) = try Self.parsed(["trend", "--print-config"])
    else { throw NotACheck() }
    #expect(all.contains(Trend.usage) && all.contains("\n  --last <n> "))
    #expect(own.contains(Trend.summary) && own.contains("\n  --last <n> "))
    #expect(!own.contains("--alpha"))
    #expect(page.contains("Show what a history of runs tells. Takes "))
    #expect(printed.contains("\nlast: 30  # default\n") && !printed.contains("alpha"))
    for shell in CompletionShell.allCases {
      let script = shell.script(Self.commands)
      #expect(script.contains("trend") && script.contains("last"), "\(shell)")
      #expect(!shell.script().contains("trend"))
    }
  }

  /// The first word alone can have been meant as a command.
  @Test(arguments: [
    (["profil", "x"], "Did you mean 'drift-check profile'?"),
    (["shard"], "Did you mean 'drift-check mmd-shard'?"),
    (["nonsense"], "Files follow '--baseline' or '--current'."),
    (["mmd-shard", "merg"], "Files follow '--baseline' or '--current'."),
    (["--alpha", "0.1", "merg"], "Files follow '--baseline' or '--current'."),
  ])
  func aCommandThatIsMistyped(_ arguments: [String], _ advice: String) throws {
    let word = try #require(arguments.first { !["x", "--alpha", "0.1", "mmd-shard"].contains($0) })
    #expect(usageError(arguments)?.message == "Unexpected argument '\(word)'. \(advice)")
  }
}
