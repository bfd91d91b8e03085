/// What one pass over the rows of a numeric column finds when its bins are known.
package struct NumberProfile: Sendable, Hashable {
  /// Rows and moments.
  package private(set) var tally: NumberTally
  /// Rows by cell of the bins.
  package private(set) var cells: BinCounter.Cells

  /// No rows.
  package init(_ counter: BinCounter) {
    tally = NumberTally()
    cells = counter.noCells
  }

  /// A profile from its parts, found in two passes.
  init(tally: NumberTally, cells: BinCounter.Cells) {
    self.tally = tally
    self.cells = cells
  }

  /// The rows of a buffer.
  package init(_ values: UnsafeBufferPointer<Double>, counter: BinCounter, work: PieceWork) {
    self.init(counter)
    tally = NumberTally(values, work: work)
    counter.count(values, into: &cells, work: work)
  }

  /// The rows of a column.
  package init(_ numbers: NumberChunks, counter: BinCounter, work: PieceWork) {
    let parts = work.map(count: numbers.pieceCount) { piece in
      numbers.withPiece(piece) { NumberProfile($0, counter: counter, work: work) }
    }
    self.init(counter)
    for part in parts { merge(part) }
  }

  /// Adds the rows that follow.
  package mutating func merge(_ other: NumberProfile) {
    tally.merge(other.tally)
    for cell in cells.indices { cells[cell] += other.cells[cell] }
  }
}
