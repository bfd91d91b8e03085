/// The text of `--help`, laid out as swift-argument-parser does it.
package enum HelpText {
  static let overview = """
    Compare two tables and say whether the data drifted: PSI, Welch's t-test and an MMD \
    permutation test.
    """

  static let environment: [(String, String)] = [
    (
      "DRIFT_CHECK_...",
      "The value of an option that is not given, as DRIFT_CHECK_PSI_WARN of '--psi-warn'; 'true' or "
        + "'false' where it takes no value."
    ),
    (
      "DRIFT_KERNELS",
      "The instructions of the inner loops: 'portable', 'avx2' or 'avx512'. Without it: the best "
        + "that the processor has. The result does not depend on it."
    ),
    (
      "DRIFT_PERMUTATION_SUMS",
      "How permutations of rows are summed: 'lookup', or the slower 'product'. The result does not "
        + "depend on it."
    ),
    ("JOB_COMPLETION_INDEX", "Which shard this is, for '--shard n'."),
    ("POD_NAMESPACE", "The namespace of the pushed metrics."),
    ("SOURCE_DATE_EPOCH", "The report's time, in seconds since 1970, for reproducible bytes."),
    ("NO_COLOR", "Not empty: no colour unless '--color always'."),
    (
      "CLICOLOR_FORCE",
      "Not empty and not 0: colour where standard output is no terminal, unless NO_COLOR says no."
    ),
    ("COLUMNS", "The width of the help, and of the table on a terminal that has so many."),
    ("LC_ALL, LC_CTYPE, LANG", "With UTF-8: bars of blocks on a terminal instead of '#'."),
  ]

  static let exitCodes: [(String, String)] = [
    ("0", "Checked: OK or WARN."),
    ("2", "Checked: FAIL, the data drifted (or what '--fail-on' says). Nothing else ends with 2."),
    ("64", "Wrong usage."),
    ("65", "Bad input data."),
    ("66", "An input is missing or unreadable."),
    ("70", "A bug in this program."),
    ("73", "The report cannot be created."),
    ("74", "An input or output error."),
    ("75", "A failure that may pass; try again."),
    ("78", "Bad configuration."),
    ("129, 130, 143", "Hung up, interrupted or terminated; no partial file is left."),
  ]

  /// The whole help with a line feed at the end, in lines of at most `width` columns; less than 60
  /// counts as 60.
  package static func full(width: Int, _ commands: CommandTable = .current) -> String {
    let layout = HelpLayout(width: max(width, 60))
    return head(overview, commands.commands.map { $0.usage }, commands.flags, layout)
      + layout.section("ENVIRONMENT", environment) + layout.section("EXIT CODES", exitCodes)
  }

  /// The help of one command, in lines as of the whole help.
  package static func of(
    _ command: any Command.Type, width: Int, _ commands: CommandTable = .current
  ) -> String {
    let layout = HelpLayout(width: max(width, 60))
    return head(command.summary, [command.usage], commands.flags(of: command), layout) + "\n"
      + layout.paragraph("See 'drift-check --help' for the environment and the exit codes.")
  }

  private static func head(
    _ overview: String, _ usages: [String], _ flags: [Flag], _ layout: HelpLayout
  ) -> String {
    var text = layout.paragraph("OVERVIEW: " + overview) + "\n"
    text += "USAGE: \(usages.joined(separator: "\n       "))\n"
    for section in Flag.Section.allCases {
      let rows = flags.filter { $0.section == section }.map { ($0.helpLabel, $0.helpText) }
      if !rows.isEmpty { text += layout.section(section.rawValue, rows) }
    }
    return text
  }
}

extension Flag {
  /// The left column: `-q, --quiet`.
  var helpLabel: String { (short.map { "-\($0), " } ?? "") + label }

  /// The right column: the help, the words it takes and the default.
  var helpText: String {
    var facts: [String] = []
    if !values.isEmpty { facts.append("values: " + values.joined(separator: ", ")) }
    if let defaultText { facts.append("default: " + defaultText) }
    return facts.isEmpty ? help : "\(help) (\(facts.joined(separator: "; ")))"
  }
}
