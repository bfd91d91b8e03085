extension FlagTable {
  /// How tables of text are written.
  static let dialect: [Flag] = [
    .value(
      "delimiter", .input, metavar: "byte", default: "auto",
      help: "The byte between two cells, '\\t', or one of "
        + ValueParser.delimiterNames.map(\.name).joined(separator: ", ")
        + "; 'auto' finds comma, semicolon, tab or pipe in each file.",
      completion: .words(["auto"] + ValueParser.delimiterNames.map(\.name)),
      set: { options, text throws(InvalidValue) in
        options.delimiter = text == "auto" ? nil : try ValueParser.delimiter(text)
      }),
    .choice(
      "decimal", \.dialect.decimal, .input, metavar: "sign",
      help: "What stands before the fraction of a number."),
    .value(
      "thousands", .input, metavar: "sign",
      help: """
        What may stand between groups of three digits: one character, 'none', or one of \
        \(ValueParser.thousandsNames.map(\.name).joined(separator: ", ")). Without it: nothing.
        """,
      completion: .words(ValueParser.thousandsNames.map(\.name)),
      set: { options, text throws(InvalidValue) in
        options.dialect.thousands = try ValueParser.thousands(text)
      }),
    .value(
      "comment", .input, metavar: "byte",
      help: "Skip lines that begin with this byte, such as '#'.",
      set: { options, text throws(InvalidValue) in
        options.dialect.comment = try ValueParser.comment(text)
      }),
    .integer(
      "skip-rows", \.dialect.skippedRows, in: 0...1_000_000_000, .input,
      help: "Skip so many lines before the header, in each file."),
    .value(
      "encoding", .input, metavar: "name",
      help: """
        The encoding of text, such as windows-1252, latin1 or Shift_JIS: any name that 'iconv -l' \
        lists. Without it: UTF-8, or what a byte order mark says.
        """,
      set: { options, text throws(InvalidValue) in
        options.dialect.encoding = try ValueParser.encoding(text)
      }),
  ]
}
