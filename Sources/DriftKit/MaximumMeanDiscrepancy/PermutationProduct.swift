/// One worker's sums of a' K a over tiles of a symmetric matrix, for all permutations at once.
struct PermutationProduct<Scalar: KernelScalar>: Sendable {
  let buffers: BlockBuffers<Scalar>
  private(set) var quadratic: [Int128]

  init(tileBlocks: Int, memberships: Memberships) {
    buffers = BlockBuffers(tileBlocks: tileBlocks)
    quadratic = Array(repeating: 0, count: memberships.groupCount * 64)
  }

  /// The place in the tile buffer of a pair of blocks.
  func factor(_ i: Int, _ j: Int, in tile: Tiles.Tile) -> UnsafeMutablePointer<Scalar> {
    let place = (i - tile.rows.lowerBound) * tile.columns.count + j - tile.columns.lowerBound
    return buffers.tile + place * RowBlocks.blockArea
  }

  /// Adds a tile whose values are in the tile buffer: the product of each pair of blocks with 64
  /// permutations at a time. A pair off the diagonal stands for its mirror image too. `starts` tells
  /// where the units of each block begin.
  mutating func add(_ tile: Tiles.Tile, starts: [Int], memberships: Memberships) {
    memberships.words.withUnsafeBufferPointer { words in
      guard let words = words.baseAddress else { return }
      for group in 0..<memberships.groupCount {
        let bits = words + group * memberships.unitCount
        expand(bits, blocks: tile.rows, starts: starts, into: buffers.rowMembers)
        expand(bits, blocks: tile.columns, starts: starts, into: buffers.columnMembers)
        addGroup(group, tile: tile, starts: starts)
      }
    }
  }

  private func expand(
    _ bits: UnsafePointer<UInt64>, blocks: Range<Int>, starts: [Int],
    into members: UnsafeMutablePointer<Scalar>
  ) {
    for block in blocks {
      Scalar.expandMembers(
        bits + starts[block], count: starts[block + 1] - starts[block],
        into: members + (block - blocks.lowerBound) * RowBlocks.blockArea)
    }
  }

  private mutating func addGroup(_ group: Int, tile: Tiles.Tile, starts: [Int]) {
    let size = RowBlocks.blockSize
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: size) { totals in
      totals.initialize(repeating: 0)
      guard let sums = totals.baseAddress else { return }
      tile.forEachPair { i, j in
        let rows = starts[i + 1] - starts[i]
        Scalar.multiply(
          factor(i, j, in: tile), strideA: size,
          buffers.columnMembers + (j - tile.columns.lowerBound) * RowBlocks.blockArea,
          strideB: size, transposed: false, m: rows, n: size, k: starts[j + 1] - starts[j],
          adding: false, into: buffers.partial)
        Scalar.memberTotals(
          buffers.partial,
          buffers.rowMembers + (i - tile.rows.lowerBound) * RowBlocks.blockArea,
          rows: rows, weight: i == j ? 1 : 2, into: sums)
      }
      for p in 0..<size { quadratic[group * size + p] += Int128(totals[p]) }
    }
  }
}
