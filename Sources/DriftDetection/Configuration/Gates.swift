internal import DriftColumns

/// Which features decide the status of a check.
struct Gates: Sendable {
  /// Those that do not.
  private let silent: Set<Level>

  /// - Parameters:
  ///   - configuration: What is asked for.
  ///   - features: The names of the features.
  /// - Throws: `DriftError` for features that are asked for and not checked, and when none decides.
  init(_ configuration: DriftConfiguration, features: [String]) throws(DriftError) {
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
        !(single[name] ?? wanted?.contains(name) ?? true)
      })
    guard silent.count < checked.count else {
      throw DriftError(
        .nothingGates,
        "no feature gates, so that no drift could ever be told; let one of them gate")
    }
  }

  /// Whether a feature decides.
  func contains(_ feature: String) -> Bool { silent.isEmpty || !silent.contains(Level(feature)) }
}
