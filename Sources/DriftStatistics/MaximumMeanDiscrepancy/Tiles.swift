/// The upper triangle of a square of blocks, cut into square tiles.
struct Tiles: Sendable {
  struct Tile: Sendable, Equatable {
    let rows: Range<Int>
    let columns: Range<Int>
  }

  let tiles: [Tile]

  /// - Parameters:
  ///   - blocks: The blocks along one side of the square.
  ///   - tileBlocks: The blocks along one side of a tile.
  init(blocks: Int, tileBlocks: Int) {
    var tiles: [Tile] = []
    for row in stride(from: 0, to: blocks, by: tileBlocks) {
      for column in stride(from: row, to: blocks, by: tileBlocks) {
        tiles.append(
          Tile(
            rows: row..<min(row + tileBlocks, blocks),
            columns: column..<min(column + tileBlocks, blocks)))
      }
    }
    self.tiles = tiles
  }

  /// Tiles with at most so many blocks along one side, smaller ones where there are so few that
  /// threads would wait for the last one.
  init(blocks: Int, atMost tileBlocks: Int) {
    self.init(blocks: blocks, tileBlocks: blocks < 64 ? min(4, tileBlocks) : tileBlocks)
  }
}

extension Tiles.Tile {
  /// The place of a pair of blocks among those of the tile, row by row.
  func place(_ i: Int, _ j: Int) -> Int {
    (i - rows.lowerBound) * columns.count + j - columns.lowerBound
  }

  /// The pairs of blocks of the tile that are on or above the diagonal.
  func forEachPair(_ body: (_ i: Int, _ j: Int) -> Void) {
    for i in rows {
      for j in columns where i <= j { body(i, j) }
    }
  }
}
