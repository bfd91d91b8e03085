/// A uniform sample of rows that are counted while they come, without replacement.
///
/// Every row gets a 64-bit key, a function of seed, stream and row number, and the rows with the
/// smallest keys win. How many rows there are need not be known before the end.
package struct SampledRows: Sendable {
  /// How many rows are wanted.
  package let size: Int
  /// How many rows have come so far.
  package private(set) var seen = 0
  /// The rows that may still be in the sample, ascending; at most twice `size` and a few.
  package private(set) var candidates: [Int] = []

  /// Their keys.
  var candidateKeys: [UInt64] { keys }

  private var keys: [UInt64] = []
  /// Gives the key of the first row.
  private let start: Philox
  /// Rows with this key or a larger one are not among the smallest; nil as long as all may be. It
  /// only falls.
  package private(set) var limit: UInt64?

  /// A sample of `size` rows, at least 0.
  package init(size: Int, seed: UInt64, stream: UInt64, purpose: Philox.Purpose) {
    self.size = size
    start = Philox(seed: seed, stream: stream, purpose: purpose)
  }

  /// Rows that are candidates unless those before them leave no room, and their keys.
  package struct Batch: Sendable {
    fileprivate var rows: [Int] = []
    fileprivate var keys: [UInt64] = []
  }

  /// The candidates among some rows. Says the same whatever came before, unless keys from the limit
  /// on are left out.
  ///
  /// - Parameters:
  ///   - rows: Row numbers.
  ///   - limit: A `limit` that a sample of these rows had, at any time; nil to leave none out.
  /// - Returns: What `take` takes.
  /// - Complexity: O(rows).
  package func batch(of rows: Range<Int>, below limit: UInt64?) -> Batch {
    var generator = start
    generator.skip(UInt64(rows.lowerBound))
    let most = limit ?? .max
    var batch = Batch()
    if limit == nil {
      batch.rows.reserveCapacity(rows.count)
      batch.keys.reserveCapacity(rows.count)
    }
    for row in rows {
      let key = generator.next()
      guard key < most || limit == nil else { continue }
      batch.rows.append(row)
      batch.keys.append(key)
    }
    return batch
  }

  /// Takes the next rows.
  ///
  /// - Parameter count: How many.
  /// - Returns: Which of them became candidates, counted from 0.
  package mutating func take(_ count: Int) -> [Int] {
    take(count, batch(of: seen..<seen + count, below: limit))
  }

  /// The same for rows whose candidates are known.
  package mutating func take(_ count: Int, _ batch: Batch) -> [Int] {
    let before = candidates.count
    for (row, key) in zip(batch.rows, batch.keys) {
      if let limit, key >= limit { continue }
      candidates.append(row)
      keys.append(key)
    }
    defer { seen += count }
    return candidates[before...].map { $0 - seen }
  }

  /// Whether it is time to `thin`.
  package var isFull: Bool { candidates.count >= 2 * size + 1024 }

  /// Drops the candidates that cannot be in the sample any more.
  ///
  /// - Returns: Which of the candidates stay, counted from 0, ascending; nil if all do.
  /// - Complexity: O(candidates).
  package mutating func thin() -> [Int]? {
    guard candidates.count > size else { return nil }
    guard size > 0 else {
      limit = 0
      (candidates, keys) = ([], [])
      return []
    }
    let largest = Self.value(at: size - 1, of: keys)
    // Of rows with equal keys the first ones win.
    var ties = size - keys.count { $0 < largest }
    var kept: [Int] = []
    kept.reserveCapacity(size)
    for (index, key) in keys.enumerated() where key <= largest {
      if key == largest {
        if ties == 0 { continue }
        ties -= 1
      }
      kept.append(index)
    }
    limit = largest
    candidates = kept.map { candidates[$0] }
    keys = kept.map { keys[$0] }
    return kept
  }

  /// The value at a rank from 0 of numbers that are about uniform, in linear time.
  private static func value(at rank: Int, of numbers: [UInt64]) -> UInt64 {
    let most = numbers.max() ?? 0
    let shift = max(0, UInt64.bitWidth - most.leadingZeroBitCount - 12)
    var counts = [Int](repeating: 0, count: 1 << 12)
    for number in numbers { counts[Int(truncatingIfNeeded: number >> UInt64(shift))] += 1 }
    var below = 0
    var bucket = 0
    while below + counts[bucket] <= rank {
      below += counts[bucket]
      bucket += 1
    }
    return numbers.filter { Int(truncatingIfNeeded: $0 >> UInt64(shift)) == bucket }
      .sorted()[rank - below]
  }
}
