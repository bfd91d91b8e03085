internal import DriftReport

/// A command line, or an environment variable, that the program cannot act on.
///
/// It ends the program with `ExitCode.usage`.
package struct UsageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of mistake it is.
  package enum Code: Sendable, Hashable {
    /// A flag that does not exist.
    case unknownFlag
    /// A flag that needs a value stands without one.
    case missingValue
    /// A flag that takes no value was given one.
    case unexpectedValue
    /// A value that the flag does not take.
    case invalidValue
    /// A flag that takes one value was given more than once.
    case repeatedFlag
    /// A flag that is needed was not given.
    case missingFlag
    /// Two flags that cannot both be followed.
    case contradiction
    /// A word that belongs to no flag.
    case unexpectedArgument
    /// An environment variable with a value that cannot be used.
    case environment
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
}
