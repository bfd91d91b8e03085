package import DriftColumns
internal import Glibc

/// The most frequent ones of many levels, ties by bytes; levels come one at a time.
package struct FrequentLevels<Counts> {
  private struct Item {
    let level: Level
    let count: Int
    let counts: Counts
  }

  private let limit: Int
  private var items: [Item] = []
  /// The last one that would be kept so far; nil while there are fewer.
  private var last: Item?

  /// Keeps at most so many.
  package init(_ limit: Int) { self.limit = min(max(0, limit), 1 << 40) }

  /// The levels that are kept, the most frequent first, and what came with them.
  package var levels: [(level: Level, counts: Counts)] {
    sorted.map { ($0.level, $0.counts) }
  }

  private var sorted: ArraySlice<Item> {
    items.sorted { left, right in
      left.level.bytes.withUnsafeBufferPointer { Self.precedes($0, left.count, right) }
    }.prefix(limit)
  }

  /// Offers a level, which must not have come before.
  /// - Complexity: O(1) for a level that is not among the most frequent so far, else O(log limit) on
  ///   average.
  package mutating func offer(_ level: UnsafeBufferPointer<UInt8>, count: Int, counts: Counts) {
    if let last, !Self.precedes(level, count, last) { return }
    items.append(Item(level: Level(bytes: Array(level)), count: count, counts: counts))
    if items.count >= 2 * limit + 64 {
      items = Array(sorted)
      last = items.last
    }
  }

  private static func precedes(_ level: UnsafeBufferPointer<UInt8>, _ count: Int, _ item: Item)
    -> Bool
  {
    guard count == item.count else { return count > item.count }
    let common = min(level.count, item.level.bytes.count)
    let order = item.level.bytes.withUnsafeBufferPointer { other in
      guard common > 0, let left = level.baseAddress, let right = other.baseAddress else {
        return Int32(0)
      }
      return memcmp(left, right, common)
    }
    return order == 0 ? level.count < item.level.bytes.count : order < 0
  }
}
