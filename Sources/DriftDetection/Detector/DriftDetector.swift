internal import DriftColumns
internal import DriftStatistics
internal import DriftSummaries
internal import Parallel

/// Checks batch after batch of current data against a baseline that is fitted once.
///
/// ```swift
/// let detector = try DriftDetector(baseline: training)
/// for batch in batches {
///   let result = try detector.check(batch)
///   if result.status == .fail { print(result.reasons) }
/// }
/// ```
///
/// A detector is a value that does not change: any number of threads may check with it at the same
/// time. The result is a function of baseline, batch and configuration alone.
public struct DriftDetector: Sendable {
  /// What is checked, how, and when it matters.
  public let configuration: DriftConfiguration

  let features: [FeatureBaseline]
  /// Which of the features decide the status of a check.
  let gates: Gates
  /// The baseline's rows of the kernel two-sample test, by numeric feature.
  let sample: RowSample?
  let rowCount: Int
  /// Columns of the baseline that were to be checked and have levels, where an older job has no way
  /// with them.
  let leftOut: [String]
  /// Columns of the baseline that are not checked.
  let unchecked: Set<Level>
  let featureKinds: [Level: ColumnKind]
  /// Numeric features whose bins rest on a sketch, and by how much ranks may be off.
  let sketched: (features: [String], rankError: Double)

  /// Fits a baseline.
  ///
  /// - Parameters:
  ///   - baseline: The data that current data are to be like. Its columns decide which features
  ///     there are and of which kind.
  ///   - configuration: What is checked, how, and when it matters.
  ///   - progress: Called on the calling thread with the share done, 0 to 1. An error that it
  ///     throws ends the work.
  /// - Throws: `DriftError` for a baseline without rows, features that it does not have, or a
  ///   configuration out of range; what `progress` throws.
  /// - Complexity: O(n) a column.
  public init(
    baseline: Dataset, configuration: DriftConfiguration = DriftConfiguration(),
    progress: (Double) throws -> Void = { _ in }
  ) throws {
    try self.init(
      configuration,
      FeatureSelection.Headings(
        columns: baseline.columns.map { ($0.name, $0.kind) }, unloaded: baseline.unloaded),
      rowCount: baseline.rowCount
    ) { places in
      let columns = places.map { baseline.columns[$0] }
      let features = try ColumnSchedule.map(
        count: columns.count, work: configuration.work, progress: progress
      ) { FeatureBaseline(columns[$0], configuration: configuration, work: $1) }
      let sample = configuration.maximumMeanDiscrepancy.map { options in
        RowSample(
          columns, rowCount: baseline.rowCount, side: .baseline, options: options,
          threads: configuration.threads)
      }
      return (features, sample, ([], 0))
    }
  }

  /// Fits the columns that are checked.
  ///
  /// - Parameters:
  ///   - configuration: What is checked, how, and when it matters.
  ///   - headings: The columns of the baseline.
  ///   - rowCount: Its rows.
  ///   - fit: Fits the columns at some places, draws their rows for the kernel two-sample test, and
  ///     tells which of them rest on a sketch.
  /// - Throws: `DriftError` as the public ones do; what `fit` throws.
  private init(
    _ configuration: DriftConfiguration, _ headings: FeatureSelection.Headings, rowCount: Int,
    fit: ([Int]) throws -> (
      features: [FeatureBaseline], sample: RowSample?,
      sketched: (features: [String], rankError: Double)
    )
  ) throws {
    try configuration.validate()
    let selection = FeatureSelection(configuration)
    let places = try selection.columns(of: headings)
    leftOut = selection.leftOut(of: headings)
    gates = try Gates(
      configuration, features: places.map { headings.columns[$0].name }, columns: headings.names)
    guard rowCount > 0 else {
      throw DriftError(.invalidData, "the baseline has no rows")
    }
    self.configuration = configuration
    self.rowCount = rowCount
    (features, sample, sketched) = try fit(places)
    for feature in features { try feature.requireEdges(configuration) }
    try Self.requireValues(features, configuration)
    featureKinds = Dictionary(
      features.map { (Level($0.name), $0.kind) }, uniquingKeysWith: { first, _ in first })
    let checked = Set(places.map { Level(headings.columns[$0].name) })
    unchecked = Set(headings.names.map { Level($0) }).subtracting(checked)
  }

