internal import DriftDetection
internal import Tabular

/// What single columns have of their own, against the data.
extension CheckOptions {
  /// Refuses overrides of columns that are not there. Columns to leave out may be.
  ///
  /// - Throws: `ConfigurationError`.
  func requireKnownOverrides(_ names: [String], file: String) throws(ConfigurationError) {
    try requireKnown(overrides.filter { !$0.isIgnored }, names, file: file)
  }

  /// Refuses columns to leave out that neither table has.
  ///
  /// - Throws: `ConfigurationError`.
  func requireKnownIgnored(_ names: [String], _ current: [String]) throws(ConfigurationError) {
    let files = InputTables.title(baseline) + " and " + InputTables.title(current)
    try requireKnown(overrides.filter(\.isIgnored), names, file: files)
  }

  private func requireKnown(_ overrides: [ColumnOverride], _ names: [String], file: String)
    throws(ConfigurationError)
  {
    guard !overrides.isEmpty else { return }
    let known = Set(names.map { ByteString($0) })
    let unknown = overrides.filter { !known.contains(ByteString($0.column)) }
    guard !unknown.isEmpty else { return }
    let some = names.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
    let suggested = SuggestedNames(names)
    var work = 0
    let problems = unknown.enumerated().map { place, override in
      // Of mistakes that are too many to be told nothing is guessed.
      let guess =
        place < ConfigurationError.most
        ? suggested.nearest(to: override.column, work: &work) : nil
      return ConfigurationError.Problem(
        .unknownColumn, at: override.place,
        "no column '\(override.column)' in \(file)"
          + (guess.map { "; did you mean '\($0)'?" }
            ?? "; the columns are \(some)\(names.count > 10 ? ", ..." : "")"))
    }
    throw ConfigurationError(problems)
  }

  /// Refuses overrides that mean something for numbers only where a column has levels, and the other
  /// way round.
  ///
  /// - Parameters:
  ///   - file: Where the columns are.
  ///   - kind: The kind of a column; nil when it is not there.
  /// - Throws: `ConfigurationError`.
  func requireKinds(file: String, _ kind: (String) -> ColumnKind?) throws(ConfigurationError) {
    var problems: [ConfigurationError.Problem] = []
    for override in overrides {
      if let key = override.keys.first(where: \.isLevelsOnly), kind(override.column) == .numeric {
        problems.append(
          .init(
            .unknownColumn, at: override.place(of: key),
            "'\(key.name)' is for levels, but '\(override.column)' has numbers in \(file); take it "
              + "out, or add 'kind: categorical'"))
      }
      guard let key = override.keys.first(where: \.isNumericOnly),
        kind(override.column) == .categorical
      else { continue }
      problems.append(
        .init(
          .unknownColumn, at: override.place(of: key),
          "'\(key.name)' is for numbers, but '\(override.column)' has text in \(file); take it out, "
            + "or add 'kind: numeric'"))
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
  }

  /// What the library says against the edges of a column, or against what gates, at its place in the
  /// file; nil for other errors.
  func configurationError(_ error: DriftError) -> ConfigurationError? {
    if error.code == .nothingGates {
      return overrides.first { $0.gates == false }.map { override in
        ConfigurationError([
          .init(
            .contradiction, at: override.places["gate"] ?? override.place,
            "'gate: false': \(error.message)")
        ])
      }
    }
    guard let feature = error.feature,
      let override = overrides.first(where: { $0.column.utf8.elementsEqual(feature.utf8) }),
      let key = override.keys.first(where: { $0.value == .edges })
    else { return nil }
    return ConfigurationError([
      .init(.invalidValue, at: override.place(of: key), "'\(key.name)': \(error.message)")
    ])
  }
}
