/// What a command line asks for.
package enum ParsedCommand: Sendable, Equatable {
  /// To compare two tables.
  case check(CheckOptions)
  /// To profile a table.
  case profile(CheckOptions)
  /// To merge profiles.
  case merge(CheckOptions)
  /// To print this text on standard output.
  case help(String)
  /// To print the version (`Version.current`) on standard output.
  case version
  /// To print this script on standard output.
  case completionScript(String)
  /// To print this manual page on standard output.
  case manualPage(String)

  /// Reads a command line.
  ///
  /// `--help` and `--version` count even when other arguments are wrong.
  /// - Parameters:
  ///   - arguments: The arguments without the program's name.
  ///   - environment: Where SHELL is looked up.
  ///   - helpWidth: The columns that the help may use.
  /// - Throws: `UsageError`.
  package init(
    _ arguments: [String], environment: Environment = .process, helpWidth: Int = 80
  ) throws(UsageError) {
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
  ) throws(UsageError) -> ParsedCommand {
    var arguments = arguments[...]
    var builder = OptionsBuilder()
    if let command = arguments.first.flatMap(Command.init) {
      arguments.removeFirst()
      builder.options.command = command
    }
    for token in try tokenize(Array(arguments)) {
      switch token {
      case .argument(let word):
        try builder.takeWord(word)
      case .flag(let index, let value):
        let flag = FlagTable.all[index]
        switch flag.action {
        case .help: return .help(HelpText.full(width: helpWidth))
        case .version: return .version
        case .completionScript:
          return .completionScript(try CompletionShell(named: value, environment).script())
        case .manualPage: return .manualPage(ManualPage.text)
        case .notAvailable: throw .notAvailable(flag.spelling)
        case .set(let set): try builder.take(flag, value, set)
        }
      }
    }
    switch builder.options.command {
    case .check: return .check(try builder.finish())
    case .profile: return .profile(try builder.finishProfile())
    case .merge: return .merge(try builder.finishProfile())
    }
  }
}

/// Options on their way from tokens to checked values.
struct OptionsBuilder {
  /// What has been read so far.
  var options = CheckOptions()
  /// The names of the flags that were given.
  var given: Set<String> = []
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
    if !given.insert(flag.name).inserted, flag.arity == .single { throw .repeated(flag) }
    open = flag.arity == .many ? flag : nil
    do throws(InvalidValue) {
      try set(&options, value ?? "")
    } catch {
      throw .invalidValue(value ?? "", for: flag, error)
    }
  }

  /// Takes a word: a further value of the flag before it, or a mistake.
  mutating func takeWord(_ word: String) throws(UsageError) {
    guard let flag = open, case .set(let set) = flag.action else {
      guard options.command != .check, !word.isEmpty else { throw .unexpectedArgument(word) }
      options.inputs.append(word)
      return
    }
    try take(flag, word, set)
  }
}
