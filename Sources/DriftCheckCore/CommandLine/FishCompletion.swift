/// The completion script for fish.
enum FishCompletion {
  static func script(_ flags: [Flag]) -> String {
    let commands = Command.allCases.map(\.rawValue).joined(separator: " ")
    let many = flags.filter { $0.arity == .many }.map(\.spelling).joined(separator: " ")
    return """
      # Completion of drift-check for fish. To use it now:
      #   drift-check --generate-completion-script fish | source

      function __drift_check_wants_file
        set -l tokens (commandline -opc)
        for token in $tokens[-1..2]
          string match -q -- '-?*' $token; or continue
          contains -- $token \(many)
          return
        end
        return 1
      end

      complete -c drift-check -f
      complete -c drift-check -n 'test (count (commandline -opc)) -eq 1' -a '\(commands)'
      complete -c drift-check -n __drift_check_wants_file -F
      \(flags.map(line).joined(separator: "\n"))

      """
  }

  private static func line(_ flag: Flag) -> String {
    var words = ["complete -c drift-check -l \(flag.name)"]
    if let short = flag.short { words.append("-s \(short)") }
    switch (flag.arity, flag.completion) {
    case (.toggle, _): break
    case (_, .file): words.append("-r -F")
    case (.optional, .words(let values)):
      words.append("-a \(quoted(values.joined(separator: " ")))")
    case (_, .words(let values)): words.append("-x -a \(quoted(values.joined(separator: " ")))")
    case (_, .none): words.append("-x")
    }
    words.append("-d \(quoted(flag.menuText))")
    return words.joined(separator: " ")
  }

  private static func quoted(_ text: String) -> String {
    var result = "'"
    for character in text {
      if character == "'" || character == "\\" { result += "\\" }
      result.append(character)
    }
    return result + "'"
  }
}
