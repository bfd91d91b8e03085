/// The scratch memory of one worker.
///
/// `@unchecked Sendable`: a worker has its own, nobody else sees it until the worker has ended.
final class BlockBuffers<Scalar: KernelScalar>: @unchecked Sendable {
  /// Inner products of a pair of blocks.
  let products: UnsafeMutablePointer<Scalar>
  /// Kernel values of a pair of blocks.
  let kernel: UnsafeMutablePointer<Scalar.Fixed>
  /// A tile of kernel values as factors of the product.
  let tile: UnsafeMutablePointer<Scalar>
  /// Memberships of the rows and of the columns of a tile.
  let rowMembers: UnsafeMutablePointer<Scalar>
  let columnMembers: UnsafeMutablePointer<Scalar>
  /// Kernel values times memberships.
  let partial: UnsafeMutablePointer<Scalar>

  /// - Parameter tileBlocks: The blocks along one side of a tile.
  convenience init(tileBlocks: Int) {
    self.init(rowBlocks: tileBlocks, columnBlocks: tileBlocks)
  }

  /// - Parameters:
  ///   - rowBlocks: The blocks of rows of a tile.
  ///   - columnBlocks: Its blocks of columns.
  init(rowBlocks: Int, columnBlocks: Int) {
    let area = RowBlocks.blockArea
    products = .zeros(area)
    kernel = .zeros(area)
    tile = .zeros(area * rowBlocks * columnBlocks)
    rowMembers = .zeros(area * rowBlocks)
    columnMembers = .zeros(area * columnBlocks)
    partial = .zeros(area)
  }

  deinit {
    products.deallocate()
    kernel.deallocate()
    tile.deallocate()
    rowMembers.deallocate()
    columnMembers.deallocate()
    partial.deallocate()
  }
}
