internal import CDriftKernels

/// The rows of a test, cut into the blocks in which they are compared.
///
/// Blocks do not depend on threads or tiles, so every kernel value is computed by the same call
/// with the same neighbours, and has the same bytes, in every run.
///
/// `@unchecked Sendable`: the memory is filled in `init`, only read after it, and freed with the
/// last reference.
package final class RowBlocks: @unchecked Sendable {
  /// The most rows in a block.
  static let blockSize = DRIFT_BLOCK
  /// The elements of the buffer of one block.
  static let blockArea = blockSize * blockSize

  let rowCount: Int
  let columnCount: Int
  let loops: KernelLoops
  let rows: UnsafeMutablePointer<Double>
  /// The rows in single precision, scaled: by block, a column after the other of `blockSize` values each,
  /// those behind the last row 0.
  private let panels: UnsafeMutablePointer<Float>
  private let norms: UnsafeMutablePointer<Double>
  private let norms32: UnsafeMutablePointer<Float>

  /// - Parameters:
  ///   - values: The rows, row-major.
  ///   - count: How many rows there are.
  ///   - columnCount: How many values a row has.
  ///   - scale: What values are multiplied with before they are rounded to single precision.
  ///   - loops: The C loops that blocks are computed with.
  init(
    values: [Double], rowCount count: Int, columnCount: Int, scale: Double = 1, loops: KernelLoops
  ) {
    self.columnCount = columnCount
    self.loops = loops
    rowCount = count
    rows = .allocate(capacity: values.count)
    panels = .zeros((count + Self.blockSize - 1) / Self.blockSize * Self.blockSize * columnCount)
    norms = .allocate(capacity: count)
    // A whole block of norms can be read from any block's start.
    norms32 = .allocate(capacity: count + Self.blockSize)
    norms32.initialize(repeating: 0, count: count + Self.blockSize)
    values.withUnsafeBufferPointer { values in
      for index in values.indices { (rows + index).initialize(to: values[index]) }
    }
    for row in 0..<count {
      var norm = 0.0
      var norm32 = 0.0
      let block = row / Self.blockSize
      let panel = panels + block * Self.blockSize * columnCount + row % Self.blockSize
      for column in 0..<columnCount {
        let value = rows[row * columnCount + column]
        let single = Float(value * scale)
        norm += value * value
        norm32 += Double(single) * Double(single)
        panel[column * Self.blockSize] = single
      }
      (norms + row).initialize(to: norm)
      norms32[row] = Float(norm32)
    }
  }

  deinit {
    rows.deallocate()
    panels.deallocate()
    norms.deallocate()
    norms32.deallocate()
  }

  var blockCount: Int { (rowCount + Self.blockSize - 1) / Self.blockSize }

  /// Where a block begins.
  func start(_ block: Int) -> Int { block * Self.blockSize }

  /// How many rows a block has.
  func size(_ block: Int) -> Int { min(Self.blockSize, rowCount - start(block)) }

  /// The columns of a block in single precision; valid while the object lives.
  func panel(_ block: Int) -> UnsafePointer<Float> {
    UnsafePointer(panels + start(block) * columnCount)
  }

  /// A block as the C kernels take it; valid while the object lives.
  func side(_ block: Int) -> drift_side {
    let start = start(block)
    return drift_side(
      rows: rows + start * columnCount, norms: norms + start, norms32: norms32 + start,
      count: Int32(size(block)))
  }

  /// How many of a block's rows come before row `boundary`.
  func rows(of block: Int, before boundary: Int) -> Int {
    min(max(boundary - start(block), 0), size(block))
  }
}
