internal import DriftDetection

/// The flags that commands have in common, and those that only a check has, in the order of the help. A
/// command takes some of them; others it has of its own.
enum FlagTable {
  /// All of them.
  static let all =
    input + psi + meanShift + mmd + verdict + output + metrics + [shard] + general

  /// Some of them.
  static func flags(_ names: Set<String>) -> [Flag] { all.filter { names.contains($0.name) } }

  /// What says something of the program, or how it is run.
  static let everywhere: Set = [
    "config", "print-config", "version", "help", "generate-completion-script", "generate-man-page",
    "output", "quiet", "no-progress", "log-format", "termination-log", "seed", "memory-limit",
  ]

  /// How tables are read.
  static let reading: Set = [
    "features", "exclude", "categorical", "numeric", "missing-values", "time-features", "threads",
    "delimiter", "decimal", "thousands", "comment", "skip-rows", "encoding",
  ]

  /// One of several processes.
  static let shard = Flag.value(
    "shard", .profile, metavar: "i/n",
    help: """
      Profile every n-th file, from the i-th (from 0) on; of 'mmd-shard': the i-th of n parts of \
      the sums. 'n' alone takes i from JOB_COMPLETION_INDEX, which Kubernetes sets in Indexed \
      Jobs.
      """,
    set: { options, text throws(InvalidValue) in options.shard = try ValueParser.shard(text) })

  static let general: [Flag] = [
    .value(
      "threads", .general, metavar: "n", valueType: .integer(1...1024),
      help: """
        How many threads to use. Without it: DRIFT_CHECK_THREADS, else the CPU quota of the \
        container, else the processors. The result does not depend on it.
        """,
      set: { options, text throws(InvalidValue) in
        options.threads = try ValueParser.integer(text, in: 1...1024)
      }),
    .value(
      "memory-limit", .general, metavar: "size",
      help: """
        How much memory to use, as '512M' or '2Gi'. Quantiles of columns that do not fit come from \
        a sketch. Without it: three quarters of the container's memory, else of the machine's.
        """,
      set: { options, text throws(InvalidValue) in
        options.memoryLimit = try ValueParser.size(text)
      }),
    .value(
      "seed", .general, metavar: "n", default: "0", valueType: .unsigned,
      help: "The seed of everything random; the same seed gives the same report.",
      set: { options, text throws(InvalidValue) in
        options.discrepancy.seed = try ValueParser.seed(text)
      }),
    Flag(
      name: "config", metavar: "file", arity: .single,
      help: """
        Take settings from a file of YAML, or of JSON ('.json'): every long option is a key, and \
        'overrides' has those of single columns. Options and variables win over it.
        """,
      section: .general, completion: .file, action: .configuration),
    Flag(
      name: "print-config", arity: .toggle,
      help: """
        Print the settings in force, as a file for '--config', and where each comes from; check \
        nothing.
        """,
      section: .general, action: .printConfiguration),
    Flag(
      name: "generate-completion-script", metavar: "shell", arity: .optional,
      values: CompletionShell.allCases.map(\.rawValue),
      help: "Print a completion script. Without a value: for the shell of SHELL.",
      section: .general, completion: .words(CompletionShell.allCases.map(\.rawValue)),
      action: .completionScript),
    Flag(
      name: "generate-man-page", arity: .toggle,
      help: "Print the manual page, in the form that man(1) reads.", section: .general,
      action: .manualPage),
    Flag(
      name: "version", arity: .toggle, help: "Show the version.", section: .general,
      action: .version),
    Flag(
      name: "help", short: "h", arity: .toggle, help: "Show help information.",
      section: .general, action: .help),
  ]
}
