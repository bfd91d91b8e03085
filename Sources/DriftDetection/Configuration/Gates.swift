internal import DriftColumns

/// Which features decide the status of a check, and how much a model makes of them.
struct Gates: Sendable {
  /// What a model makes of the features; nil when that is not known.
  let importance: Importance?
  /// What there is to say of that, and what follows from it.
  let remarks: [Remark]
  /// Those that do not.
  private let silent: Set<Level>

  /// - Parameters:
  ///   - configuration: What is asked for.
  ///   - features: The names of the features.
  ///   - columns: The names of all columns of the baseline.
  /// - Throws: `DriftError` for features that are asked for and not checked, and when none decides.
  init(_ configuration: DriftConfiguration, features: [String], columns: [String])
    throws(DriftError)
  {
    let importance = configuration.importance.map {
      // A profile may hold nothing of what is left out, not even the name.
      Importance($0, features: features, columns: columns + configuration.excluded)
    }
    self.importance = importance
    let checked = Set(features.map { Level($0) })
    for name in configuration.gating ?? [] where !checked.contains(Level(name)) {
      throw DriftError(
        .invalidConfiguration,
        "feature '\(name)' is to gate, but is not checked; check it too, or take it out")
    }
    let wanted = configuration.gating.map { Set($0.map { Level($0) }) }
    let single = Dictionary(
      configuration.featureGates.map { (Level($0.key), $0.value) },
      uniquingKeysWith: { first, _ in first })
    silent = Set(
      features.map { Level($0) }.filter { name in
        !(single[name] ?? wanted?.contains(name) ?? (importance?.isNegligible(name) != true))
      })
    let open = features.filter { wanted == nil && single[Level($0)] == nil }
    remarks = importance.map { $0.remarks + $0.consequences(open) } ?? []
    guard silent.count < checked.count else {
      throw DriftError(
        .nothingGates,
        "no feature gates, so that no drift could ever be told; let one of them gate")
    }
  }

  /// Whether a feature decides.
  func contains(_ feature: String) -> Bool { silent.isEmpty || !silent.contains(Level(feature)) }
}
