/// Finite numbers of a column, ascending, each with the rows that it stands for.
///
/// All values of a column, or those that a sketch kept: order statistics, bins and counts come from
/// here either way, without the rows themselves.
package struct WeightedValues: Sendable, Hashable {
  /// The values and their rows.
  let items: [(value: Double, weight: Int)]
  /// All rows.
  package let count: Int
  /// Rows up to and with each value.
  private let ends: [Int]

  /// - Parameter items: Values, ascending, with positive weights.
  init(_ items: [(value: Double, weight: Int)]) {
    self.items = items
    var total = 0
    ends = items.map { item in
      total += item.weight
      return total
    }
    count = total
  }

  /// The value at a rank from 0, which must be below `count`.
  /// - Complexity: O(log items).
  package func value(at rank: Int) -> Double {
    var (low, high) = (0, ends.count)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] <= rank { low = middle + 1 } else { high = middle }
    }
    return items[low].value
  }

  /// The different values with their rows; nil when there are more than `limit`.
  func few(_ limit: Int) -> [(value: Double, count: Int)]? {
    var few: [(value: Double, count: Int)] = []
    for item in items {
      if let last = few.last, last.value == item.value {
        few[few.count - 1].count += item.weight
        continue
      }
      guard few.count < limit else { return nil }
      few.append((item.value, item.weight))
    }
    return few
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.items.elementsEqual(right.items) { $0.value == $1.value && $0.weight == $1.weight }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(items.count)
  }
}
