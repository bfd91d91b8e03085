internal import CColumnKernels
internal import DriftColumns

/// The different finite numbers of a column that has few of them.
struct ValueCounts {
  /// The numbers, ascending, with their rows. Of zeros of both signs the first stands for all.
  let counts: [(value: Double, count: Int)]

  /// Nil when there are more than `limit`. This is known as soon as one more is seen: after some
  /// rows, in a column of many values.
  ///
  /// - Parameters:
  ///   - numbers: The column.
  ///   - tally: What was found in it.
  ///   - limit: How many different numbers count as few.
  ///   - work: How to work.
  ///   - areMany: Whether those of the first rows, ascending, are too many already.
  /// - Complexity: O(rows) at most.
  init?(
    _ numbers: NumberChunks, tally: NumberTally, limit: Int, work: PieceWork,
    areMany: ([(value: Double, count: Int)]) -> Bool
  ) {
    let limit = max(0, min(limit, tally.moments.count))
    guard let first = Self.counts(numbers, pieces: min(1, numbers.pieceCount), limit: limit),
      !areMany(first)
    else { return nil }
    // Mostly the first rows have all values there are: then comparing is enough to count them.
    if first.count <= Self.comparedValues {
      let values = first.map(\.value)
      let counter = BinCounter(singleValues: values)
      let counts = counter.counts(ofCells: counter.cells(of: numbers, work: work))
      if counts.reduce(0, +) == tally.moments.count {
        self.counts = zip(values, counts).map { (value: $0, count: $1) }
        return
      }
    }
    guard let all = Self.counts(numbers, pieces: numbers.pieceCount, limit: limit) else {
      return nil
    }
    counts = all
  }

  /// So few values that comparing with each is cheaper than looking it up.
  private static let comparedValues = 24

  /// The counts in the first pieces; nil when there are more than `limit` different values.
  private static func counts(_ numbers: NumberChunks, pieces: Int, limit: Int)
    -> [(value: Double, count: Int)]?
  {
    var slots = 16
    while slots <= 2 * limit { slots *= 2 }
    var values = [Double](repeating: 0, count: slots)
    var counts = [Int64](repeating: 0, count: slots)
    let isFew = values.withUnsafeMutableBufferPointer { values in
      counts.withUnsafeMutableBufferPointer { counts in
        var set = drift_value_set(
          values: values.baseAddress, counts: counts.baseAddress, slots: Int64(slots), used: 0,
          limit: Int64(limit), multiplier: .random(in: .min ... .max) | 1)
        return (0..<pieces).allSatisfy { piece in
          numbers.withPiece(piece) { rows in
            guard let base = rows.baseAddress else { return true }
            return drift_count_different(&set, base, Int64(rows.count)) == 0
          }
        }
      }
    }
    guard isFew else { return nil }
    return zip(values, counts).filter { $0.1 > 0 }.map { (value: $0.0, count: Int($0.1)) }
      .sorted { $0.value < $1.value }
  }
}
