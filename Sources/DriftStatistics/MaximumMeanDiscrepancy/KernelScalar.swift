internal import CDriftKernels
internal import COpenBLAS

/// Single or double precision, for the parts of the engine that exist in both.
///
/// Every product is at most 64 x 64 x 64. OpenBLAS runs products of up to 2^18 multiplications on the
/// thread that asks for them (`GEMM_MULTITHREAD_THRESHOLD`), whatever the number of threads that the
/// process gave it: workers of ours are then the only parallelism, no core is asked for
/// twice, and no setting of the host's has to be touched. A test holds it to that.
protocol KernelScalar: BinaryFloatingPoint, Sendable {
  /// Kernel values as integers.
  associatedtype Fixed: FixedWidthInteger & SignedInteger & Sendable
  /// Kernel values are held in units of 2^-fineBits ...
  static var fineBits: Int { get }
  /// ... and multiplied with memberships in units of 2^-productBits.
  static var productBits: Int { get }

  /// c = a b, or c += a b: m x k times k x n, all row-major.
  static func multiply(
    _ a: UnsafePointer<Self>, strideA: Int, _ b: UnsafePointer<Self>, strideB: Int,
    m: Int, n: Int, k: Int, adding: Bool, into c: UnsafeMutablePointer<Self>)

  /// The inner products of two blocks of rows; or those added to what is there.
  static func innerProducts(
    _ rows: RowBlocks, _ i: Int, _ j: Int, adding: Bool, into products: UnsafeMutablePointer<Self>)
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
  /// Adds the kernels of a pair of blocks whose `distances` were computed, summed over units, to the sums of
  /// each, which begin `area` behind each other.
  static func addUnitSums(
    _ kernels: KernelFamily, _ i: Int, _ j: Int, of rows: RowBlocks,
    _ buffers: BlockBuffers<Self>, unitOfRow: UnsafePointer<Int32>, firstUnit: Int, stride: Int,
    into sums: UnsafeMutablePointer<Int64>, area: Int)
  static func expandMembers(
    _ bits: UnsafePointer<UInt64>, count: Int, into members: UnsafeMutablePointer<Self>,
    _ loops: KernelLoops)
  static func memberTotals(
    _ partial: UnsafePointer<Self>, _ members: UnsafePointer<Self>, rows: Int, weight: Int64,
    into totals: UnsafeMutablePointer<Int64>, _ loops: KernelLoops)
}

extension KernelScalar {
  /// What the kernel values of a pair of blocks follow from, whichever the kernel.
  static func distances(_ rows: RowBlocks, _ i: Int, _ j: Int, _ buffers: BlockBuffers<Self>) {
    let adding = beginProducts(rows, i, j, in: buffers.products)
    innerProducts(rows, i, j, adding: adding, into: buffers.products)
  }

  /// The kernel values of a pair of blocks whose `distances` were computed.
  static func kernel(
    _ rows: RowBlocks, _ i: Int, _ j: Int, _ member: KernelFamily.Member,
    _ buffers: BlockBuffers<Self>
  ) {
    kernelBlock(buffers.products, i, j, of: rows, member, into: buffers.kernel)
  }
}
