/// A test up to the sums over its kernel matrix: what is known without comparing all rows with all
/// others.
///
/// Every process that works on a shard of the matrix makes it anew from rows and options, and gets
/// the same bytes.
struct KernelTest: Sendable {
  let plan: PermutationPlan
  let rows: Standardisation
  let memberships: Memberships
  /// The kernel's width in the units of the standardised rows; 0 when all rows are equal.
  let sigma: Double
  let options: MaximumMeanDiscrepancy.Options
  /// The names of the columns that take part; empty when the columns have none.
  let columnNames: [String]

  /// - Parameters:
  ///   - baseline: n rows.
  ///   - current: m rows of the same columns.
  ///   - names: The names of the columns; empty for none.
  ///   - options: How the test is made.
  ///   - progress: Called with the share done.
  /// - Throws: `StatisticsError` for too few rows, differing columns or options out of range; what
  ///   `progress` throws.
  init(
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
    // The shares are those of a large test of rows; only their order matters.
    memberships = try Memberships(
      units: plan.units, permutations: options.permutations, seed: options.seed,
      threads: options.threads, progress: { _ in try progress(0) })
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
  func sums(of shard: MaximumMeanDiscrepancy.Shard, progress: (Double) throws -> Void) throws
    -> KernelSums
  {
    guard sigma > 0 else { return .none(permutations: memberships.count) }
    let engine = PermutationEngine(
      rows: rows, units: plan.units, memberships: memberships, sigma: sigma, options: options)
    return try engine.sums(of: shard, progress: progress)
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
