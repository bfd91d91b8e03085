internal import DriftDetection
internal import Tabular

extension FlagTable {
  static let input: [Flag] =
    [
      .files(
        "baseline", \.baseline,
        help: """
          The data to compare with: one file, several partitions of one table (or a pattern such as \
          'parts/*.csv'), or '-'.
          """),
      .files(
        "current", \.current,
        help: """
          The data to check: one file, several partitions of one table (or a pattern), or '-'.
          """),
      Flag(
        name: "features", metavar: "columns", arity: .list,
        help: """
          The columns to check, between commas ('\\,' is a comma in a name). Without it: all.
          """,
        section: .input,
        action: .set { options, text throws(InvalidValue) in
          let columns = try ValueParser.columns(text)
          if options.configuration.features == nil { options.configuration.features = [] }
          options.configuration.features?.append(contentsOf: columns)
        }),
      .columns("exclude", \.configuration.excluded, help: "Columns to leave out."),
      .columns("categorical", \.categorical, help: "Columns to take as categorical."),
      .columns("numeric", \.numeric, help: "Columns to take as numeric."),
      Flag(
        name: "missing-values", metavar: "words", arity: .list,
        defaultText: CSVOptions.missingWords.joined(separator: ","),
        help: """
          Cells that mean "missing", beside the empty one, in place of these; with '+' before the first, \
          besides them.
          """,
        section: .input,
        action: .set { options, text throws(InvalidValue) in
          // The empty cell is missing anyway, so an empty item adds nothing.
          let more = ValueParser.commaList(text).filter { !$0.isEmpty }
          // Cells are compared without the blanks around them: such a word would never be found.
          if let padded = more.first(where: ValueParser.isPadded) {
            throw InvalidValue(
              expected: "words without blanks around them, as cells are compared, not '\(padded)'")
          }
          options.missingValues = options.missingValues ?? []
          options.missingValues?.append(contentsOf: more)
        }),
      Flag(
        name: "time-features", metavar: "parts", arity: .list,
        help:
          "Parts of dates and times, in UTC, to compare as categories, such as created_at.weekday: "
          + "hour, weekday, month.",
        section: .input,
        action: .set { options, text throws(InvalidValue) in
          for part in ValueParser.commaList(text) {
            let feature: TimeFeature = try ValueParser.choice(part)
            if !options.timeFeatures.contains(feature) { options.timeFeatures.append(feature) }
          }
        }),
      .value(
        "missing-features", .input, metavar: "rule", default: "fail",
        values: DriftConfiguration.MissingFeatures.allCases.map(\.rawValue),
        help: "What a feature that the current data lacks is: FAIL, or a note.",
        set: { options, text throws(InvalidValue) in
          options.configuration.missingFeatures =
            try ValueParser.choice(text) as DriftConfiguration.MissingFeatures
        }),
    ] + dialect
}
