import DriftCheckCore
import DriftTestSupport
import Foundation
import Testing

/// A real shell that has read its completion script and is asked what it offers.
struct AskedShell {
  let shell: CompletionShell
  /// The shell's path.
  let path: String
  /// Where it runs, with the files that it can offer.
  let folder: ScratchFolder

  /// Throws when the shell is not installed: `make setup-tests` does that.
  init(_ shell: CompletionShell) throws {
    self.shell = shell
    path = try #require(
      ["/bin/", "/usr/bin/", "/usr/local/bin/"].map { $0 + shell.rawValue }
        .first(where: FileManager.default.isExecutableFile(atPath:)),
      "\(shell.rawValue) is not installed")
    folder = try ScratchFolder()
    try folder.write(shell.script(), to: "a script")
    for name in ["one.csv", "two.csv", "one two.csv"] { try folder.write("", to: "files/" + name) }
    try folder.write("", to: "home/.hushlogin")
  }

  /// Runs it with these arguments.
  func run(_ arguments: [String]) throws -> Outcome {
    let variables = ["HOME": folder.path("home"), "XDG_CONFIG_HOME": folder.path("home")]
    return try ChildProcess(
      [path] + arguments, in: folder.url.appending(path: "files"),
      environment: DriftCheckBinary.environment.merging(variables) { $1 }
    ).wait()
  }

  /// What it offers for the last word of each line, which follows the program's name.
  func offers(_ lines: [String]) throws -> [[String]] {
    let outcome: Outcome
    switch shell {
    case .bash:
      outcome = try run(
        ["-c", Self.bash, "bash", folder.path("a script")] + lines.flatMap(Self.words))
    case .fish:
      outcome = try run(["--no-config", "-c", Self.fish, folder.path("a script")] + lines)
    case .zsh:
      try folder.write(Self.zsh, to: "setup.zsh")
      outcome = try run(
        ["-f", "-c", Self.zshTerminal, "zsh", folder.path("setup.zsh"), folder.path("a script")]
          + [folder.path("answers")] + lines)
    }
    #expect(outcome.exitCode == 0 && outcome.standardError.isEmpty, "\(outcome)")
    var answers: [[String]] = []
    var open: [String] = []
    for line in outcome.outputText.split(separator: "\n") {
      if line == "==" {
        answers.append(Set(open).sorted())
        open = []
      } else {
        open.append(String(line))
      }
    }
    try #require(answers.count == lines.count, "\(outcome)")
    return answers
  }

  /// The words of a line as bash cuts them, with their number before them.
  private static func words(_ line: String) -> [String] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).flatMap { word in
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard word.hasPrefix("-"), parts.count == 2 else { return [String(word)] }
      return [String(parts[0]), "="] + (parts[1].isEmpty ? [] : [String(parts[1])])
    }
    return ["\(words.count)"] + words
  }

  private static let bash = #"""
    source "$1"; shift
    [[ $(complete -p drift-check) == "complete -F _drift_check drift-check" ]] || exit 1
    while (($#)); do
      COMP_WORDS=(drift-check "${@:2:$1}"); COMP_CWORD=$1
      _drift_check 2>/dev/null
      for word in "${COMPREPLY[@]}"; do echo "$word"; done
      echo ==
      shift $(($1 + 1))
    done
    """#

  // Descriptions follow a tab. In a value after "=" fish repeats the flag.
  private static let fish = #"""
    source $argv[1]
    for line in $argv[2..]
      for answer in (complete -C "drift-check $line")
        set -l word (string split -f 1 \t -- $answer)
        string match -q -- '*=?*' $word; and set word (string split -m 1 -f 2 = -- $word)
        string trim -r -c = -- $word
      end
      echo ==
    end
    """#

  /// A shell on a terminal of its own, where the key for completions is pressed after each line.
  private static let zshTerminal = #"""
    zmodload zsh/zpty
    export script=$2 answers=$3
    zpty shell zsh -f -i
    zpty -w shell "source ${(q)1}"
    zpty -r shell output '*ready*'
    for line in "${@[4,-1]}"; do
      zpty -n -w shell $'\C-u'"drift-check $line"$'\t'
      zpty -r shell output '*answered*'
    done
    cat $answers
    """#

  private static let zsh = #"""
    PROMPT= RPROMPT=
    setopt no_auto_list no_auto_menu no_beep
    autoload -Uz compinit && compinit -D -u
    source $script
    bindkey -e
    bindkey '^I' complete-word
    zstyle ':completion:*' insert-tab false
    compadd() {
      # Calls that fill arrays offer nothing.
      if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
        local -a offered
        builtin compadd -O offered "$@"
        (( $#offered )) && print -rl -- ${(Q)offered} >> $answers
      fi
      builtin compadd "$@"
    }
    answer() { print -r -- '==' >> $answers; print answered; comppostfuncs=(answer) }
    comppostfuncs=(answer)
    print ready
    """#
}
