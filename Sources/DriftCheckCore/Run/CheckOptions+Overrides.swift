internal import DriftKit
internal import Tabular

/// What single columns have of their own, as the library takes it and against the data.
extension CheckOptions {
  /// The limits of the features that have their own.
  var featureThresholds: [String: Thresholds] {
    Dictionary(
      overrides.map { ($0.column, $0.thresholds(thresholds)) }.filter { $1 != thresholds },
      uniquingKeysWith: { first, _ in first })
  }

  /// The bins of the features that have their own.
  var featureBinning: [String: NumericBinning.Method] {
    Dictionary(
      overrides.compactMap { override in
        override.binning(self).map { (override.column, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

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

  /// What the library says against the edges of a column, at their place in the file; nil for other
  /// errors.
  func configurationError(_ error: DriftError) -> ConfigurationError? {
    guard let feature = error.feature,
      let override = overrides.first(where: { $0.column.utf8.elementsEqual(feature.utf8) }),
      let key = override.keys.first(where: { $0.value == .edges })
    else { return nil }
    return ConfigurationError([
      .init(.invalidValue, at: override.place(of: key), "'\(key.name)': \(error.message)")
    ])
  }
}

extension ColumnOverride {
  /// The limits of the column. WARN comes no later than FAIL: what is not given gives way.
  fileprivate func thresholds(_ all: Thresholds) -> Thresholds {
    var own = all
    (own.stabilityWarn, own.stabilityFail) = Self.settled(
      psiWarn, psiFail, (all.stabilityWarn, all.stabilityFail), isLevel: false)
    (own.effectWarn, own.effectFail) = Self.settled(
      meanShiftEffectWarn, meanShiftEffect, (all.effectWarn, all.effectFail), isLevel: false)
    (own.newLevelsWarn, own.newLevelsFail) = Self.settled(
      newLevelsWarn, newLevelsFail, (all.newLevelsWarn, all.newLevelsFail), isLevel: false)
    (own.warnAlpha, own.alpha) = Self.settled(
      warnAlpha, alpha, (all.warnAlpha, all.alpha), isLevel: true)
    return own
  }

  private static func settled(
    _ warn: Double?, _ fail: Double?, _ all: (warn: Double, fail: Double), isLevel: Bool
  ) -> (Double, Double) {
    let own = (warn ?? all.warn, fail ?? all.fail)
    guard isLevel ? own.0 < own.1 : own.0 > own.1 else { return own }
    return fail == nil ? (own.0, own.0) : (own.1, own.1)
  }

  /// The bins of the column; nil for those of all.
  fileprivate func binning(_ options: CheckOptions) -> NumericBinning.Method? {
    if let psiEdges { return .edges(psiEdges) }
    guard psiBins != nil || psiBinning != nil else { return nil }
    let bins = psiBins ?? options.psiBins
    return (psiBinning ?? options.psiBinning) == .quantile
      ? .quantile(bins: bins) : .uniform(bins: bins)
  }
}
