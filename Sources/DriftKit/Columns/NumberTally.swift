internal import CInstructionSets

/// What one pass over the rows of a numeric column finds.
package struct NumberTally: Sendable, Hashable {
  /// All rows.
  package private(set) var rows = 0
  /// Rows whose value is NaN: missing, or not a number.
  package private(set) var nans = 0
  /// Rows that hold an infinity.
  package private(set) var infinities = 0
  /// Moments of the finite values.
  package private(set) var moments = Moments()

  /// No rows.
  package init() {}

  /// The rows of a column.
  ///
  /// Pieces are taken apart and merged in order: the result does not depend on the threads.
  package init(_ numbers: NumberChunks, work: PieceWork) {
    let parts = work.map(count: numbers.pieceCount) { piece in
      numbers.withPiece(piece) { NumberTally($0, work: work) }
    }
    self.init()
    for part in parts { merge(part) }
  }

  /// The rows of a buffer.
  package init(_ values: UnsafeBufferPointer<Double>, work: PieceWork) {
    let others = moments.append(values, instructionSet: work.instructionSet)
    rows = values.count
    nans = others.nans
    infinities = others.infinities
  }

  /// Adds the rows that follow.
  package mutating func merge(_ other: NumberTally) {
    rows += other.rows
    nans += other.nans
    infinities += other.infinities
    moments.merge(other.moments)
  }
}
