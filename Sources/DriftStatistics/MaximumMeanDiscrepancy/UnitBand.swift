/// Some consecutive blocks of rows with all blocks behind them, summed over units.
///
/// What a band adds up is linear in the kernel, so a unit may go on in the next band.
struct UnitBand: Sendable {
  let blocks: Range<Int>
  /// The units of the rows of these blocks.
  let units: Range<Int>

  /// The most blocks of a band, and the most sums that one holds: memory against speed.
  private static let mostBlocks = 8
  private static let mostSums = 1 << 22

  /// Cuts the rows into bands; the cuts depend on the units and the number of kernels alone.
  static func bands(rows: RowBlocks, unitOfRow: [Int32], unitCount: Int, kernels: Int)
    -> [UnitBand]
  {
    var bands: [UnitBand] = []
    var first = 0
    func units(_ blocks: Range<Int>) -> Range<Int> {
      let last = min(rows.start(blocks.upperBound), rows.rowCount) - 1
      return Int(unitOfRow[rows.start(blocks.lowerBound)])..<(Int(unitOfRow[last]) + 1)
    }
    for block in 1...rows.blockCount {
      let isFull =
        block - first == mostBlocks || block == rows.blockCount
        || units(first..<(block + 1)).count * unitCount * kernels > mostSums
      guard isFull else { continue }
      bands.append(UnitBand(blocks: first..<block, units: units(first..<block)))
      first = block
    }
    return bands
  }

  /// Each kernel summed over (unit of the band, unit of the band or behind it):
  /// `units.count` x (`unitCount` - `units.lowerBound`), row-major. Pairs of rows of one unit count
  /// in both orders, others once.
  func sums<Scalar: KernelScalar>(
    _ buffers: BlockBuffers<Scalar>, rows: RowBlocks, unitOfRow: [Int32], unitCount: Int,
    kernels: KernelFamily
  ) -> [[Int64]] {
    let width = unitCount - units.lowerBound
    var sums = kernels.members.map { _ in [Int64](repeating: 0, count: units.count * width) }
    let most = Scalar.mostBlocks(rows)
    unitOfRow.withUnsafeBufferPointer { unitOfRow in
      guard let unitOfRow = unitOfRow.baseAddress else { return }
      for first in stride(from: blocks.lowerBound, to: blocks.upperBound, by: most) {
        for j in first..<rows.blockCount {
          let some = first..<min(first + most, blocks.upperBound, j + 1)
          Scalar.distances(rows, some, j, buffers)
          for (kernel, member) in kernels.members.enumerated() {
            Scalar.kernel(rows, some, j, member, buffers)
            sums[kernel].withUnsafeMutableBufferPointer { sums in
              guard let sums = sums.baseAddress else { return }
              for (place, i) in some.enumerated() {
                Scalar.unitSums(
                  buffers.kernel + place * RowBlocks.blockArea, rows: rows.size(i),
                  columns: rows.size(j), rowUnits: unitOfRow + rows.start(i),
                  columnUnits: unitOfRow + rows.start(j), firstUnit: units.lowerBound,
                  stride: width, mirrored: i != j, into: sums, rows.loops)
              }
            }
          }
        }
      }
    }
    return sums
  }
}
