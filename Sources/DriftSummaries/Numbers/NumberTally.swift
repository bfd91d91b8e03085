internal import CInstructionSets
package import DriftColumns

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

  /// Rows without a value.
  package init(missing rows: Int) {
    self.rows = rows
    nans = rows
  }

  /// What was found before.
  package init(rows: Int, nans: Int, infinities: Int, moments: Moments) {
    self.rows = rows
    self.nans = nans
    self.infinities = infinities
    self.moments = moments
  }

  /// The rows of a column.
  ///
  /// Blocks of `Moments.blockSize` rows are taken apart and merged in order: the result depends
  /// neither on the threads nor on the chunks.
  package init(_ numbers: NumberChunks, work: PieceWork) {
    let groups = work.map(count: numbers.groupCount) { group in
      var blocks: [NumberTally] = []
      numbers.forEachBlock(ofGroup: group) { blocks.append(NumberTally($0, work: work)) }
      return blocks
    }
    self.init()
    for block in groups.joined() { merge(block) }
  }

  /// The rows of a buffer, block by block.
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
