internal import CDriftKernels
internal import COpenBLAS

extension Double: KernelScalar {
  typealias Fixed = Int64

  static var fineBits: Int { DRIFT_FINE_BITS_F64 }
  static var productBits: Int { DRIFT_PRODUCT_BITS_F64 }

  static func multiply(
    _ a: UnsafePointer<Double>, strideA: Int, _ b: UnsafePointer<Double>, strideB: Int,
    m: Int, n: Int, k: Int, adding: Bool, into c: UnsafeMutablePointer<Double>
  ) {
    // OpenBLAS takes several times as long to clear a block.
    if !adding { c.update(repeating: 0, count: m * RowBlocks.blockSize) }
    cblas_dgemm(
      CInt(DRIFT_BLAS_ROW_MAJOR), CInt(DRIFT_BLAS_NO_TRANSPOSE), CInt(DRIFT_BLAS_NO_TRANSPOSE),
      CInt(m), CInt(n), CInt(k), 1, a, CInt(strideA), b, CInt(strideB),
      1, c, CInt(RowBlocks.blockSize))
  }

  static func innerProducts(
    _ rows: RowBlocks, _ i: Int, _ j: Int, adding: Bool,
    into products: UnsafeMutablePointer<Double>
  ) {
    let (size, width) = (RowBlocks.blockSize, rows.columnCount)
    if !adding { products.update(repeating: 0, count: rows.size(i) * size) }
    let (a, b) = (rows.rows + rows.start(i) * width, rows.rows + rows.start(j) * width)
    for first in stride(from: 0, to: width, by: size) {
      cblas_dgemm(
        CInt(DRIFT_BLAS_ROW_MAJOR), CInt(DRIFT_BLAS_NO_TRANSPOSE), CInt(DRIFT_BLAS_TRANSPOSE),
        CInt(rows.size(i)), CInt(rows.size(j)), CInt(min(size, width - first)), 1, a + first,
        CInt(width), b + first, CInt(width), 1, products, CInt(size))
    }
  }

  static func beginProducts(
    _ rows: RowBlocks, _ i: Int, _ j: Int, in products: UnsafeMutablePointer<Double>
  ) -> Bool { false }

  static func kernelBlock(
    _ products: UnsafePointer<Double>, _ i: Int, _ j: Int, of rows: RowBlocks,
    _ member: KernelFamily.Member, into kernel: UnsafeMutablePointer<Int64>
  ) {
    drift_kernel_block_f64(
      products, rows.side(i), rows.side(j), Int32(rows.columnCount), member.gamma,
      i == j ? 1 : 0, kernel)
  }

  static func productBlock(
    _ kernel: UnsafePointer<Int64>, rows: Int, columns: Int,
    into product: UnsafeMutablePointer<Double>, rowSums: UnsafeMutablePointer<Int64>,
    columnSums: UnsafeMutablePointer<Int64>, _ loops: KernelLoops
  ) {
    loops.c.product_block_f64(
      kernel, Int32(rows), Int32(columns), product, rowSums, columnSums)
  }

  static func sampleTotals(
    _ kernel: UnsafePointer<Int64>, rows: Int, columns: Int, rowSplit: Int, columnSplit: Int,
    into totals: UnsafeMutablePointer<Int64>, _ loops: KernelLoops
  ) {
    loops.c.sample_totals_i64(
      kernel, Int32(rows), Int32(columns), Int32(rowSplit), Int32(columnSplit), totals)
  }

  static func sideSums(
    _ kernel: UnsafePointer<Int64>, rows: Int, columns: Int, rowSplit: Int, columnSplit: Int,
    rowSums: UnsafeMutablePointer<Int64>, columnSums: UnsafeMutablePointer<Int64>,
    _ loops: KernelLoops
  ) {
    loops.c.side_sums_i64(
      kernel, Int32(rows), Int32(columns), Int32(rowSplit), Int32(columnSplit), rowSums, columnSums)
  }

  static func unitSums(
    _ kernel: UnsafePointer<Int64>, rows: Int, columns: Int, rowUnits: UnsafePointer<Int32>,
    columnUnits: UnsafePointer<Int32>, firstUnit: Int, stride: Int, mirrored: Bool,
    into sums: UnsafeMutablePointer<Int64>, _ loops: KernelLoops
  ) {
    loops.c.unit_sums_i64(
      kernel, Int32(rows), Int32(columns), rowUnits, columnUnits, Int32(firstUnit), Int64(stride),
      mirrored ? 1 : 0, sums)
  }

  static func addUnitSums(
    _ kernels: KernelFamily, _ i: Int, _ j: Int, of rows: RowBlocks,
    _ buffers: BlockBuffers<Double>, unitOfRow: UnsafePointer<Int32>, firstUnit: Int, stride: Int,
    into sums: UnsafeMutablePointer<Int64>, area: Int
  ) {
    for (place, member) in kernels.members.enumerated() {
      kernel(rows, i, j, member, buffers)
      unitSums(
        buffers.kernel, rows: rows.size(i), columns: rows.size(j),
        rowUnits: unitOfRow + rows.start(i), columnUnits: unitOfRow + rows.start(j),
        firstUnit: firstUnit, stride: stride, mirrored: i != j, into: sums + place * area,
        rows.loops)
    }
  }

  static func expandMembers(
    _ bits: UnsafePointer<UInt64>, count: Int, into members: UnsafeMutablePointer<Double>,
    _ loops: KernelLoops
  ) {
    loops.c.expand_members_f64(bits, Int32(count), members)
  }

  static func memberTotals(
    _ partial: UnsafePointer<Double>, _ members: UnsafePointer<Double>, rows: Int, weight: Int64,
    into totals: UnsafeMutablePointer<Int64>, _ loops: KernelLoops
  ) {
    loops.c.member_totals_f64(partial, members, Int32(rows), weight, totals)
  }
}
