/// The completion script for the Z shell.
enum ZshCompletion {
  static func script(_ commands: CommandTable) -> String {
    """
    #compdef drift-check
    # Completion of drift-check for zsh. To use it now:
    #   source <(drift-check --generate-completion-script zsh)

    _drift_check() {
      local command=check
      local -a specifications
      if (( CURRENT > 2 )) && [[ $words[2] == (\(commands.names.joined(separator: "|"))) ]]; then
        command=$words[2]
        words=("$words[1]" "${(@)words[3,-1]}")
        (( CURRENT-- ))
      elif (( CURRENT == 2 )); then
        specifications=('1:command:(\(commands.names.joined(separator: " ")))')
      fi
      case $command in
    \(commands.commands.map { arm($0, commands.flags(of: $0)) }.joined(separator: "\n"))
      esac
      # After a flag with several values _arguments would take a dash for one more of them.
      if [[ $words[CURRENT] == -* ]]; then
        words=("$words[1]" "$words[CURRENT]")
        CURRENT=2
      fi
      _arguments -s -S $specifications
    }

    if [[ $funcstack[1] == _drift_check ]]; then
      _drift_check "$@"
    else
      compdef _drift_check drift-check
    fi

    """
  }

  /// The specifications of a command with these flags.
  private static func arm(_ command: any Command.Type, _ flags: [Flag]) -> String {
    var lines = flags.flatMap(specifications)
    if command.takesFiles { lines.append("'*:file:_files'") }
    return """
          \(command.name)) specifications+=(
      \(lines.map { "      \($0)" }.joined(separator: "\n"))
          ) ;;
      """
  }

  private static func specifications(_ flag: Flag) -> [String] {
    let repeats = flag.arity == .list || flag.arity == .many ? "*" : ""
    let exclusive = flag.spellings.joined(separator: " ")
    let exclusion = repeats.isEmpty && flag.spellings.count > 1 ? "(\(exclusive))" : ""
    return flag.spellings.map { spelling in
      let name = flag.arity == .toggle ? spelling : spelling + "="
      return "'\(exclusion)\(repeats)\(name)[\(escape(flag.menuText))]\(value(flag))'"
    }
  }

  private static func value(_ flag: Flag) -> String {
    guard let metavar = flag.metavar else { return "" }
    let action =
      switch flag.completion {
      case .none: " "
      case .file: "_files"
      case .words(let words): "(" + words.map(escape).joined(separator: " ") + ")"
      }
    return switch flag.arity {
    case .toggle: ""
    case .single, .list: ":\(metavar):\(action)"
    case .optional: "::\(metavar):\(action)"
    case .many: ":*-*:\(metavar):\(action)"  // every word up to the next flag
    }
  }

  /// `text` inside single quotes and inside a specification.
  private static func escape(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "'": result += "'\\''"
      case "[", "]", ":", "\\": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }
}
