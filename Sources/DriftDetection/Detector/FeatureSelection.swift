internal import DriftColumns
internal import DriftSummaries

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

  /// What a baseline's columns are called and what is in them, and the names of further ones.
  struct Headings {
    let columns: [(name: String, kind: ColumnKind)]
    var unloaded: [String] = []

    var names: [String] { columns.map(\.name) + unloaded }
  }

  /// The places of the baseline's columns that are checked, in its order.
  func columns(of baseline: Headings) throws(DriftError) -> [Int] {
    let loaded = Set(baseline.columns.map { Level($0.name) })
    for name in configuration.features ?? [] where !loaded.contains(Level(name)) {
      throw DriftError(
        .unknownFeature,
        "feature '\(name)' is not in the baseline; \(Self.nearest(to: name, in: baseline))")
    }
    let all = Set(baseline.names.map { Level($0) })
    for name in configuration.gating ?? [] where !all.contains(Level(name)) {
      throw DriftError(
        .unknownFeature,
        "feature '\(name)', which is to gate, is not in the baseline; "
          + Self.nearest(to: name, in: baseline))
    }
    try requireKnown(Array(configuration.featureGates.keys), "gates", in: baseline)
    try requireKnown(Array(configuration.featureThresholds.keys), "thresholds", in: baseline)
    try requireKnown(Array(configuration.featureBinning.keys), "bins", in: baseline)
    let binned = Set(configuration.featureBinning.keys.map { Level($0) })
    for column in baseline.columns where column.kind != .numeric && isWanted(column.name) {
      guard !binned.contains(Level(column.name)) else {
        throw DriftError(
          .invalidConfiguration,
          "bins are given for '\(column.name)', which has \(column.kind.content) in the baseline; "
            + "leave them out")
      }
    }
    let columns = baseline.columns.indices.filter {
      isWanted(baseline.columns[$0].name) && isKnown(baseline.columns[$0].kind)
    }
    guard !columns.isEmpty else {
      throw DriftError(
        .unknownFeature,
        "no feature is left to check"
          + (configuration.compatibility == .none ? "" : " (churn-mlops takes numeric ones only)")
          + "; the baseline: \(Self.known(baseline))")
    }
    return columns
  }

  private func requireKnown(_ names: [String], _ what: String, in baseline: Headings)
    throws(DriftError)
  {
    guard !names.isEmpty else { return }
    let known = Set(baseline.names.map { Level($0) })
    for name in names.sorted(by: { Level($0) < Level($1) }) where !known.contains(Level(name)) {
      throw DriftError(
        .unknownFeature,
        "\(what) are given for '\(name)', which is not in the baseline; \(Self.known(baseline))")
    }
  }

  /// The columns that would be checked if the older job had a way with levels.
  func leftOut(of baseline: Headings) -> [String] {
    baseline.columns.filter { isWanted($0.name) && !isKnown($0.kind) }.map(\.name)
  }

  private func isWanted(_ column: String) -> Bool {
    let name = Level(column)
    return !excluded.contains(name) && wanted?.contains(name) != false
  }

  /// Whether the tests know what to do with the column.
  private func isKnown(_ kind: ColumnKind) -> Bool {
    configuration.compatibility == .none || kind == .numeric
  }

  private static func nearest(to name: String, in baseline: Headings) -> String {
    var search = NameSearch(baseline.names)
    return search.nearest(to: name)?.question ?? known(baseline)
  }

  private static func known(_ baseline: Headings) -> String {
    let names = baseline.names.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
    return "its columns are \(names)\(baseline.names.count > 10 ? ", ..." : "")"
  }
}
