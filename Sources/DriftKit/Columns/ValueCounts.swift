internal import CColumnKernels

/// The different finite numbers of a column that has few of them.
struct ValueCounts {
  /// The numbers, ascending, with their rows. Of zeros of both signs the first stands for all.
  let counts: [(value: Double, count: Int)]

  /// Nil when there are more than `limit`. This is known as soon as one more is seen: after some
  /// rows, in a column of many values.
  ///
  /// - Parameters:
  ///   - numbers: The column.
  ///   - limit: How many different numbers count as few.
  /// - Complexity: O(rows) at most.
  init?(_ numbers: NumberChunks, limit: Int) {
    let limit = max(0, min(limit, numbers.count))
    var slots = 16
    while slots <= 2 * limit { slots *= 2 }
    var values = [Double](repeating: 0, count: slots)
    var counts = [Int64](repeating: 0, count: slots)
    let isFew = values.withUnsafeMutableBufferPointer { values in
      counts.withUnsafeMutableBufferPointer { counts in
        var set = drift_value_set(
          values: values.baseAddress, counts: counts.baseAddress, slots: Int64(slots), used: 0,
          limit: Int64(limit))
        return (0..<numbers.pieceCount).allSatisfy { piece in
          numbers.withPiece(piece) { rows in
            guard let base = rows.baseAddress else { return true }
            return drift_count_different(&set, base, Int64(rows.count)) == 0
          }
        }
      }
    }
    guard isFew else { return nil }
    self.counts =
      zip(values, counts).filter { $0.1 > 0 }.map { (value: $0.0, count: Int($0.1)) }
      .sorted { $0.value < $1.value }
  }
}
