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
  /// The kernels' widths in the units of the standardised rows, ascending; none when all rows are
  /// equal.
  package let widths: [Double]
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
    // It takes several passes; what is reported only ever grows.
    var furthest = 0.0
    widths = try KernelWidths.all(of: rows, options: options) {
      furthest = max(furthest, $0)
      try progress(furthest)
    }
    columnNames = names.isEmpty ? [] : rows.columns.map { names[$0] }
    self.plan = plan
    self.rows = rows
    self.options = options
  }

  /// The sums of a shard of each kernel's matrix; those of all shards add up to those of the whole.
  /// - Throws: What `progress` throws.
  package func sums(of shard: MaximumMeanDiscrepancy.Shard, progress: (Double) throws -> Void)
    throws
    -> [KernelSums]
  {
    var whole: [KernelSums] = []
    guard !widths.isEmpty else { return whole }
    try forEachBatch(of: shard, progress: progress) { sums, _ in
      guard !whole.isEmpty else {
        whole = sums
        for kernel in whole.indices { whole[kernel].reserve(permutations.count) }
        return
      }
      for kernel in whole.indices { whole[kernel].append(sums[kernel]) }
    }
    return whole
  }

  /// The statistics of all permutations; nil when all rows are equal.
  /// - Throws: What `progress` throws.
  package func null(progress: (Double) throws -> Void) throws -> PermutationNull? {
    guard !widths.isEmpty else { return nil }
    var null = PermutationNull(permutations, kernels: widths.count)
    try forEachBatch(of: .whole, progress: progress) { null.add($0, $1) }
    return null
  }

  /// The statistics of all permutations from the sums of the whole kernel matrices; nil when all rows
  /// are equal.
  package func null(of sums: [KernelSums]) throws -> PermutationNull? {
    guard !widths.isEmpty else { return nil }
    var null = PermutationNull(permutations, kernels: widths.count)
    if null.needsMemberships {
      for batch in batches {
        null.add(sums.map { $0[batch] }, try memberships(of: batch) {})
      }
    } else {
      null.add(sums, nil)
    }
    return null
  }

  private var batches: [Range<Int>] {
    permutations.batches(
      bytes: options.permutationBytes, threads: options.threads, kernels: widths.count)
  }

  func memberships(of batch: Range<Int>, _ progress: () throws -> Void) throws
    -> Memberships
  {
    try Memberships(
      permutations, batch, threads: options.threads, progress: { _ in try progress() })
  }

  /// Computes the sums of some permutations after the other. Kernels are computed anew for each batch,
  /// which costs little beside its sums.
  private func forEachBatch(
    of shard: MaximumMeanDiscrepancy.Shard, progress: (Double) throws -> Void,
    _ body: ([KernelSums], Memberships) -> Void
  ) throws {
    let batches = batches
    for (index, batch) in batches.enumerated() {
      func report(_ share: Double) throws {
        try progress((Double(index) + share) / Double(batches.count))
      }
      let memberships = try memberships(of: batch) { try report(0) }
      let engine = PermutationEngine(
        rows: rows, units: plan.units, memberships: memberships, widths: widths, options: options)
      body(try engine.sums(of: shard, progress: report), memberships)
    }
  }
}
