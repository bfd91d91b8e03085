/// The text of `--help`, laid out as swift-argument-parser does it.
package enum HelpText {
  /// The usage line without its heading.
  static let usage =
    "drift-check [check] --baseline <file> ... --current <file> ... [options]"

  /// The usage lines of all commands.
  static let usages = [
    usage, "drift-check profile <file> ... --output <file> [options]",
    "drift-check merge <profile> ... --output <file> [options]",
    "drift-check mmd-shard --baseline <file> ... --current <file> ... --shard <i/n> --output <file>"
      + " [options]",
  ]

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
  package static func full(width: Int) -> String {
    let layout = HelpLayout(width: max(width, 60))
    var text = layout.paragraph("OVERVIEW: " + overview) + "\n"
    text += "USAGE: \(usages.joined(separator: "\n       "))\n"
    for section in Flag.Section.allCases {
      text += layout.section(
        section.rawValue,
        FlagTable.available.filter { $0.section == section }.map { ($0.helpLabel, $0.helpText) })
    }
    text += layout.section("ENVIRONMENT", environment)
    text += layout.section("EXIT CODES", exitCodes)
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

/// Text in lines of limited width. Widths are counted in characters; the help is plain ASCII.
struct HelpLayout {
  /// Where the right column starts.
  static let helpColumn = 26
  /// The columns of a line.
  let width: Int

  /// A heading and its rows, with an empty line before.
  func section(_ title: String, _ rows: [(label: String, text: String)]) -> String {
    "\n\(title):\n" + rows.map { row($0.label, $0.text) }.joined()
  }

  /// `text` over as many lines as it needs.
  func paragraph(_ text: String) -> String {
    wrap(text, width).map { $0 + "\n" }.joined()
  }

  private func row(_ label: String, _ text: String) -> String {
    let indent = String(repeating: " ", count: Self.helpColumn)
    let lines = wrap(text, width - Self.helpColumn)
    let head = "  " + label
    let below = lines.map { indent + $0 + "\n" }.joined()
    // A label that reaches the right column gets a line of its own.
    if head.count >= Self.helpColumn { return head + "\n" + below }
    return head + below.dropFirst(head.count)
  }

  private func wrap(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return lines + [line]
  }
}
