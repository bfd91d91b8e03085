internal import DriftColumns
internal import DriftSummaries

/// A test up to the sums over its kernel matrix: what is known without comparing all rows with all
/// others.
///
/// Every process that works on a shard of the matrix makes it anew from rows and options, and gets
/// the same bytes.
package struct KernelTest: Sendable {
  package let plan: PermutationPlan
  package let rows: Standardisation
  package let permutations: PermutationSet
  /// The kernel's width in the units of the standardised rows; 0 when all rows are equal.
  package let sigma: Double
  package let options: MaximumMeanDiscrepancy.Options
  /// The names of the columns that take part; empty when the columns have none.
  package let columnNames: [String]

  /// - Parameters:
  ///   - baseline: n rows.
  ///   - current: m rows of the same columns.
  ///   - names: The names of the columns; empty for none.
  ///   - options: How the test is made.
  ///   - progress: Called with the share done.
  /// - Throws: `StatisticsError` for too few rows, differing columns or options out of range; what
  ///   `progress` throws.
  package init(
    baseline: SampleMatrix, current: SampleMatrix, columnNames names: [String] = [],
    options: MaximumMeanDiscrepancy.Options, progress: (Double) throws -> Void
  ) throws {
    try options.validate()
    var options = options
    options.threads = ProductThreads.most(options.threads)
    guard baseline.columnCount == current.columnCount else {
      throw StatisticsError(
        code: .invalidArgument,
        message: "the baseline has \(baseline.columnCount) columns, the current sample "
          + "\(current.columnCount)")
    }
    guard baseline.rowCount >= 2, current.rowCount >= 2 else {
      throw StatisticsError(
        code: .insufficientData,
        message: "\(baseline.rowCount) and \(current.rowCount) rows; each sample needs at least 2")
    }
    let plan = PermutationPlan(
      baseline: baseline.rowCount, current: current.rowCount, options: options)
    let rows = try Standardisation(
      baseline: baseline.selecting(rows: plan.baselineRows),
      current: current.selecting(rows: plan.currentRows), scale: options.scale,
      threads: options.threads)
    permutations = PermutationSet(
      units: plan.units, permutations: options.permutations, seed: options.seed)
    // The median takes several passes; what is reported only ever grows.
    var furthest = 0.0
    sigma = try Self.sigma(rows: rows, options: options) {
      furthest = max(furthest, $0)
      try progress(furthest)
    }
    columnNames = names.isEmpty ? [] : rows.columns.map { names[$0] }
    self.plan = plan
    self.rows = rows
    self.options = options
  }

  /// The sums of a shard of the kernel matrix; those of all shards add up to those of the whole.
  /// - Throws: What `progress` throws.
  package func sums(of shard: MaximumMeanDiscrepancy.Shard, progress: (Double) throws -> Void)
    throws
    -> KernelSums
  {
    guard sigma > 0 else { return .none(permutations: permutations.count) }
    var whole: KernelSums?
    try forEachBatch(of: shard, progress: progress) { sums, _ in
      guard whole != nil else {
        whole = sums
        whole?.reserve(permutations.count)
        return
      }
      whole?.append(sums)
    }
    return whole ?? .none(permutations: permutations.count)
  }

  /// The statistics of all permutations; nil when all rows are equal.
  /// - Throws: What `progress` throws.
  package func null(progress: (Double) throws -> Void) throws -> PermutationNull? {
    guard sigma > 0 else { return nil }
    var null = PermutationNull(permutations)
    try forEachBatch(of: .whole, progress: progress) { null.add($0, $1) }
    return null
  }

  /// The statistics of all permutations from the sums of the whole kernel matrix; nil when all rows
  /// are equal.
  package func null(of sums: KernelSums) throws -> PermutationNull? {
    guard sigma > 0 else { return nil }
    var null = PermutationNull(permutations)
    if null.needsMemberships {
      for batch in batches { null.add(sums[batch], try memberships(of: batch) {}) }
    } else {
      null.add(sums, nil)
    }
    return null
  }

  private var batches: [Range<Int>] {
    permutations.batches(bytes: options.permutationBytes, threads: options.threads)
  }

  private func memberships(of batch: Range<Int>, _ progress: () throws -> Void) throws
    -> Memberships
  {
    try Memberships(
      permutations, batch, threads: options.threads, progress: { _ in try progress() })
  }

  /// Computes the sums of some permutations after the other. The kernel is computed anew for each batch,
  /// which costs little beside its sums.
  private func forEachBatch(
    of shard: MaximumMeanDiscrepancy.Shard, progress: (Double) throws -> Void,
    _ body: (KernelSums, Memberships) -> Void
  ) throws {
    let batches = batches
    for (index, batch) in batches.enumerated() {
      func report(_ share: Double) throws {
        try progress((Double(index) + share) / Double(batches.count))
      }
      let memberships = try memberships(of: batch) { try report(0) }
      let engine = PermutationEngine(
        rows: rows, units: plan.units, memberships: memberships, sigma: sigma, options: options)
      body(try engine.sums(of: shard, progress: report), memberships)
    }
  }

  /// sigma in the units of the standardised rows.
  private static func sigma(
    rows: Standardisation, options: MaximumMeanDiscrepancy.Options,
    progress: (Double) throws -> Void
  ) throws -> Double {
    if case .fixed(let sigma) = options.bandwidth {
      guard rows.columnCount > 0 else { return 0 }
      return min(max(sigma / rows.unit, .leastNormalMagnitude), .greatestFiniteMagnitude)
    }
    // Label-blind: drawn from the pooled rows.
    let chosen = Sampling.sample(
      bandwidthRows, of: rows.rowCount, seed: options.seed, stream: 0, purpose: .bandwidthSample)
    var values = rows.values
    if chosen.count < rows.rowCount {
      values = chosen.flatMap {
        rows.values[($0 * rows.columnCount)..<(($0 + 1) * rows.columnCount)]
      }
    }
    let blocks = RowBlocks(
      values: values, rowCount: chosen.count, columnCount: rows.columnCount,
      loops: KernelLoops(options.instructionSet))
    let median = MedianDistance(rows: blocks, options: options)
    return (try median.value(progress: progress) / 2).squareRoot()
  }

  /// The most rows whose distances decide the bandwidth.
  static let bandwidthRows = 5_000
}
