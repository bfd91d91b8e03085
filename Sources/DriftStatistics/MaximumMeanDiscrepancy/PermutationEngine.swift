/// Chooses how the sums of a test are computed: precision, and rows or units.
struct PermutationEngine {
  let rows: Standardisation
  let units: PermutationUnits
  let memberships: Memberships
  /// The kernels' widths, ascending.
  let widths: [Double]
  let options: MaximumMeanDiscrepancy.Options

  /// The widths of kernels whose exponents are finite numbers in single precision.
  static let singleWidths = 1e-12...1e12
  /// Up to this many rows double precision costs next to nothing.
  static let smallRowCount = 512

  /// The sums of a shard of the work, for each kernel.
  func sums(of shard: MaximumMeanDiscrepancy.Shard, progress: (Double) throws -> Void) throws
    -> [KernelSums]
  {
    let isExtreme = !widths.allSatisfy(Self.singleWidths.contains)
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
  ) throws -> [KernelSums] {
    let family = KernelFamily(widths: widths)
    let blocks = RowBlocks(
      values: rows.values, rowCount: rows.rowCount, columnCount: rows.columnCount,
      scale: family.scale, loops: KernelLoops(options.instructionSet))
    if units.areRows {
      return try RowPermutationSums.compute(
        way, rows: blocks, firstCount: units.baselineCount, kernels: family,
        memberships: memberships, tileBlocks: options.tileBlocks, shard: shard,
        threads: options.threads, progress: progress)
    }
    return try UnitPermutationSums.compute(
      Sums.Scalar.self, rows: blocks, units: units, kernels: family, memberships: memberships,
      tileBlocks: options.tileBlocks, shard: shard, threads: options.threads, progress: progress)
  }
}
