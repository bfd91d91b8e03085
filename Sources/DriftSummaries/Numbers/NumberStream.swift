/// The tally of a column whose rows come in batches.
///
/// Moments are taken of blocks of rows that depend on the row numbers alone, and merged in order: the
/// result is that of the whole column, to the last bit, however its rows are cut into batches. Whole
/// blocks of a batch can be tallied apart; rows that share a block with another batch wait here.
package struct NumberStream: Sendable {
  /// What is known of the blocks that are complete.
  private var tally = NumberTally()
  /// The first rows of the block that is not.
  private var rest: [Double] = []

  /// No rows.
  package init() {}

  /// Which of the rows of a batch make whole blocks.
  ///
  /// - Parameters:
  ///   - firstRow: The number of rows before the batch.
  ///   - rowCount: How many rows it has.
  /// - Returns: Rows of the batch, none or whole blocks of them.
  package static func wholeBlocks(firstRow: Int, rowCount: Int) -> Range<Int> {
    let size = Moments.blockSize
    let start = (size - firstRow % size) % size
    guard start < rowCount else { return rowCount..<rowCount }
    return start..<start + (rowCount - start) / size * size
  }

  /// The tallies of whole blocks.
  package static func tallies(_ rows: UnsafeBufferPointer<Double>, work: PieceWork) -> [NumberTally]
  {
    stride(from: 0, to: rows.count, by: Moments.blockSize).map { start in
      NumberTally(
        UnsafeBufferPointer(rebasing: rows[start..<start + Moments.blockSize]), work: work)
    }
  }

  /// Adds a batch, of which `whole` are the rows in whole blocks and `blocks` their tallies.
  package mutating func append(
    _ rows: UnsafeBufferPointer<Double>, whole: Range<Int>, blocks: some Sequence<NumberTally>,
    work: PieceWork
  ) {
    append(UnsafeBufferPointer(rebasing: rows[..<whole.lowerBound]), work)
    for block in blocks { tally.merge(block) }
    append(UnsafeBufferPointer(rebasing: rows[whole.upperBound...]), work)
  }

  private mutating func append(_ rows: UnsafeBufferPointer<Double>, _ work: PieceWork) {
    var rows = rows[...]
    while !rows.isEmpty {
      // Grown as rows come: a wide table has few of them, and a block of memory for each column.
      let part = rows.prefix(Moments.blockSize - rest.count)
      rest.append(contentsOf: part)
      rows = rows.dropFirst(part.count)
      if rest.count == Moments.blockSize {
        tally.merge(rest.withUnsafeBufferPointer { NumberTally($0, work: work) })
        rest.removeAll(keepingCapacity: true)
      }
    }
  }

  /// The tally of all rows so far.
  package func finished(work: PieceWork) -> NumberTally {
    var whole = tally
    whole.merge(rest.withUnsafeBufferPointer { NumberTally($0, work: work) })
    return whole
  }
}