  /// - Throws: `DriftError.invalidData` when no feature has a value: nothing could ever drift.
  private static func requireValues(
    _ features: [FeatureBaseline], _ configuration: DriftConfiguration
  ) throws(DriftError) {
    guard configuration.compatibility == .none,
      !features.contains(where: { $0.profile.summary.present > 0 })
    else { return }
    throw DriftError(
      .invalidData,
      "no feature has a value in the baseline, and nothing could be compared; give the data that the "
        + "model was trained on")
  }

  /// Checks current data.
  ///
  /// - Parameters:
  ///   - current: The data to check. Columns that the baseline does not have are noted.
  ///   - partialSums: The sums of the kernel two-sample test, from
  ///     ``partialSums(of:shard:progress:)-(Dataset,_,_)`` for all shards, merged; nil to compute them
  ///     here.
  ///   - progress: Called on the calling thread with the share done, 0 to 1. An error that it
  ///     throws ends the check; `try Task.checkCancellation()` makes it cancellable.
  /// - Returns: The verdict and everything that it rests on.
  /// - Throws: `DriftError` when there is no row, no feature in common, or numbers where the
  ///   baseline has levels; ``PartialSumsError`` for sums that are not those of this check; what
  ///   `progress` throws.
  /// - Complexity: O(m) a feature, and that of ``MaximumMeanDiscrepancy``.
  public func check(
    _ current: Dataset, partialSums: MaximumMeanDiscrepancy.PartialSums? = nil,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> DriftResult {
    let data = try currentData(current) { try progress(0.09 * $0) }
    return try check(data, partialSums, start: 0.09, progress: progress)
  }

  /// Fits a baseline that was profiled before.
  ///
  /// - Parameters:
  ///   - baseline: The profile of the data that current data are to be like.
  ///   - configuration: What is checked, how, and when it matters.
  /// - Throws: `DriftError` as for tables, and where an older job's numbers need values that the
  ///   profile does not hold.
  /// - Complexity: O(kept values) a column.
  public init(
    baseline: DatasetProfile, configuration: DriftConfiguration = DriftConfiguration()
  ) throws {
    try self.init(
      configuration,
      FeatureSelection.Headings(
        columns: baseline.columns.map { ($0.name, $0.kind) }, unloaded: baseline.unread),
      rowCount: baseline.rowCount
    ) { places in
      let columns = places.map { baseline.columns[$0] }
      let features = try columns.map { try FeatureBaseline($0, configuration: configuration) }
      let sample = configuration.maximumMeanDiscrepancy.flatMap { options in
        baseline.sample.map {
          RowSample($0, of: baseline, columns: columns.map(\.name), options: options)
        }
      }
      return (features, sample, Self.sketched(columns, features))
    }
  }

  /// Checks current data that were profiled before.
  ///
  /// - Parameters:
  ///   - current: The profile of the data to check.
  ///   - partialSums: As for tables.
  ///   - progress: As for tables.
  /// - Returns: The verdict and everything that it rests on: that of the table, as long as the
  ///   profile is exact and holds all rows that the kernel two-sample test takes.
  /// - Throws: As for tables.
  public func check(
    _ current: DatasetProfile, partialSums: MaximumMeanDiscrepancy.PartialSums? = nil,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> DriftResult {
    let data = try currentData(current)
    return try check(data, partialSums, start: 0, progress: progress)
  }

  /// What a check needs to know of a table.
  func currentData(_ current: Dataset, progress: (Double) throws -> Void) throws -> CurrentData {
    try requireSameKinds(in: current)
    try requireCommonFeature(
      features.contains { current[$0.name] != nil }, columns: current.names)
    guard current.rowCount > 0 else { throw Self.noRows }
    return try CurrentData(current, for: self, progress: progress)
  }

  /// What a check needs to know of profiled data.
  ///
  /// - Throws: `DriftError.kindMismatch` for numbers where the baseline has levels, and for data that
  ///   cannot be checked.
  func currentData(_ current: DatasetProfile) throws(DriftError) -> CurrentData {
    let data = try CurrentData(current, for: self)
    try requireCommonFeature(data.profiles.contains { $0 != nil }, columns: data.names)
    guard data.rowCount > 0 else { throw Self.noRows }
    return data
  }

  /// The share of a check at which the kernel two-sample test begins.
  package static let discrepancyBegins = 0.1

  private func check(
    _ current: CurrentData, _ partialSums: MaximumMeanDiscrepancy.PartialSums?, start: Double,
    progress: (Double) throws -> Void
  ) throws -> DriftResult {
    let results = try compare(
      with: current, progress: { try progress(start + (Self.discrepancyBegins - start) * $0) })
    let judged = VerdictPolicy(configuration: configuration).judge(results, gates: gates)
    let joint = try testDiscrepancy(
      of: current, partialSums,
      progress: {
        try progress(Self.discrepancyBegins + (1 - Self.discrepancyBegins) * $0)
      })
    return result(
      judged, joint: joint, current: current,
      hasDroppedLevels: results.contains(where: \.hasDroppedLevels))
  }

  private static let noRows = DriftError(.invalidData, "the current data have no rows")

  /// Refuses numbers where the baseline has levels.
  ///
  /// - Throws: `DriftError.kindMismatch`.
  package func requireSameKinds(in current: Dataset) throws(DriftError) {
    for feature in features
    where feature.kind == .categorical {
      guard let kind = current[feature.name]?.kind, kind != .categorical else { continue }
      throw DriftError(
        .kindMismatch,
        "'\(feature.name)' has levels in the baseline and \(kind.content) in the current data; "
          + "pass it as levels")
    }
  }

  private func requireCommonFeature(_ isThere: Bool, columns names: [String]) throws(DriftError) {
    guard isThere else {
      let some = names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      var search = NameSearch(names)
      let nearest = features.prefix(5).compactMap { feature in
        search.nearest(to: feature.name).map { "for '\(feature.name)', \($0.question)" }
      }
      throw DriftError(
        .nothingInCommon,
        "none of the \(features.count) features is in the current data, whose columns are \(some)"
          + (names.count > 5 ? ", ..." : "") + (nearest.first.map { "; \($0)" } ?? "")
          + (UnnamedHeader.isLikely(features.map(\.name))
            ? "; the names are numbers: is the header missing?" : ""))
    }
  }

  /// Compares every feature; those that are gone are left out or have no current side.
  private func compare(with current: CurrentData, progress: (Double) throws -> Void) throws
    -> [FeatureComparison]
  {
    let ignoresMissing = configuration.effectiveMissingFeatures == .ignore
    let compared = features.indices.filter { !ignoresMissing || current.profiles[$0] != nil }
    let nearest = nearestNames(in: current)
    return try Workers.map(
      count: compared.count, threads: configuration.threads,
      progress: { try progress(Double($0) / Double(compared.count)) }
    ) { [configuration] index in
      let feature = features[compared[index]]
      guard let profile = current.profiles[compared[index]] else {
        var gone = FeatureResult(
          name: feature.name, kind: feature.kind, baseline: feature.profile.summary, current: nil)
        gone.nearestName = nearest[compared[index]]
        return FeatureComparison(gone)
      }
      return feature.compare(with: profile, configuration: configuration)
    }
  }
}
