/// Every flag, in the order of the help.
package enum FlagTable {
  /// The flags of this version.
  package static let available: [Flag] =
    input + psi + meanShift + mmd + verdict + output + metrics + profile + general

  /// The flags that `profile` has in common with `check`.
  static let namesOfProfile: Set = [
    "features", "exclude", "categorical", "numeric", "missing-values", "delimiter", "psi-bins",
    "psi-binning", "mmd-max-rows", "output", "quiet", "no-progress", "log-format",
    "termination-log", "threads", "seed", "memory-limit", "config", "print-config", "version",
    "help", "generate-completion-script", "generate-man-page",
  ]

  /// The flags that `merge` has in common with `check`.
  static let namesOfMerge: Set = [
    "psi-bins", "psi-binning", "output", "quiet", "no-progress", "log-format", "termination-log",
    "seed", "memory-limit", "config", "print-config", "version", "help",
    "generate-completion-script", "generate-man-page",
  ]

  /// The flags that `mmd-shard` has in common with `check`: those that decide the rows of the MMD
  /// test, and its own.
  static let namesOfShard: Set = [
    "baseline", "current", "features", "exclude", "categorical", "numeric", "missing-values",
    "delimiter", "psi-compat", "permutations", "permutation-unit", "mmd-max-rows", "mmd-bandwidth",
    "mmd-scale", "mmd-precision", "output", "quiet", "no-progress", "log-format",
    "termination-log", "threads", "seed", "memory-limit", "config", "print-config", "version",
    "help", "generate-completion-script", "generate-man-page",
  ]

  static let profile: [Flag] = [
    .toggle(
      "no-rows", .profile,
      help: "Keep no rows, for data that may not travel; the MMD test is left out then.",
      set: { $0.keepsRows = false }),
    .value(
      "edges-from", .profile, metavar: "profile",
      help: "Count rows by the bins of this profile, as of the baseline, in one pass.",
      completion: .file,
      set: { options, text throws(InvalidValue) in
        options.edgesFrom = try ValueParser.nonEmpty(text, what: "a profile")
      }),
    .value(
      "shard", .profile, metavar: "i/n",
      help: """
        Profile every n-th file, from the i-th (from 0) on; of 'mmd-shard': the i-th of n parts of \
        the sums. 'n' alone takes i from JOB_COMPLETION_INDEX, which Kubernetes sets in Indexed \
        Jobs.
        """,
      set: { options, text throws(InvalidValue) in options.shard = try ValueParser.shard(text) }),
  ]

  /// The flag that an argument spells, as `--name` or `-n`, without a value.
  package static func flag(spelled argument: String) -> Flag? {
    available.first { $0.spelling == argument || $0.short.map { "-\($0)" } == argument }
  }

  private static let general: [Flag] = [
    .integerOrNil(
      "threads", \.threads, in: 1...1024, .general,
      help: """
        How many threads to use. Without it: DRIFT_CHECK_THREADS, else the CPU quota of the \
        container, else the processors. The result does not depend on it.
        """),
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
      set: { options, text throws(InvalidValue) in options.seed = try ValueParser.seed(text) }),
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
