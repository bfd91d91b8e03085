package import DriftColumns

/// What one pass over the rows of a numeric column finds when its bins are known.
package struct NumberProfile: Sendable, Hashable {
  /// Rows and moments.
  package private(set) var tally: NumberTally
  /// Rows by cell of the bins.
  package private(set) var cells: BinCounter.Cells

  /// A profile from its parts, found in two passes.
  package init(tally: NumberTally, cells: BinCounter.Cells) {
    self.tally = tally
    self.cells = cells
  }

  /// The rows of a column, in one pass.
  package init(_ numbers: NumberChunks, counter: BinCounter, work: PieceWork) {
    let groups = work.map(count: numbers.groupCount) { group in
      var blocks: [NumberTally] = []
      var cells = counter.noCells
      cells.withUnsafeMutableBufferPointer { cells in
        numbers.forEachBlock(ofGroup: group) { rows in
          blocks.append(NumberTally(rows, work: work))
          counter.count(rows, into: cells, work: work)
        }
      }
      return (blocks, cells)
    }
    self.init(tally: NumberTally(), cells: counter.noCells)
    for (blocks, cells) in groups {
      for block in blocks { tally.merge(block) }
      for cell in cells.indices { self.cells[cell] += cells[cell] }
    }
  }
}
