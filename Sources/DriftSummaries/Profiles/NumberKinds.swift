internal import CColumnKernels

/// How many numbers of a column are finite, missing, and infinite of either sign.
enum NumberKinds {
  /// The kinds of numbers in some rows, of which those in whole blocks were tallied.
  static func count(
    _ rows: UnsafeBufferPointer<Double>, whole: Range<Int>, _ blocks: [NumberTally],
    _ work: PieceWork
  ) -> drift_number_kinds {
    var found = count(UnsafeBufferPointer(rebasing: rows[..<whole.lowerBound]), work)
    let last = count(UnsafeBufferPointer(rebasing: rows[whole.upperBound...]), work)
    found.finite += last.finite
    found.nans += last.nans
    found.positive_infinities += last.positive_infinities
    for block in blocks {
      // Tallies do not tell one infinity from the other.
      guard block.infinities == 0 else { return count(rows, work) }
      found.finite += Int64(block.moments.count)
      found.nans += Int64(block.nans)
    }
    return found
  }

  private static func count(_ rows: UnsafeBufferPointer<Double>, _ work: PieceWork)
    -> drift_number_kinds
  {
    guard let base = rows.baseAddress else { return drift_number_kinds() }
    return drift_count_kinds(work.instructionSet, base, Int64(rows.count))
  }
}
