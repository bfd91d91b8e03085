internal import CDriftKernels
internal import COpenBLAS

extension Float: KernelScalar {
  typealias Fixed = Int32

  static var fineBits: Int { DRIFT_FINE_BITS_F32 }
  static var productBits: Int { DRIFT_PRODUCT_BITS_F32 }

  static func multiply(
    _ a: UnsafePointer<Float>, strideA: Int, _ b: UnsafePointer<Float>, strideB: Int,
    m: Int, n: Int, k: Int, adding: Bool, into c: UnsafeMutablePointer<Float>
  ) {
    // OpenBLAS takes several times as long to clear a block.
    if !adding { c.update(repeating: 0, count: m * RowBlocks.blockSize) }
    cblas_sgemm(
      CInt(DRIFT_BLAS_ROW_MAJOR), CInt(DRIFT_BLAS_NO_TRANSPOSE), CInt(DRIFT_BLAS_NO_TRANSPOSE),
      CInt(m), CInt(n), CInt(k), 1, a, CInt(strideA), b, CInt(strideB),
      1, c, CInt(RowBlocks.blockSize))
  }

  /// By panels of columns: OpenBLAS has loops for small products that do not copy these.
  static func innerProducts(
    _ rows: RowBlocks, _ i: Int, _ j: Int, adding: Bool,
    into products: UnsafeMutablePointer<Float>
  ) {
    let size = RowBlocks.blockSize
    if !adding { products.update(repeating: 0, count: rows.size(i) * size) }
    let (a, b) = (rows.panel(i), rows.panel(j))
    for first in stride(from: 0, to: rows.columnCount, by: size) {
      cblas_sgemm(
        CInt(DRIFT_BLAS_ROW_MAJOR), CInt(DRIFT_BLAS_TRANSPOSE), CInt(DRIFT_BLAS_NO_TRANSPOSE),
        CInt(rows.size(i)), CInt(rows.size(j)), CInt(min(size, rows.columnCount - first)), 1,
        a + first * size, CInt(size), b + first * size, CInt(size), 1, products, CInt(size))
    }
  }

  static func beginProducts(
    _ rows: RowBlocks, _ i: Int, _ j: Int, in products: UnsafeMutablePointer<Float>
  ) -> Bool {
    rows.loops.c.exponents_f32(rows.side(i), rows.side(j), products)
    return true
  }

  static func kernelBlock(
    _ products: UnsafePointer<Float>, _ i: Int, _ j: Int, of rows: RowBlocks,
    _ member: KernelFamily.Member, into kernel: UnsafeMutablePointer<Int32>
  ) {
    rows.loops.c.kernel_block_f32(
      products, rows.side(i), rows.side(j), Int32(rows.columnCount), member.gamma, member.ratio,
      i == j ? 1 : 0, kernel)
  }

  static func productBlock(
    _ kernel: UnsafePointer<Int32>, rows: Int, columns: Int,
    into product: UnsafeMutablePointer<Float>, rowSums: UnsafeMutablePointer<Int64>,
    columnSums: UnsafeMutablePointer<Int64>, _ loops: KernelLoops
  ) {
    loops.c.product_block_f32(
      kernel, Int32(rows), Int32(columns), product, rowSums, columnSums)
  }

  static func sampleTotals(
    _ kernel: UnsafePointer<Int32>, rows: Int, columns: Int, rowSplit: Int, columnSplit: Int,
    into totals: UnsafeMutablePointer<Int64>, _ loops: KernelLoops
  ) {
    loops.c.sample_totals_i32(
      kernel, Int32(rows), Int32(columns), Int32(rowSplit), Int32(columnSplit), totals)
  }

  static func sideSums(
    _ kernel: UnsafePointer<Int32>, rows: Int, columns: Int, rowSplit: Int, columnSplit: Int,
    rowSums: UnsafeMutablePointer<Int64>, columnSums: UnsafeMutablePointer<Int64>,
    _ loops: KernelLoops
  ) {
    loops.c.side_sums_i32(
      kernel, Int32(rows), Int32(columns), Int32(rowSplit), Int32(columnSplit), rowSums, columnSums)
  }

  static func unitSums(
    _ kernel: UnsafePointer<Int32>, rows: Int, columns: Int, rowUnits: UnsafePointer<Int32>,
    columnUnits: UnsafePointer<Int32>, firstUnit: Int, stride: Int, mirrored: Bool,
    into sums: UnsafeMutablePointer<Int64>, _ loops: KernelLoops
  ) {
    loops.c.unit_sums_i32(
      kernel, Int32(rows), Int32(columns), rowUnits, columnUnits, Int32(firstUnit), Int64(stride),
      mirrored ? 1 : 0, sums)
  }

  static func addUnitSums(
    _ kernels: KernelFamily, _ i: Int, _ j: Int, of rows: RowBlocks,
    _ buffers: BlockBuffers<Float>, unitOfRow: UnsafePointer<Int32>, firstUnit: Int, stride: Int,
    into sums: UnsafeMutablePointer<Int64>, area: Int
  ) {
    withUnsafeTemporaryAllocation(of: drift_kernel.self, capacity: kernels.members.count) { all in
      for (place, member) in kernels.members.enumerated() {
        all[place] = drift_kernel(
          gamma: member.gamma, ratio: member.ratio, sums: sums + place * area)
      }
      rows.loops.c.unit_kernels_f32(
        buffers.products, rows.side(i), rows.side(j), Int32(rows.columnCount), i == j ? 1 : 0,
        all.baseAddress, Int32(all.count), unitOfRow + rows.start(i), unitOfRow + rows.start(j),
        Int32(firstUnit), Int64(stride))
    }
  }

  static func expandMembers(
    _ bits: UnsafePointer<UInt64>, count: Int, into members: UnsafeMutablePointer<Float>,
    _ loops: KernelLoops
  ) {
    loops.c.expand_members_f32(bits, Int32(count), members)
  }

  static func memberTotals(
    _ partial: UnsafePointer<Float>, _ members: UnsafePointer<Float>, rows: Int, weight: Int64,
    into totals: UnsafeMutablePointer<Int64>, _ loops: KernelLoops
  ) {
    loops.c.member_totals_f32(partial, members, Int32(rows), weight, totals)
  }
}
