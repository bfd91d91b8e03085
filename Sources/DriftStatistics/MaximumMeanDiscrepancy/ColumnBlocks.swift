internal import CDriftKernels

/// Rows of a test column by column, in blocks of 64 rows, and scaled so that the kernel of two rows
/// is two to the power of minus their squared distance.
///
/// `@unchecked Sendable`: the memory is filled in `init`, only read after it, and freed with the
/// last reference.
final class ColumnBlocks: @unchecked Sendable {
  let count: Int
  private let width: Int
  private let values: UnsafeMutablePointer<Double>

  /// A kernel value of 1 in sums over pairs.
  static let unitsOfOne = Double(1 << DRIFT_PAIR_BITS)

  /// - Parameters:
  ///   - rows: The rows of the test.
  ///   - chosen: Which of them, in this order.
  ///   - scale: What they are multiplied with.
  init(_ rows: Standardisation, chosen: [Int], scale: Double) {
    count = chosen.count
    width = rows.columnCount
    let size = RowBlocks.blockSize
    values = .zeros((count + size - 1) / size * size * width)
    for (place, row) in chosen.enumerated() {
      let start = values + place / size * size * width + place % size
      for column in 0..<width {
        start[column * size] = rows.values[row * width + column] * scale
      }
    }
  }

  deinit { values.deallocate() }

  var blockCount: Int { (count + RowBlocks.blockSize - 1) / RowBlocks.blockSize }

  /// A block as the C loops take it; valid while the object lives.
  func block(_ index: Int) -> drift_columns {
    let first = index * RowBlocks.blockSize
    return drift_columns(
      values: values + first * width, count: Int32(min(RowBlocks.blockSize, count - first)),
      width: Int32(width))
  }

  /// The kernel of each row of another's first block with all rows of this, summed.
  func rowSums(of other: ColumnBlocks, _ loops: KernelLoops) -> [Int64] {
    var sums = [Int64](repeating: 0, count: RowBlocks.blockSize)
    var scratch = [Double](repeating: 0, count: 2 * RowBlocks.blockArea)
    for index in 0..<blockCount {
      loops.c.row_kernel_sums(other.block(0), block(index), &scratch, &sums)
    }
    return sums
  }
}
