/// The scratch memory of one worker.
///
/// `@unchecked Sendable`: a worker has its own, nobody else sees it until the worker has ended.
final class BlockBuffers<Scalar: KernelScalar>: @unchecked Sendable {
  /// Inner products of one pair of blocks.
  let products: UnsafeMutablePointer<Scalar>
  /// Kernel values of one pair of blocks.
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
    products = Self.zeros(area)
    kernel = Self.zeros(area)
    tile = Self.zeros(area * tileBlocks * tileBlocks)
    rowMembers = Self.zeros(area * tileBlocks)
    columnMembers = Self.zeros(area * tileBlocks)
    partial = Self.zeros(area)
  }

  deinit {
    products.deallocate()
    kernel.deallocate()
    tile.deallocate()
    rowMembers.deallocate()
    columnMembers.deallocate()
    partial.deallocate()
  }

  private static func zeros<Number: Numeric>(_ count: Int) -> UnsafeMutablePointer<Number> {
    let memory = UnsafeMutablePointer<Number>.allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    return memory
  }
}
