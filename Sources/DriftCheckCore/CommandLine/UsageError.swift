internal import DriftReport

/// A command line, or an environment variable, that the program cannot act on.
///
/// It ends the program with `ExitCode.usage`.
package struct UsageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of mistake it is. More kinds may follow.
  package struct Code: Sendable, Hashable {
    enum Storage: Hashable {
      case unknownFlag, missingValue, unexpectedValue, invalidValue, repeatedFlag, missingFlag
      case contradiction, unexpectedArgument, environment
    }

    let storage: Storage

    /// A flag that does not exist.
    package static let unknownFlag = Self(storage: .unknownFlag)
    /// A flag that needs a value stands without one.
    package static let missingValue = Self(storage: .missingValue)
    /// A flag that takes no value was given one.
    package static let unexpectedValue = Self(storage: .unexpectedValue)
    /// A value that the flag does not take.
    package static let invalidValue = Self(storage: .invalidValue)
    /// A flag that takes one value was given more than once.
    package static let repeatedFlag = Self(storage: .repeatedFlag)
    /// A flag that is needed was not given.
    package static let missingFlag = Self(storage: .missingFlag)
    /// Two flags that cannot both be followed.
    package static let contradiction = Self(storage: .contradiction)
    /// A word that belongs to no flag.
    package static let unexpectedArgument = Self(storage: .unexpectedArgument)
    /// An environment variable with a value that cannot be used.
    package static let environment = Self(storage: .environment)
  }

  /// The kind of mistake.
  package let code: Code

  /// The flag or the variable at fault, as the user would write it, when there is one.
  package let subject: String?

  /// What was found, what was expected and what to do, on one line.
  package let message: String

  /// Creates an error; control characters in `message` are shown as escapes.
  package init(_ code: Code, subject: String? = nil, _ message: String) {
    self.code = code
    self.subject = subject
    self.message = PlainText.neutralised(message)
  }

  /// The message.
  package var description: String { message }

  /// The three lines for standard error, with a line feed at the end.
  package var rendered: String {
    """
    Error: \(message)
    Usage: \(HelpText.usage)
      See 'drift-check --help' for more information.

    """
  }
}
