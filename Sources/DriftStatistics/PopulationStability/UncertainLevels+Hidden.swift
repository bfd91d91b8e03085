internal import DriftColumns
internal import DriftSummaries

extension UncertainLevels {
  /// Levels that are among the others and might have bins of their own if all were counted exactly:
  /// of these as many as there may be, those that can add most to the index. They are certain neither
  /// to be there nor to be so large.
  /// - Complexity: O(levels).
  func hiddenLevels(
    _ binning: CategoricalBinning, options: PopulationStabilityIndex.Options
  ) -> [RangePair] {
    guard !baseline.isExact, options.maximumLevels > 0 else { return [] }
    var known = LevelTable()
    var rarest = Int.max
    for level in binning.levels {
      level.bytes.withUnsafeBufferPointer { bytes in
        known.add(bytes, count: 1)
        rarest = min(rarest, baseline.table.count(of: bytes))
      }
    }
    // When no bin is left, a level must have more rows than another to get one.
    let hasFree = binning.levels.count < options.maximumLevels
    let least = max(1, hasFree ? options.minimumCount : rarest)
    let most = min(baseline.countError, dropped.baseline)
    var largest = LargestTerms(
      options.maximumLevels,
      rows: (Double(max(1, baseline.present)), Double(max(1, current.present))))
    baseline.table.forEachWithUncertainty { level, count, room in
      let highest = count + min(room, dropped.baseline)
      guard room > 0, highest >= least, known.uncertainty(of: level) == nil else { return }
      largest.offer(
        RangePair(baseline: max(count, least)...highest, current: currentRange(of: level)))
    }
    guard most >= least else { return largest.ranges }
    current.table.forEachWithUncertainty { level, count, room in
      guard baseline.table.uncertainty(of: level) == nil else { return }
      largest.offer(
        RangePair(
          baseline: least...most, current: count...(count + min(room, dropped.current))))
    }
    let gone = RangePair(
      baseline: least...most, current: 0...min(current.countError, dropped.current))
    for _ in 0..<min(options.maximumLevels, dropped.baseline / least) { largest.offer(gone) }
    return largest.ranges
  }
}

/// The ranges that can add most to an index; they come one at a time, in any order.
private struct LargestTerms {
  private struct Item {
    let term: Double
    let ranges: RangePair

    /// Whether it comes first; the order is that of what it holds, not that of how it came.
    func precedes(_ other: Item) -> Bool {
      guard term == other.term else { return term > other.term }
      let (left, right) = (ranges, other.ranges)
      return (
        left.baseline.lowerBound, left.baseline.upperBound, left.current.lowerBound,
        left.current.upperBound
      ) < (
        right.baseline.lowerBound, right.baseline.upperBound, right.current.lowerBound,
        right.current.upperBound
      )
    }
  }

  private let limit: Int
  private let rows: (baseline: Double, current: Double)
  private var items: [Item] = []
  /// The last one that would be kept so far; nil while there are fewer.
  private var last: Item?

  init(_ limit: Int, rows: (baseline: Double, current: Double)) {
    self.limit = min(max(1, limit), 1 << 20)
    self.rows = rows
  }

  /// The largest ones, in descending order.
  var ranges: [RangePair] {
    items.sorted { $0.precedes($1) }.prefix(limit).map(\.ranges)
  }

  mutating func offer(_ ranges: RangePair) {
    let item = Item(term: ranges.mostTerm(rows), ranges: ranges)
    if let last, !item.precedes(last) { return }
    items.append(item)
    if items.count >= 2 * limit + 64 {
      items.sort { $0.precedes($1) }
      items.removeLast(items.count - limit)
      last = items.last
    }
  }
}
