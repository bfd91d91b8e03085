internal import CDriftKernels
internal import COpenBLAS

/// Single or double precision, for the parts of the engine that exist in both.
///
/// Every product is at most 64 x 64 x 64, or 128 x 64 x 32. OpenBLAS runs products of up to 2^18 multiplications on
/// the thread that asks for them (`GEMM_MULTITHREAD_THRESHOLD`), whatever the number of threads
/// that the process gave it: workers of ours are then the only parallelism, no core is asked for
/// twice, and no setting of the host's has to be touched. A test holds it to that.
protocol KernelScalar: BinaryFloatingPoint, Sendable {
  /// Kernel values as integers.
  associatedtype Fixed: FixedWidthInteger & SignedInteger & Sendable
  /// Kernel values are held in units of 2^-fineBits ...
  static var fineBits: Int { get }
  /// ... and multiplied with memberships in units of 2^-productBits.
  static var productBits: Int { get }

  /// c = a b, or c += a b: m x k times k x n, or n x k transposed, all row-major.
  static func multiply(
    _ a: UnsafePointer<Self>, strideA: Int, _ b: UnsafePointer<Self>, strideB: Int,
    transposed: Bool, m: Int, n: Int, k: Int, adding: Bool, into c: UnsafeMutablePointer<Self>)

  static func rows(of rows: RowBlocks) -> UnsafePointer<Self>
  /// Sets up memory that the inner products of two blocks are to be added to; false when they are
  /// not to be added to anything.
  static func beginProducts(
    _ rows: RowBlocks, _ i: Int, _ j: Int, in products: UnsafeMutablePointer<Self>
  ) -> Bool
  static func kernelBlock(
    _ products: UnsafePointer<Self>, _ i: Int, _ j: Int, of rows: RowBlocks,
    _ member: KernelFamily.Member, into kernel: UnsafeMutablePointer<Fixed>)
  static func productBlock(
    _ kernel: UnsafePointer<Fixed>, rows: Int, columns: Int,
    into product: UnsafeMutablePointer<Self>, rowSums: UnsafeMutablePointer<Int64>,
    columnSums: UnsafeMutablePointer<Int64>, _ loops: KernelLoops)
  static func sampleTotals(
    _ kernel: UnsafePointer<Fixed>, rows: Int, columns: Int, rowSplit: Int, columnSplit: Int,
    into totals: UnsafeMutablePointer<Int64>, _ loops: KernelLoops)
  static func sideSums(
    _ kernel: UnsafePointer<Fixed>, rows: Int, columns: Int, rowSplit: Int, columnSplit: Int,
    rowSums: UnsafeMutablePointer<Int64>, columnSums: UnsafeMutablePointer<Int64>,
    _ loops: KernelLoops)
  static func unitSums(
    _ kernel: UnsafePointer<Fixed>, rows: Int, columns: Int, rowUnits: UnsafePointer<Int32>,
    columnUnits: UnsafePointer<Int32>, firstUnit: Int, stride: Int, mirrored: Bool,
    into sums: UnsafeMutablePointer<Int64>, _ loops: KernelLoops)
  static func expandMembers(
    _ bits: UnsafePointer<UInt64>, count: Int, into members: UnsafeMutablePointer<Self>,
    _ loops: KernelLoops)
  static func memberTotals(
    _ partial: UnsafePointer<Self>, _ members: UnsafePointer<Self>, rows: Int, weight: Int64,
    into totals: UnsafeMutablePointer<Int64>, _ loops: KernelLoops)
}

extension KernelScalar {
  /// The inner products of consecutive blocks of rows with one block, below each other; or those
  /// added to what is there.
  static func innerProducts(
    _ rows: RowBlocks, _ i: Range<Int>, _ j: Int, adding: Bool,
    into products: UnsafeMutablePointer<Self>
  ) {
    let width = rows.columnCount
    let a = Self.rows(of: rows) + rows.start(i.lowerBound) * width
    let b = Self.rows(of: rows) + rows.start(j) * width
    let height = rows.start(i.count - 1) + rows.size(i.upperBound - 1)
    for first in stride(from: 0, to: width, by: RowBlocks.blockSize) {
      multiply(
        a + first, strideA: width, b + first, strideB: width, transposed: true,
        m: height, n: rows.size(j), k: min(RowBlocks.blockSize, width - first),
        adding: adding || first > 0, into: products)
    }
  }

  /// How many blocks of rows one product can take.
  static func mostBlocks(_ rows: RowBlocks) -> Int {
    rows.columnCount <= RowBlocks.blockSize / BlockBuffers<Self>.productBlocks
      ? BlockBuffers<Self>.productBlocks : 1
  }

  /// What the kernel values of up to `mostBlocks` consecutive blocks of rows with one block follow
  /// from, whichever the kernel.
  static func distances(
    _ rows: RowBlocks, _ i: Range<Int>, _ j: Int, _ buffers: BlockBuffers<Self>
  ) {
    var adding = false
    for (place, block) in i.enumerated() {
      adding = beginProducts(rows, block, j, in: buffers.products + place * RowBlocks.blockArea)
    }
    innerProducts(rows, i, j, adding: adding, into: buffers.products)
  }

  /// The kernel values of the blocks whose `distances` were computed.
  static func kernel(
    _ rows: RowBlocks, _ i: Range<Int>, _ j: Int, _ member: KernelFamily.Member,
    _ buffers: BlockBuffers<Self>
  ) {
    for (place, block) in i.enumerated() {
      let start = place * RowBlocks.blockArea
      kernelBlock(
        buffers.products + start, block, j, of: rows, member, into: buffers.kernel + start)
    }
  }
}
