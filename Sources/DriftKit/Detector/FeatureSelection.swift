/// Which columns are checked.
struct FeatureSelection {
  private let configuration: DriftConfiguration
  private let wanted: Set<Level>?
  private let excluded: Set<Level>

  init(_ configuration: DriftConfiguration) {
    self.configuration = configuration
    wanted = configuration.features.map { Set($0.map { Level($0) }) }
    excluded = Set(configuration.excluded.map { Level($0) })
  }

  /// The baseline's columns that are checked, in its order.
  func columns(of baseline: Dataset) throws(DriftError) -> [Column] {
    for name in configuration.features ?? [] where baseline[name] == nil {
      throw DriftError(
        .unknownFeature,
        "feature '\(name)' is not in the baseline; \(Self.known(baseline))")
    }
    let columns = baseline.columns.filter { column in
      let name = Level(column.name)
      // The older job has no way with levels.
      let isKnown = configuration.compatibility == .none || column.kind == .numeric
      return isKnown && !excluded.contains(name) && wanted?.contains(name) != false
    }
    guard !columns.isEmpty else {
      throw DriftError(.unknownFeature, "no feature is left to check; \(Self.known(baseline))")
    }
    return columns
  }

  private static func known(_ baseline: Dataset) -> String {
    let names = baseline.names.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
    return "its columns are \(names)\(baseline.names.count > 10 ? ", ..." : "")"
  }
}
