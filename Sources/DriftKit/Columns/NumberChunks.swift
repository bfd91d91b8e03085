/// The numbers of a column in row order, in one array or in many.
///
/// A file is read in chunks; a column of it is never copied into one array. Two of them are equal
/// when their rows are, however they are cut.
package struct NumberChunks: Sendable, Hashable {
  /// The rows, chunk after chunk; NaN where a row has no number.
  package let chunks: [[Double]]
  /// How many rows there are.
  package let count: Int
  /// Parts of chunks of at most `pieceSize` rows, in order: the units of work.
  private let pieces: [Piece]

  private struct Piece: Sendable {
    let chunk: Int
    let rows: Range<Int>
  }

  /// Rows in a piece: some hundred kilobytes, a whole number of blocks of `Moments`.
  package static let pieceSize = 32 * Moments.blockSize

  /// The chunks of a column.
  package init(_ chunks: [[Double]]) {
    self.chunks = chunks
    var count = 0
    var pieces: [Piece] = []
    for (index, chunk) in chunks.enumerated() {
      count += chunk.count
      for start in stride(from: 0, to: chunk.count, by: Self.pieceSize) {
        let end = min(start + Self.pieceSize, chunk.count)
        pieces.append(Piece(chunk: index, rows: start..<end))
      }
    }
    self.count = count
    self.pieces = pieces
  }

  /// A column in one array, which is not copied.
  package init(_ values: [Double]) { self.init([values]) }

  /// How many pieces there are.
  package var pieceCount: Int { pieces.count }

  /// Calls `body` with the rows of a piece.
  package func withPiece<Result>(
    _ index: Int, _ body: (UnsafeBufferPointer<Double>) throws -> Result
  ) rethrows -> Result {
    let piece = pieces[index]
    return try chunks[piece.chunk].withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[piece.rows]))
    }
  }

  /// All rows in one array.
  /// - Complexity: O(1) for a single chunk, else O(rows).
  package var joined: [Double] {
    chunks.count == 1 ? chunks[0] : Array(chunks.joined())
  }

  /// The values of some rows, which must ascend.
  /// - Complexity: O(chosen rows + chunks).
  package func values(at rows: [Int]) -> [Double] {
    var chunk = 0
    var first = 0
    return rows.map { row in
      while row - first >= chunks[chunk].count {
        first += chunks[chunk].count
        chunk += 1
      }
      return chunks[chunk][row - first]
    }
  }

  /// Whether the rows are equal, as arrays are: NaN is not equal to NaN, the same array is to itself.
  package static func == (left: Self, right: Self) -> Bool {
    left.chunks == right.chunks
      || (left.count == right.count
        && left.chunks.joined().elementsEqual(right.chunks.joined()))
  }

  /// Feeds the rows, without their chunks.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for value in chunks.joined() { hasher.combine(value) }
  }
}
