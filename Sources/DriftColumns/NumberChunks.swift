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

  /// Rows in a block, the unit of sums: its passes stay in the first-level cache.
  package static let blockSize = 2048

  /// Rows in a piece: some hundred kilobytes, a whole number of blocks.
  package static let pieceSize = 32 * blockSize

  /// The row that each chunk begins with.
  private let firstRows: [Int]

  /// The chunks of a column.
  package init(_ chunks: [[Double]]) {
    self.chunks = chunks
    var count = 0
    var pieces: [Piece] = []
    var firstRows: [Int] = []
    for (index, chunk) in chunks.enumerated() {
      firstRows.append(count)
      count += chunk.count
      for start in stride(from: 0, to: chunk.count, by: Self.pieceSize) {
        let end = min(start + Self.pieceSize, chunk.count)
        pieces.append(Piece(chunk: index, rows: start..<end))
      }
    }
    self.count = count
    self.pieces = pieces
    self.firstRows = firstRows
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

  /// How many groups of `pieceSize` rows there are, counted over all chunks; the last may be
  /// smaller.
  package var groupCount: Int { (count + Self.pieceSize - 1) / Self.pieceSize }

  /// Calls `body` with the rows of a group, block after block of `blockSize` rows. Which rows
  /// make a block does not depend on the chunks; one that spans several of them is a copy.
  package func forEachBlock(ofGroup group: Int, _ body: (UnsafeBufferPointer<Double>) -> Void) {
    let end = min((group + 1) * Self.pieceSize, count)
    var row = group * Self.pieceSize
    // The last chunk that begins at or before the row.
    var chunk = firstRows.partitioningIndex(where: { $0 > row }) - 1
    while row < end {
      let size = min(Self.blockSize, end - row)
      while row - firstRows[chunk] >= chunks[chunk].count { chunk += 1 }
      let start = row - firstRows[chunk]
      if start + size <= chunks[chunk].count {
        chunks[chunk].withUnsafeBufferPointer {
          body(UnsafeBufferPointer(rebasing: $0[start..<start + size]))
        }
      } else {
        values(at: row..<row + size, from: chunk).withUnsafeBufferPointer(body)
      }
      row += size
    }
  }

  /// Some rows, the first of which lies in a chunk.
  private func values(at rows: Range<Int>, from first: Int) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(rows.count)
    var chunk = first
    while values.count < rows.count {
      let start = rows.lowerBound + values.count - firstRows[chunk]
      let end = min(start + rows.count - values.count, chunks[chunk].count)
      values += chunks[chunk][start..<end]
      chunk += 1
    }
    return values
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

extension RandomAccessCollection where Index == Int {
  /// The first index from which on all elements belong to the second part.
  package func partitioningIndex(where isInSecondPart: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if isInSecondPart(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
