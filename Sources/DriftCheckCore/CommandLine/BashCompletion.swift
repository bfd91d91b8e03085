/// The completion script for GNU Bash (3.2 and later).
enum BashCompletion {
  static func script(_ commands: CommandTable) -> String {
    let flags = commands.flags
    let many = flags.filter { $0.arity == .many }.map(\.spelling).joined(separator: "|")
    let named = commands.named.map { $0.name }.joined(separator: "|")
    let takingFiles = commands.takingFiles.joined(separator: "|")
    return """
      # Completion of drift-check for bash. To use it now:
      #   source <(drift-check --generate-completion-script bash)

      _drift_check() {
        local current="${COMP_WORDS[COMP_CWORD]}" flag="${COMP_WORDS[COMP_CWORD - 1]}"
        local command=check flags index
        COMPREPLY=()
        if ((COMP_CWORD > 1)); then
          case "${COMP_WORDS[1]}" in
            \(named)) command="${COMP_WORDS[1]}" ;;
          esac
        fi
        # bash cuts --flag=value into three words.
        if [[ $current == "=" ]]; then
          current=""
        elif [[ $flag == "=" ]] && ((COMP_CWORD >= 2)); then
          flag="${COMP_WORDS[COMP_CWORD - 2]}"
        elif [[ $current != -* ]]; then
          # A further file belongs to the last flag, when that flag takes several.
          for ((index = COMP_CWORD - 1; index > 0; index--)); do
            [[ ${COMP_WORDS[index]} == -?* ]] || continue
            case "${COMP_WORDS[index]}" in
              \(many)) flag="${COMP_WORDS[index]}" ;;
            esac
            break
          done
        fi
        case "$flag" in
      \(arms(flags))
        esac
        if [[ $current == -* ]]; then
          case "$command" in
      \(words(commands))
          esac
          COMPREPLY=($(compgen -W "$flags" -- "$current"))
        elif ((COMP_CWORD == 1)); then
          COMPREPLY=($(compgen -W "\(commands.names.joined(separator: " "))" -- "$current"))
        else
          case "$command" in
            \(takingFiles)) _drift_check_files "$current" ;;
          esac
        fi
      }

      _drift_check_files() {
        local IFS=$'\\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$1"))
      }

      complete -F _drift_check drift-check

      """
  }

  /// The flags of each command.
  private static func words(_ commands: CommandTable) -> String {
    commands.commands.map { command in
      let words = commands.flags(of: command).flatMap(\.spellings)
      return "      \(command.name)) flags=\"\(words.joined(separator: " "))\" ;;"
    }.joined(separator: "\n")
  }

  private static func arms(_ flags: [Flag]) -> String {
    var lines: [String] = []
    for flag in flags where flag.arity != .toggle {
      let action =
        switch flag.completion {
        case .none: ""
        case .file: "_drift_check_files \"$current\"; "
        case .words(let words):
          "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\")); "
        }
      // A shell name may be left out, so other flags stay on offer.
      let condition = flag.arity == .optional ? "[[ $current == -* ]] || { \(action)return; }" : ""
      let full = condition.isEmpty ? "\(action)return" : condition
      // Files may follow each other, but a dash starts the next flag.
      let guarded = flag.arity == .many ? "[[ $current == -?* ]] || { \(full); }" : full
      lines.append("    \(flag.spelling)) \(guarded) ;;")
    }
    return lines.joined(separator: "\n")
  }
}
