/// Chooses how the sums of a test are computed: precision, and rows or units.
struct PermutationEngine {
  let rows: Standardisation
  let units: PermutationUnits
  let memberships: Memberships
  let sigma: Double
  let options: MaximumMeanDiscrepancy.Options

  /// The widths of kernels whose exponents are finite numbers in single precision.
  static let singleWidths = 1e-12...1e12
  /// Up to this many rows double precision costs next to nothing.
  static let smallRowCount = 512

  /// The sums of a shard of the work.
  func sums(of shard: MaximumMeanDiscrepancy.Shard, progress: (Double) throws -> Void) throws
    -> KernelSums
  {
    let isExtreme = !Self.singleWidths.contains(sigma)
    let isSmall = rows.rowCount <= Self.smallRowCount || memberships.isExhaustive
    if options.precision == .double || isSmall || isExtreme {
      return try sums(PermutationProduct<Double>.self, shard, progress: progress)
    }
    switch options.permutationSums {
    case .lookup: return try sums(PermutationLookup.self, shard, progress: progress)
    case .product: return try sums(PermutationProduct<Float>.self, shard, progress: progress)
    }
  }

  private func sums<Sums: TileSums>(
    _ way: Sums.Type, _ shard: MaximumMeanDiscrepancy.Shard, progress: (Double) throws -> Void
  ) throws -> KernelSums {
    // Held to finite numbers: 0 * gamma must be 0 even for the narrowest of kernels.
    let gamma = min(max(0.5 / sigma / sigma, .leastNormalMagnitude), 1e300)
    // Kernel values are powers of two of the products of rows in single precision.
    let blocks = RowBlocks(
      values: rows.values, rowCount: rows.rowCount, columnCount: rows.columnCount,
      scale: (2 * gamma * 1.4426950408889634).squareRoot(),
      loops: KernelLoops(options.instructionSet))
    if units.areRows {
      return try RowPermutationSums.compute(
        way, rows: blocks, firstCount: units.baselineCount, gamma: gamma,
        memberships: memberships, tileBlocks: options.tileBlocks, shard: shard,
        threads: options.threads, progress: progress)
    }
    return try UnitPermutationSums.compute(
      Sums.Scalar.self, rows: blocks, units: units, gamma: gamma, memberships: memberships,
      tileBlocks: options.tileBlocks, shard: shard, threads: options.threads, progress: progress)
  }
}
