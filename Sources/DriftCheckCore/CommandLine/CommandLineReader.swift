internal import DriftDetection

/// A command line on its way to a command and its options.
struct CommandLineReader {
  let arguments: [String]
  let environment: Environment
  let helpWidth: Int
  let commands: CommandTable

  /// The command that the first word names; nil where none is named.
  private var named: (any Command.Type)? { arguments.first.flatMap(commands.command) }

  /// The help of the command that is named, else of the program.
  var help: String {
    named.map { HelpText.of($0, width: helpWidth, commands) }
      ?? HelpText.full(width: helpWidth, commands)
  }

  /// What is asked for.
  ///
  /// - Throws: `UsageError` for the command line, `ConfigurationError` for variables and the file.
  func parsed() throws -> ParsedCommand {
    let command = named ?? commands.commands[0]
    let words = named == nil ? arguments : Array(arguments.dropFirst())
    var builder = OptionsBuilder(commands.syntax(of: command))
    var printsConfiguration = false
    for token in try tokenize(words, commands.flags) {
      switch token {
      case .argument(let word): try builder.takeWord(word, meant: meantCommand(word))
      case .flag(let flag, let value):
        switch flag.action {
        case .help: return .help(help)
        case .version: return .version
        case .completionScript:
          return .completionScript(
            try CompletionShell(named: value, environment).script(commands))
        case .configuration: try builder.takeConfiguration(flag, value ?? "")
        case .printConfiguration:
          printsConfiguration = true
          builder.closeFlag()
        case .manualPage: return .manualPage(ManualPage.text(of: commands))
        case .set(let set): try builder.take(flag, value, set)
        }
      }
    }
    builder.needsFiles = !printsConfiguration
    try builder.addLayers(environment)
    let options = try builder.finished(command.check)
    if printsConfiguration {
      return .configuration(ConfigurationPrinter(builder, options).text)
    }
    return .run(CommandCall(command, options))
  }

  /// The command that the first word was meant to be; nil for other words.
  private func meantCommand(_ word: String) -> String? {
    guard named == nil, word == arguments.first else { return nil }
    return Suggestion.nearest(to: word, among: commands.names)
  }
}
