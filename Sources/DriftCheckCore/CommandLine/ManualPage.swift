internal import DriftReport

/// The manual page drift-check(1), made from the same table and texts as the help.
package enum ManualPage {
  /// The page of the program.
  package static let text = text(of: .current)

  /// The page of some commands, as roff with the macros of man(7).
  package static func text(of commands: CommandTable) -> String {
    var page = RoffPage()
    page.title("DRIFT-CHECK", section: "1", source: "drift-check \(Version.current)")
    page.section("NAME")
    page.paragraph("drift-check - compare two tables and say whether the data drifted")
    page.section("SYNOPSIS")
    for command in commands.commands { page.usage(command.usage) }
    page.section("DESCRIPTION")
    for paragraph in description { page.paragraph(paragraph) }
    page.section("COMMANDS")
    for command in commands.commands {
      page.item(command.name, command.summary + " " + usage(of: command, in: commands))
    }
    page.section("OPTIONS")
    for section in Flag.Section.allCases {
      page.subsection(section == .general ? "GENERAL OPTIONS" : section.rawValue)
      for flag in commands.flags where flag.section == section { page.item(flag) }
    }
    page.section("EXIT STATUS")
    for (code, meaning) in HelpText.exitCodes { page.item(code, meaning) }
    page.section("ENVIRONMENT")
    for (name, meaning) in HelpText.environment { page.item(name, meaning) }
    page.section("FILES")
    for (path, meaning) in files { page.item(path, meaning) }
    page.section("EXAMPLES")
    for (purpose, command) in examples { page.example(purpose, command) }
    page.section("SEE ALSO")
    page.paragraph("jq(1), kubectl(1)")
    return page.text
  }

  /// How a command is asked for, and which flags it takes.
  private static func usage(of command: any Command.Type, in commands: CommandTable) -> String {
    guard command != commands.commands[0] else {
      return "This is what is done when no command is given."
    }
    let names = commands.flags(of: command).map(\.spelling)
    return "Takes \(names.dropLast().joined(separator: ", ")) and \(names.last ?? "")."
  }

  private static let description = [
    HelpText.overview + " A JSON report is written, and the exit code is 2 when it matters.",
    """
    The population stability index (PSI) and the mean shift look at each feature, the maximum mean \
    discrepancy (MMD) at all numeric features together. Columns of text are compared by their \
    levels, and new levels have a test of their own. A feature fails when PSI or effect is large \
    and the p-value, adjusted over all features, is small.
    """,
    """
    Tables are CSV (RFC 4180, UTF-8), also compressed by gzip or Zstandard, and NumPy arrays. A \
    column is numeric when every cell of it in the baseline is a number. On either side a profile, \
    as 'drift-check profile' writes it, takes the place of a table.
    """,
    """
    The same input, seed and version give the same report on the same kind of processor, for any \
    number of threads.
    """,
  ]

  private static let files: [(String, String)] = [
    (CheckOptions().output, "The JSON report, unless '--output' names another file."),
    (
      "/dev/termination-log",
      "The verdict, where that file is there and '--termination-log' names no other."
    ),
    ("/sys/fs/cgroup", "The CPU quota and the memory limit of the container."),
  ]

  private static let examples: [(String, String)] = [
    ("Compare two tables:", "drift-check --baseline train.csv --current today.csv"),
    (
      "Compare partitions, some of the columns, without the MMD test:",
      "drift-check --baseline 'train/*.csv.gz' --current today/*.csv --features plan,country --no-mmd"
    ),
    (
      "Read the current table from a pipe and print the report:",
      "zcat today.csv.gz | drift-check --baseline train.csv --current - --format json"
    ),
    (
      "Summarise a baseline once, and check against the summary:",
      """
      drift-check profile train.csv --output baseline.profile
      drift-check --baseline baseline.profile --current today.csv
      """
    ),
    (
      "Name the features that failed:",
      "jq -r '.features[] | select(.status == \"FAIL\").name' data_drift_latest.json"
    ),
  ]
}
