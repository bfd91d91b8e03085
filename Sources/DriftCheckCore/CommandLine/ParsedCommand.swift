/// What a command line asks for.
package enum ParsedCommand: Sendable, Equatable {
  /// To run a command.
  case run(CommandCall)
  /// To print this text on standard output.
  case help(String)
  /// To print the version (`Version.current`) on standard output.
  case version
  /// To print this script on standard output.
  case completionScript(String)
  /// To print this configuration on standard output.
  case configuration(String)
  /// To print this manual page on standard output.
  case manualPage(String)

  /// Reads a command line, the variables that stand for flags, and a configuration file.
  ///
  /// `--help` and `--version` count even when other arguments are wrong.
  /// - Parameters:
  ///   - arguments: The arguments without the program's name.
  ///   - environment: Where SHELL and the variables that stand for flags are looked up.
  ///   - helpWidth: The columns that the help may use.
  ///   - commands: The commands that there are.
  /// - Throws: `UsageError` for the command line, `ConfigurationError` for variables and the file.
  package init(
    _ arguments: [String], environment: Environment = .process, helpWidth: Int = 80,
    commands: CommandTable = .current
  ) throws {
    let reader = CommandLineReader(
      arguments: arguments, environment: environment, helpWidth: helpWidth, commands: commands)
    // Looked for before anything can be found wrong. A value cannot look like this.
    let flags = arguments.prefix { $0 != "--" }
    if flags.contains("--help") || flags.contains("-h") {
      self = .help(reader.help)
    } else if flags.contains("--version") {
      self = .version
    } else {
      self = try reader.parsed()
    }
  }
}
