/// A shell that completion scripts are made for.
package enum CompletionShell: String, Choice {
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

  /// The script, made from the flags of this version.
  package func script() -> String {
    switch self {
    case .bash: BashCompletion.script(FlagTable.available)
    case .zsh: ZshCompletion.script(FlagTable.available)
    case .fish: FishCompletion.script(FlagTable.available)
    }
  }
}

extension Flag {
  /// The long and, when there is one, the short spelling.
  var spellings: [String] { [spelling] + (short.map { ["-\($0)"] } ?? []) }

  /// The help as one line for a completion menu: its first sentence without the full stop.
  var menuText: String {
    var words: [Substring] = []
    for word in help.split(separator: " ") {
      let ends = ".:;".contains(word.last ?? " ")
      words.append(ends ? word.dropLast() : word)
      if ends { break }
    }
    return words.joined(separator: " ")
  }
}
