/// What a command line asks for.
package enum ParsedCommand: Sendable, Equatable {
  /// To compare two tables.
  case check(CheckOptions)
  /// To profile a table.
  case profile(CheckOptions)
  /// To merge profiles.
  case merge(CheckOptions)
  /// To compute one shard of the sums of the MMD test.
  case mmdShard(CheckOptions)
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
  /// - Throws: `UsageError` for the command line, `ConfigurationError` for variables and the file.
  package init(
    _ arguments: [String], environment: Environment = .process, helpWidth: Int = 80
  ) throws {
    // Looked for before anything can be found wrong. A value cannot look like this.
    let flags = arguments.prefix { $0 != "--" }
    if flags.contains("--help") || flags.contains("-h") {
      self = .help(HelpText.full(width: helpWidth))
    } else if flags.contains("--version") {
      self = .version
    } else {
      self = try Self.parse(arguments, environment, helpWidth)
    }
  }

  private static func parse(
    _ arguments: [String], _ environment: Environment, _ helpWidth: Int
  ) throws -> ParsedCommand {
    var arguments = arguments[...]
    var builder = OptionsBuilder()
    var printsConfiguration = false
    if let command = arguments.first.flatMap(Command.init) {
      arguments.removeFirst()
      builder.options.command = command
    }
    for token in try tokenize(Array(arguments)) {
      switch token {
      case .argument(let word):
        try builder.takeWord(word)
      case .flag(let index, let value):
        let flag = FlagTable.available[index]
        switch flag.action {
        case .help: return .help(HelpText.full(width: helpWidth))
        case .version: return .version
        case .completionScript:
          return .completionScript(try CompletionShell(named: value, environment).script())
        case .configuration: try builder.takeConfiguration(flag, value ?? "")
        case .printConfiguration:
          printsConfiguration = true
          builder.closeFlag()
        case .manualPage: return .manualPage(ManualPage.text)
        case .set(let set): try builder.take(flag, value, set)
        }
      }
    }
    builder.needsFiles = !printsConfiguration
    try builder.addLayers(environment)
    let options = try builder.finished()
    if printsConfiguration {
      return .configuration(ConfigurationPrinter(builder, options).text)
    }
    switch options.command {
    case .check: return .check(options)
    case .profile: return .profile(options)
    case .merge: return .merge(options)
    case .mmdShard: return .mmdShard(options)
    }
  }
}

/// Options on their way from tokens to checked values.
struct OptionsBuilder {
  /// What has been read so far.
  var options = CheckOptions()
  /// What was given, by the name of the flag.
  var settings: [String: Setting] = [:]
  /// What the configuration file says of single columns.
  var overrides: [ColumnOverride] = []
  /// The value of `--config`.
  private(set) var configuration: String?
  /// The configuration file in force: that of `--config`, else that of the variable.
  var configurationPath: String?
  /// Whether the flags without which there is nothing to do must be given.
  var needsFiles = true
  /// The flag that further words belong to.
  private var open: Flag?

  /// Takes a flag and its first value.
  mutating func take(
    _ flag: Flag, _ value: String?,
    _ set: (inout CheckOptions, String) throws(InvalidValue) -> Void
  ) throws(UsageError) {
    guard flag.commands.contains(options.command) else {
      throw UsageError(
        .unknownFlag, subject: flag.spelling,
        "'\(flag.spelling)' is no option of 'drift-check \(options.command.rawValue)'.")
    }
    if settings[flag.name] != nil, flag.arity == .single { throw .repeated(flag) }
    settings[flag.name, default: Setting(flag: flag, values: [], source: .flag)].values
      .append(flag.arity == .toggle ? "true" : value ?? "")
    open = flag.arity == .many ? flag : nil
    do throws(InvalidValue) {
      try set(&options, value ?? "")
    } catch {
      throw .invalidValue(value ?? "", for: flag, error)
    }
  }

  /// Takes the path of the configuration file.
  mutating func takeConfiguration(_ flag: Flag, _ path: String) throws(UsageError) {
    guard configuration == nil else { throw .repeated(flag) }
    guard !path.isEmpty, path != "-" else {
      throw .invalidValue(path, for: flag, ConfigurationFile.invalidPath)
    }
    configuration = path
    closeFlag()
  }

  /// Ends the flag that further words belong to.
  mutating func closeFlag() { open = nil }

  /// The names of the flags that were given, wherever.
  var given: Set<String> {
    Set(settings.values.filter { !$0.isOff }.map(\.flag.name))
  }

  /// Takes a word: a further value of the flag before it, or a mistake.
  mutating func takeWord(_ word: String) throws(UsageError) {
    guard let flag = open, case .set(let set) = flag.action else {
      guard options.command.takesWords, !word.isEmpty else { throw .unexpectedArgument(word) }
      options.inputs.append(word)
      return
    }
    try take(flag, word, set)
  }
}
