/// The completion script of a shell, made from the commands and their flags.
extension CompletionShell {
  /// The script for some commands.
  package func script(_ commands: CommandTable = .current) -> String {
    switch self {
    case .bash: BashCompletion.script(commands)
    case .zsh: ZshCompletion.script(commands)
    case .fish: FishCompletion.script(commands)
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
