/// Every flag of `drift-check check`, in the order of the help.
package enum FlagTable {
  /// The flags of this version.
  package static let available: [Flag] =
    input + psi + meanShift + mmd + verdict + output + metrics + general

  /// The flags that are promised but not in this version. They are not in the help.
  package static let notAvailable: [Flag] = [
    .notAvailable("config"), .notAvailable("html"),
  ]

  /// All flags that parsing knows.
  package static let all: [Flag] = available + notAvailable

  /// The flag that an argument spells, as `--name` or `-n`, without a value.
  package static func flag(spelled argument: String) -> Flag? {
    all.first { $0.spelling == argument || $0.short.map { "-\($0)" } == argument }
  }

  private static let general: [Flag] = [
    .integerOrNil(
      "threads", \.threads, in: 1...1024, .general,
      help: """
        How many threads to use. Without it: DRIFT_CHECK_THREADS, else the CPU quota of the \
        container, else the processors. The result does not depend on it.
        """),
    .value(
      "seed", .general, metavar: "n", default: "0",
      help: "The seed of everything random; the same seed gives the same report.",
      set: { options, text throws(InvalidValue) in options.seed = try ValueParser.seed(text) }),
    Flag(
      name: "generate-completion-script", metavar: "shell", arity: .optional,
      values: CompletionShell.allCases.map(\.rawValue),
      help: "Print a completion script. Without a value: for the shell of SHELL.",
      section: .general, completion: .words(CompletionShell.allCases.map(\.rawValue)),
      action: .completionScript),
    Flag(
      name: "version", arity: .toggle, help: "Show the version.", section: .general,
      action: .version),
    Flag(
      name: "help", short: "h", arity: .toggle, help: "Show help information.",
      section: .general, action: .help),
  ]
}
