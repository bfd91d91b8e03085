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

  /// Each kernel, one after the other, summed over (unit of the band, unit of the band or behind it):
  /// `units.count` x (`unitCount` - `units.lowerBound`), row-major. Pairs of rows of one unit count
  /// in both orders, others once.
  func sums<Scalar: KernelScalar>(
    _ buffers: BlockBuffers<Scalar>, rows: RowBlocks, unitOfRow: [Int32], unitCount: Int,
    kernels: KernelFamily
  ) -> [Int64] {
    let width = unitCount - units.lowerBound
    let area = units.count * width
    var sums = [Int64](repeating: 0, count: kernels.members.count * area)
    sums.withUnsafeMutableBufferPointer { sums in
      unitOfRow.withUnsafeBufferPointer { unitOfRow in
        guard let unitOfRow = unitOfRow.baseAddress, let sums = sums.baseAddress else { return }
        for j in blocks.lowerBound..<rows.blockCount {
          for i in blocks where i <= j {
            Scalar.distances(rows, i, j, buffers)
            Scalar.addUnitSums(
              kernels, i, j, of: rows, buffers, unitOfRow: unitOfRow, firstUnit: units.lowerBound,
              stride: width, into: sums, area: area)
          }
        }
      }
    }
    return sums
  }
}
