extension FlagTable {
  static let output: [Flag] = [
    .value(
      "output", .output, metavar: "file", default: CheckOptions().output,
      help: "The JSON report; written whole or not at all.", completion: .file,
      set: { options, text throws(InvalidValue) in
        options.output = try ValueParser.reportPath(text)
      }),
    .value(
      "html", .output, metavar: "file",
      help: "Also write the report as one page for people, with pictures.", completion: .file,
      set: { options, text throws(InvalidValue) in
        options.htmlFile = try ValueParser.pagePath(text)
      }),
    .value(
      "model", .output, metavar: "name", help: "The model's name, for the report.",
      set: { options, text throws(InvalidValue) in
        options.model = try ValueParser.nonEmpty(text, what: "a name")
      }),
    .choice(
      "format", \.format, .output, metavar: "format",
      help: "What standard output shows: a table, or the report itself."),
    .toggle(
      "quiet", short: "q", .output, help: "Print no results; use the exit code.",
      set: { $0.isQuiet = true }),
    .toggle(
      "no-progress", .output, help: "Show no progress bar.", set: { $0.showsProgress = false }),
    .choice("color", \.color, .output, metavar: "when", help: "When standard output is coloured."),
    .choice(
      "log-format", \.logFormat, .output, metavar: "format",
      help: "How log lines on standard error are written."),
    .value(
      "termination-log", .output, metavar: "file",
      help: """
        Where the verdict goes too, cut to 4,096 bytes. Without it: /dev/termination-log when \
        that is there.
        """,
      completion: .file,
      set: { options, text throws(InvalidValue) in
        options.terminationLog = try ValueParser.nonEmpty(text, what: "a file")
      }),
  ]
}
