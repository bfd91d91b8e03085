internal import DriftColumns
internal import DriftStatistics

/// The kernel two-sample test of a check: over the numeric features that have data on both sides.
extension DriftDetector {
  /// The share of the test's progress at which its causes begin, where they are looked for.
  package static let causesBegin = 0.9
  private static let separabilityBegins = 0.8

  private static let dependenceBegins = 0.85

  /// Runs the tests of all features together, or finishes the kernel test where all its sums are given.
  ///
  /// - Returns: Nil for a test that is switched off or has nothing to test.
  /// - Throws: ``PartialSumsError`` for sums of another test; what `progress` throws.
  func testDiscrepancy(
    of current: CurrentData, _ partialSums: MaximumMeanDiscrepancy.PartialSums?,
    progress: (Double) throws -> Void
  ) throws -> JointOutcomes {
    guard let samples = try discrepancySamples(current) else {
      guard partialSums == nil else {
        throw PartialSumsError(
          .otherTest, "there is nothing that its sums could be of: \(noTest(current))")
      }
      return JointOutcomes()
    }
    let kernel = try kernelTest(samples) { try progress(0.1 * $0) }
    let null =
      if let partialSums {
        try kernel.null(of: partialSums.whole(of: kernel))
      } else {
        try kernel.null { try progress(0.1 + (Self.separabilityBegins - 0.1) * $0) }
      }
    var test = try MaximumMeanDiscrepancy(kernel, null: null) {
      try progress(
        Self.separabilityBegins + (Self.dependenceBegins - Self.separabilityBegins) * $0)
    }
    let dependence = try dependenceChange(samples, kernel) {
      try progress(Self.dependenceBegins + (Self.causesBegin - Self.dependenceBegins) * $0)
    }
    let adjusted = PValueAdjustment.holm.adjust(
      [test.pValue] + (dependence.map { [$0.pValue] } ?? []))
    let policy = VerdictPolicy(configuration: configuration)
    let limits = DiscrepancyEntry.limits
    let status = configuration.thresholds.status(
      limits, effect: test.separability, adjustedPValue: adjusted[0])
    var causes: DiscrepancyCauses?
    if status == .fail {
      let attribution = try test.attribution(
        baseline: samples.baseline, current: samples.current, plan: kernel.plan, rows: kernel.rows,
        options: kernel.options,
        progress: { try progress(Self.causesBegin + (1 - Self.causesBegin) * $0) })
      causes = DiscrepancyCauses(attribution, names: samples.names, rows: samples.currentRows)
    }
    try progress(1)
    // The rows were thinned out before the test saw them.
    test.isSampled = samples.isSampled
    return JointOutcomes(
      discrepancy: DiscrepancyOutcome(
        test: test, features: kernel.columnNames, adjustedPValue: adjusted[0], status: status,
        causes: causes,
        finding: policy.jointFinding(
          .maximumMeanDiscrepancy, status, observed: test.separability,
          limits: configuration.thresholds[limits], adjustedPValue: adjusted[0])),
      dependence: dependence.map {
        DependenceOutcome($0, names: samples.names, adjustedPValue: adjusted[1], policy: policy)
      })
  }

  private func dependenceChange(
    _ samples: Samples, _ kernel: KernelTest, progress: (Double) throws -> Void
  ) throws -> DependenceChange? {
    guard var options = configuration.dependence else { return nil }
    options.level = configuration.thresholds.warnAlpha
    return try DependenceChange(
      baseline: samples.baseline, current: samples.current, kernel: kernel, options: options,
      progress: progress)
  }

