/// The scratch memory of one worker.
///
/// `@unchecked Sendable`: a worker has its own, nobody else sees it until the worker has ended.
final class BlockBuffers<Scalar: KernelScalar>: @unchecked Sendable {
  /// How many blocks of rows are compared with one block at once.
  static var productBlocks: Int { 2 }

  /// Inner products of blocks with one block.
  let products: UnsafeMutablePointer<Scalar>
  /// Kernel values of blocks with one block.
  let kernel: UnsafeMutablePointer<Scalar.Fixed>
  /// A tile of kernel values as factors of the product.
  let tile: UnsafeMutablePointer<Scalar>
  /// Memberships of the rows and of the columns of a tile.
  let rowMembers: UnsafeMutablePointer<Scalar>
  let columnMembers: UnsafeMutablePointer<Scalar>
  /// Kernel values times memberships.
  let partial: UnsafeMutablePointer<Scalar>

  /// - Parameter tileBlocks: The blocks along one side of a tile.
  init(tileBlocks: Int) {
    let area = RowBlocks.blockArea
    products = .zeros(area * Self.productBlocks)
    kernel = .zeros(area * Self.productBlocks)
    tile = .zeros(area * tileBlocks * tileBlocks)
    rowMembers = .zeros(area * tileBlocks)
    columnMembers = .zeros(area * tileBlocks)
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
