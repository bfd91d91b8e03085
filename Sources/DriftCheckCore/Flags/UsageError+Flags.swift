import CPopt
internal import DriftDetection

extension UsageError {
  /// popt's complaint about an argument.
  static func tokenizing(_ argument: String, _ code: Int32, _ flags: [Flag]) -> UsageError {
    let spelling = String(argument.prefix { $0 != "=" })
    switch code {
    case POPT_ERROR_NOARG:
      guard let flag = flags.flag(spelled: spelling) else { return .unknownFlag(argument, flags) }
      return .missingValue(flag, found: nil, flags)
    case POPT_ERROR_UNWANTEDARG:
      return UsageError(
        .unexpectedValue, subject: spelling,
        "'\(spelling)' takes no value, but '\(argument)' gives it one.")
    default:
      return .unknownFlag(spelling == "--" ? argument : spelling, flags)
    }
  }

  /// A flag that does not exist.
  static func unknownFlag(_ spelling: String, _ flags: [Flag]) -> UsageError {
    let name = Suggestion.nearest(to: spelling, among: flags.map(\.name))
    let guess = name.map { " Did you mean '--\($0)'?" } ?? ""
    return UsageError(
      .unknownFlag, subject: spelling, "Unknown option '\(spelling)'.\(guess)")
  }

  /// A flag whose value is missing.
  static func missingValue(_ flag: Flag, found: String?, _ flags: [Flag]) -> UsageError {
    let reason =
      switch found {
      case nil: "the command line ends there."
      case "--": "found '--'."
      case .some(let next) where flags.flag(spelled: next) != nil:
        "found the option '\(next)'."
      case .some(let next):
        "found '\(next)' (write '\(flag.spelling)=\(next)' if that is the value)."
      }
    return UsageError(
      .missingValue, subject: flag.spelling, "Missing value for '\(flag.label)': \(reason)")
  }

  /// A value that the flag does not take.
  static func invalidValue(_ value: String, for flag: Flag, _ error: InvalidValue) -> UsageError {
    UsageError(
      .invalidValue, subject: flag.spelling,
      "The value '\(Flag.shown(value, of: flag.name))' is invalid for '\(flag.label)': expected "
        + "\(error.expected).")
  }

  /// A flag with one value that was given twice.
  static func repeated(_ flag: Flag) -> UsageError {
    UsageError(
      .repeatedFlag, subject: flag.spelling,
      "'\(flag.spelling)' was given more than once; give it once.")
  }

  /// Flags that cannot both be followed.
  static func contradiction(_ subject: String, _ message: String) -> UsageError {
    UsageError(.contradiction, subject: subject, message)
  }

  /// A word that belongs to no flag; one that looks like a command may have been meant as that.
  static func unexpectedArgument(_ word: String, meant command: String? = nil) -> UsageError {
    UsageError(
      .unexpectedArgument, subject: word,
      "Unexpected argument '\(word)'. "
        + (command.map { "Did you mean 'drift-check \($0)'?" }
          ?? "Files follow '--baseline' or '--current'."))
  }
}
