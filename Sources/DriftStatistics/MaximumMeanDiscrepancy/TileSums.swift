/// Adds up a' K a over tiles of a symmetric matrix, for all permutations at once.
///
/// There are two ways with the same sums, to the last bit: ``PermutationLookup`` and, in any
/// precision and as its reference, ``PermutationProduct``.
protocol TileSums: Sendable {
  associatedtype Scalar: KernelScalar

  /// a' K a by permutation.
  var quadratic: [Int128] { get }

  /// No sums yet of some kernels; `tileBlocks` is the most blocks along one side of a tile.
  static func none(
    kernels: Int, tileBlocks: Int, memberships: Memberships, loops: KernelLoops
  ) -> [Self]

  /// Takes the kernel values of a pair of blocks of the tile, and adds them, as they are multiplied, to
  /// the sums of rows and columns. A pair off the diagonal stands for its mirror image too.
  mutating func take(
    _ values: UnsafePointer<Scalar.Fixed>, _ i: Int, _ j: Int, in tile: Tiles.Tile, rows: Int,
    columns: Int, memberships: Memberships, rowSums: UnsafeMutablePointer<Int64>,
    columnSums: UnsafeMutablePointer<Int64>)

  /// Ends a tile whose pairs were all taken. `starts` tells where the units of each block begin; see the
  /// ways for what they ask of it.
  mutating func add(_ tile: Tiles.Tile, starts: [Int], memberships: Memberships)
}
