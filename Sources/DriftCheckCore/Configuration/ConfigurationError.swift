internal import DriftReport

/// What is wrong with a configuration file, or with variables that stand for flags.
///
/// It ends the program with `ExitCode.configuration`.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One mistake.
  package struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// What kind of mistake it is.
    package enum Code: Sendable, Hashable {
      /// The file cannot be read.
      case unreadable
      /// The text is no YAML or JSON, or of a kind that is not taken.
      case syntax
      /// The file is too large or nested too deeply.
      case limit
      /// A key that does not exist.
      case unknownKey
      /// A key that is there twice.
      case duplicateKey
      /// A value that a setting does not take.
      case invalidValue
      /// Two settings that cannot both be followed.
      case contradiction
      /// A column that the data do not have, or not of that kind.
      case unknownColumn
    }

    /// Where a mistake is.
    package enum Origin: Sendable, Hashable {
      /// At a place in a file.
      case place(TextPlace)
      /// In a file as a whole.
      case file(String)
      /// In an environment variable, by its name.
      case variable(String)
    }

    /// The kind of mistake.
    package let code: Code
    /// Where it is.
    package let origin: Origin
    /// What was found, what was expected and what to do, on one line.
    package let message: String

    /// A mistake; control characters in `message` are shown as escapes.
    package init(_ code: Code, _ origin: Origin, _ message: String) {
      self.code = code
      self.origin = origin
      self.message = PlainText.neutralised(message)
    }

    /// A mistake at a place in a file.
    package init(_ code: Code, at place: TextPlace, _ message: String) {
      self.init(code, .place(place), message)
    }

    /// The message with its place in front.
    package var description: String {
      switch origin {
      case .place(let place): "\(place): \(message)"
      case .file(let file): "\(PlainText.neutralised(file)): \(message)"
      case .variable: message
      }
    }
  }

  /// The most mistakes that are told at once.
  package static let most = 20

  /// The mistakes, in the order of the file.
  package let problems: [Problem]
  /// How log lines are wanted, as far as it is known.
  package var logFormat = TextFormat.text
  /// Where the last message goes, as far as it is known.
  package var terminationLog: String?

  /// An error of at least one mistake.
  package init(_ problems: [Problem]) { self.problems = problems }

  /// A line for each mistake, and one for those that are too many.
  package var lines: [String] {
    let shown = problems.prefix(Self.most).map(\.description)
    let rest = problems.count - shown.count
    return rest > 0 ? shown + ["\(rest) more mistakes like these"] : shown
  }

  /// All lines.
  package var description: String { lines.joined(separator: "\n") }
}
