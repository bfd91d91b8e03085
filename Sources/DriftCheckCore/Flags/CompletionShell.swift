/// A shell that completion scripts are made for.
package enum CompletionShell: String, Sendable, Hashable, CaseIterable {
  /// GNU Bash.
  case bash
  /// Z shell.
  case zsh
  /// fish.
  case fish

  /// The shell of a name, or of the variable SHELL when there is no name.
  /// - Throws: `UsageError` for any other shell.
  package init(named name: String?, _ environment: Environment) throws(UsageError) {
    let found = name ?? environment["SHELL"]?.split(separator: "/").last.map(String.init) ?? ""
    guard let shell = Self(rawValue: found) else {
      let origin = name == nil ? "SHELL names '\(found)'" : "found '\(found)'"
      let words = Self.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw UsageError(
        .invalidValue, subject: "--generate-completion-script",
        "Cannot tell for which shell the script is: \(origin), expected one of \(words).")
    }
    self = shell
  }
}
