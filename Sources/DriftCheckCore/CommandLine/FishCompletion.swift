/// The completion script for fish.
enum FishCompletion {
  static func script(_ commands: CommandTable) -> String {
    let flags = commands.flags
    let many = flags.filter { $0.arity == .many }.map(\.spelling).joined(separator: " ")
    let named = commands.named.map { $0.name }.joined(separator: " ")
    let takingFiles = commands.takingFiles.joined(separator: " ")
    return """
      # Completion of drift-check for fish. To use it now:
      #   drift-check --generate-completion-script fish | source

      function __drift_check_runs
        set -l tokens (commandline -opc)
        set -l command check
        if contains -- "$tokens[2]" \(named)
          set command $tokens[2]
        end
        contains -- $command $argv
      end

      function __drift_check_follows
        set -l tokens (commandline -opc)
        test "$tokens[-1]" = $argv[1]
      end

      function __drift_check_wants_file
        __drift_check_runs \(takingFiles); and return
        set -l tokens (commandline -opc)
        for token in $tokens[-1..2]
          string match -q -- '-?*' $token; or continue
          contains -- $token \(many)
          return
        end
        return 1
      end

      complete -c drift-check -f
      complete -c drift-check -n 'test (count (commandline -opc)) -eq 1' -a '\(commands.names.joined(separator: " "))'
      complete -c drift-check -n __drift_check_wants_file -F
      \(flags.flatMap { lines($0, commands) }.joined(separator: "\n"))

      """
  }

  private static func lines(_ flag: Flag, _ commands: CommandTable) -> [String] {
    var words = ["complete -c drift-check"]
    let taking = commands.names(taking: flag)
    if taking.count < commands.names.count {
      words.append("-n '__drift_check_runs \(taking.joined(separator: " "))'")
    }
    words.append("-l \(flag.name)")
    if let short = flag.short { words.append("-s \(short)") }
    var further: [String] = []
    switch (flag.arity, flag.completion) {
    case (.toggle, _): break
    case (_, .file): words.append("-r -F")
    case (.optional, .words(let values)):
      words.append("-a \(quoted(values.joined(separator: " ")))")
      // To fish a value that may be left out can only follow "=".
      further.append(
        "complete -c drift-check -n '__drift_check_follows \(flag.spelling)' "
          + "-a \(quoted(values.joined(separator: " ")))")
    case (_, .words(let values)): words.append("-x -a \(quoted(values.joined(separator: " ")))")
    case (_, .none): words.append("-x")
    }
    words.append("-d \(quoted(flag.menuText))")
    return [words.joined(separator: " ")] + further
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
