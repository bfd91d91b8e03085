package import DriftColumns

/// The finite numbers of a column in order, as far as bins and cells are chosen from it: all of them
/// sorted, or, where they are many, those near the wanted ranks.
package struct OrderedColumn: Sendable {
  private enum Order: Sendable {
    case sorted([Double])
    case buckets(BucketedColumn)
  }

  private let order: Order
  /// How many there are.
  package let count: Int

  /// Up to so many values a sort takes less time than buckets.
  private static let sortedCount = 1 << 13

  /// - Parameters:
  ///   - numbers: The column.
  ///   - tally: What was found in it.
  ///   - ranks: Ranks from 0, ascending, at which values, and those beside them, will be asked for.
  ///   - work: How to work.
  /// - Complexity: O(n).
  package init(_ numbers: NumberChunks, tally: NumberTally, ranks: [Int], work: PieceWork) {
    count = tally.moments.count
    guard count > Self.sortedCount, count < 1 << 31, let low = tally.moments.minimum,
      let high = tally.moments.maximum, low < high
    else {
      order = .sorted(KLLLevels.sorted(numbers, count: count))
      return
    }
    var column = BucketedColumn(
      numbers, range: low...high, crowd: max(16, count >> 10), buckets: Self.buckets(count),
      work: work)
    column.wantBeside(ranks)
    column.gather()
    order = .buckets(column)
  }

  /// About one for every other value, as far as a cache holds them.
  private static func buckets(_ count: Int) -> Int? {
    var buckets = sortedCount / 2
    while 2 * buckets < count { buckets *= 2 }
    return buckets < 1 << 16 ? buckets : nil
  }

  /// A column that was put in order before.
  package init(_ column: BucketedColumn) {
    count = column.count
    order = .buckets(column)
  }

  /// The values at ranks that were asked for.
  ///
  /// - Parameter ranks: Ascending, each below `count`.
  /// - Returns: A value for each rank.
  package func values(at ranks: [Int]) -> [Double] {
    switch order {
    case .sorted(let values): ranks.map { values[$0] }
    case .buckets(let column): column.values(at: ranks)
    }
  }

  /// How many values are less than a number; nil if that is not known.
  package func count(below number: Double) -> Int? {
    switch order {
    case .sorted(let values): Self.count(in: values, below: number)
    case .buckets(let column): column.count(below: number)
    }
  }

  /// The largest value below a place and the smallest that is not; nil if they are not known.
  func neighbours(of cut: Double) -> (below: Double?, notBelow: Double?)? {
    guard let rank = count(below: cut) else { return nil }
    switch order {
    case .sorted(let values):
      return (rank > 0 ? values[rank - 1] : nil, rank < count ? values[rank] : nil)
    case .buckets(let column):
      let below = rank > 0 ? column.value(at: rank - 1) : nil
      let notBelow = rank < count ? column.value(at: rank) : nil
      guard (below != nil) == (rank > 0), (notBelow != nil) == (rank < count) else { return nil }
      return (below, notBelow)
    }
  }

  private static func count(in sorted: [Double], below number: Double) -> Int {
    sorted.withUnsafeBufferPointer { values in
      var (low, high) = (0, values.count)
      while low < high {
        let middle = (low + high) / 2
        if values[middle] < number { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
