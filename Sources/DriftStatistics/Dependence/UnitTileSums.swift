internal import CDriftKernels

/// Sums of products of up to 64 pairs of columns over the rows of the first sample, for many
/// permutations.
///
/// `@unchecked Sendable`: a worker has its own, nobody else sees it until the worker has ended.
final class UnitTileSums: @unchecked Sendable {
  private let permutations: Int
  private let loops: KernelLoops
  /// A row a permutation, a column a pair.
  private let sums: UnsafeMutablePointer<Double>
  /// The sums over the units of a block: a row a pair, a column a unit.
  private let units: UnsafeMutablePointer<Double>
  private let scratch: UnsafeMutablePointer<Double>
  private let row: UnsafeMutablePointer<Double>

  private static let size = RowBlocks.blockSize

  init(permutations: Int, loops: KernelLoops) {
    self.permutations = permutations
    self.loops = loops
    sums = .zeros(permutations * Self.size)
    units = .zeros(RowBlocks.blockArea)
    scratch = .zeros(DRIFT_MEMBER_ROWS_SCRATCH)
    row = .zeros(permutations)
  }

  deinit {
    sums.deallocate()
    units.deallocate()
    scratch.deallocate()
    row.deallocate()
  }

  /// Computes the sums of some pairs of columns, 64 at most.
  ///
  /// - Parameters:
  ///   - columns: The pairs.
  ///   - starts: Where the rows of each unit begin, and where the last one ends.
  ///   - memberships: Who belongs to the first sample.
  /// - Returns: The sum of each pair over all rows.
  func compute(
    columns: [([Double], [Double])], starts: [Int32], memberships: Memberships
  ) -> [Double] {
    var totals = [Double](repeating: 0, count: columns.count)
    let count = starts.count - 1
    sums.update(repeating: 0, count: permutations * Self.size)
    starts.withUnsafeBufferPointer { starts in
      guard let starts = starts.baseAddress else { return }
      for block in 0..<((count + Self.size - 1) / Self.size) {
        let first = block * Self.size
        let some = Int32(min(Self.size, count - first))
        for (place, pair) in columns.enumerated() {
          totals[place] += loops.c.unit_products(
            pair.0, pair.1, starts + first, some, units + place * Self.size)
        }
        loops.c.member_rows(
          units, Int32(columns.count), memberships.block(block), Int64(permutations), scratch, sums)
      }
    }
    return totals
  }

  /// Calls `body` with the sums of a pair, one a permutation.
  func withSums(_ place: Int, _ body: (UnsafePointer<Double>) -> Void) {
    for p in 0..<permutations { row[p] = sums[p * Self.size + place] }
    body(row)
  }
}