  /// Computes one shard of the sums of the kernel two-sample test, which is the part of a check that
  /// takes long with many rows, for `check` to finish it.
  ///
  /// - Parameters:
  ///   - current: The data to check.
  ///   - shard: The part of the work.
  ///   - progress: As for `check`.
  /// - Returns: The sums, to be sent to whoever checks the same data by the same configuration.
  /// - Throws: `DriftError` as `check` does, and when there is nothing to test; what `progress`
  ///   throws.
  /// - Complexity: That of ``MaximumMeanDiscrepancy/PartialSums``, and O(m) a feature.
  public func partialSums(
    of current: Dataset, shard: MaximumMeanDiscrepancy.Shard,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> MaximumMeanDiscrepancy.PartialSums {
    try partialSums(
      of: currentData(current) { try progress(0.1 * $0) }, shard: shard,
      progress: { try progress(0.1 + 0.9 * $0) })
  }

  /// The same for current data that were profiled before.
  public func partialSums(
    of current: DatasetProfile, shard: MaximumMeanDiscrepancy.Shard,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> MaximumMeanDiscrepancy.PartialSums {
    try partialSums(of: currentData(current), shard: shard, progress: progress)
  }

  private func partialSums(
    of current: CurrentData, shard: MaximumMeanDiscrepancy.Shard,
    progress: (Double) throws -> Void = { _ in }
  ) throws -> MaximumMeanDiscrepancy.PartialSums {
    guard let samples = try discrepancySamples(current) else {
      throw DriftError(.invalidData, noTest(current))
    }
    let kernel = try kernelTest(samples) { try progress(0.1 * $0) }
    return try MaximumMeanDiscrepancy.PartialSums(kernel, shard: shard) {
      try progress(0.1 + 0.9 * $0)
    }
  }

  /// How many rows of both sides together, and how many features, the test compares at most: what it takes
  /// in memory.
  package func discrepancySize(of current: DatasetProfile) -> (rows: Int, features: Int) {
    guard let options = configuration.maximumMeanDiscrepancy, let sample,
      let currentSample = current.sample
    else { return (0, 0) }
    let rows = [sample.columns.first?.values.count ?? 0, currentSample.rows.count].map {
      min(options.maximumRows, $0)
    }
    return (rows[0] + rows[1], sample.columns.count)
  }

  /// The rows of both sides, of the features that take part.
  private struct Samples {
    let names: [String]
    let baseline: SampleMatrix
    let current: SampleMatrix
    /// Where the current rows are in their table; nil when that is not known.
    let currentRows: [Int]?
    let isSampled: Bool
  }

  /// Nil when the test is switched off or there is nothing to test.
  private func discrepancySamples(_ current: CurrentData) throws(StatisticsError) -> Samples? {
    guard configuration.maximumMeanDiscrepancy != nil, let sample,
      let currentSample = current.sample
    else { return nil }
    let usable = jointFeatures(current)
    let before = sample.columns.filter { usable.contains(Level($0.name)) }
    let after = currentSample.columns.filter { usable.contains(Level($0.name)) }
    guard !before.isEmpty, rowCount >= 2, current.rowCount >= 2 else { return nil }
    return Samples(
      names: before.map(\.name), baseline: try SampleMatrix(columns: before.map(\.values)),
      current: try SampleMatrix(columns: after.map(\.values)), currentRows: currentSample.rows,
      isSampled: sample.isSampled || currentSample.isSampled)
  }

  private func kernelTest(_ samples: Samples, progress: (Double) throws -> Void) throws
    -> KernelTest
  {
    var options = configuration.maximumMeanDiscrepancy ?? .init()
    options.threads = configuration.threads
    options.instructionSet = configuration.instructionSet
    return try KernelTest(
      baseline: samples.baseline, current: samples.current, columnNames: samples.names,
      options: options, progress: progress)
  }

  /// Why there is no test.
  private func noTest(_ current: CurrentData) -> String {
    if configuration.maximumMeanDiscrepancy == nil { return "MMD is switched off" }
    if sample == nil || current.sample == nil { return "a profile holds no rows for MMD" }
    return "MMD needs a numeric feature\(thatGates) and 2 rows on both sides"
  }
}
