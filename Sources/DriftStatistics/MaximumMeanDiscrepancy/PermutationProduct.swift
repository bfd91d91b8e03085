/// Sums over permutations by matrix product: a tile times the memberships of 64 permutations.
struct PermutationProduct<Scalar: KernelScalar>: TileSums {
  private let buffers: BlockBuffers<Scalar>
  private(set) var quadratic: [Int128]
  private let loops: KernelLoops

  static func none(
    kernels: Int, tileBlocks: Int, memberships: Memberships, loops: KernelLoops
  ) -> [Self] {
    // Tiles are filled for all kernels before they are added up.
    (0..<kernels).map { _ in
      Self(BlockBuffers(tileBlocks: tileBlocks), memberships: memberships, loops: loops)
    }
  }

  /// No sums yet, in memory that others may use too, whose tiles are added before.
  init(_ buffers: BlockBuffers<Scalar>, memberships: Memberships, loops: KernelLoops) {
    self.buffers = buffers
    self.loops = loops
    quadratic = Array(repeating: 0, count: memberships.count)
  }

  /// The place in the tile buffer of a pair of blocks.
  func factor(_ i: Int, _ j: Int, in tile: Tiles.Tile) -> UnsafeMutablePointer<Scalar> {
    buffers.tile + tile.place(i, j) * RowBlocks.blockArea
  }

  mutating func take(
    _ values: UnsafePointer<Scalar.Fixed>, _ i: Int, _ j: Int, in tile: Tiles.Tile, rows: Int,
    columns: Int, memberships: Memberships, rowSums: UnsafeMutablePointer<Int64>,
    columnSums: UnsafeMutablePointer<Int64>
  ) {
    Scalar.productBlock(
      values, rows: rows, columns: columns, into: factor(i, j, in: tile),
      rowSums: rowSums, columnSums: columnSums, loops)
  }

  mutating func add(_ tile: Tiles.Tile, starts: [Int], memberships: Memberships) {
    for group in 0..<((memberships.count + 63) / 64) {
      expand(group, memberships, blocks: tile.rows, starts: starts, into: buffers.rowMembers)
      expand(group, memberships, blocks: tile.columns, starts: starts, into: buffers.columnMembers)
      addGroup(group, tile: tile, starts: starts)
    }
  }

  private func expand(
    _ group: Int, _ memberships: Memberships, blocks: Range<Int>, starts: [Int],
    into members: UnsafeMutablePointer<Scalar>
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: RowBlocks.blockSize) { words in
      guard let words = words.baseAddress else { return }
      for block in blocks {
        let units = starts[block]..<starts[block + 1]
        memberships.words(of: units, group: group, into: words)
        Scalar.expandMembers(
          words, count: units.count,
          into: members + (block - blocks.lowerBound) * RowBlocks.blockArea, loops)
      }
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
          strideB: size, m: rows, n: size, k: starts[j + 1] - starts[j],
          adding: false, into: buffers.partial)
        Scalar.memberTotals(
          buffers.partial,
          buffers.rowMembers + (i - tile.rows.lowerBound) * RowBlocks.blockArea,
          rows: rows, weight: i == j ? 1 : 2, into: sums, loops)
      }
      for p in 0..<min(size, quadratic.count - group * size) {
        quadratic[group * size + p] += Int128(totals[p])
      }
    }
  }
}
