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
    guard options.maximumLevels > 0 else { return [] }
    var known = LevelTable()
    var rarest = Int.max
    for (place, level) in binning.levels.enumerated() {
      level.bytes.withUnsafeBufferPointer { bytes in
        known.add(bytes, count: 1)
        if place < binning.baselineLevels { rarest = min(rarest, baseline.table.count(of: bytes)) }
      }
    }
    // When no bin is left, a level must have more rows than another to get one.
    let hasFree = binning.baselineLevels < options.maximumLevels
    var hidden = HiddenLevels(
      least: (
        max(1, hasFree ? options.minimumCount : rarest),
        CategoricalBinning.leastRows(of: current, minimumCount: options.minimumCount)
      ), rows: (baseline.present, current.present), most: options.maximumLevels)
    let unseen = (
      min(baseline.countError, dropped.baseline), min(current.countError, dropped.current)
    )
    baseline.table.forEachWithUncertainty { level, count, room in
      guard known.uncertainty(of: level) == nil else { return }
      hidden.offer(
        count...(count + min(room, dropped.baseline)), currentRange(of: level))
    }
    current.table.forEachWithUncertainty { level, count, room in
      guard known.uncertainty(of: level) == nil, baseline.table.uncertainty(of: level) == nil
      else { return }
      hidden.offer(0...unseen.0, count...(count + min(room, dropped.current)))
    }
    // Levels that were dropped on both sides, or were on one only.
    hidden.offerUnseen(0...unseen.0, 0...unseen.1, rows: dropped)
    return hidden.ranges
  }
}

/// Levels that might have bins of their own, chosen by the baseline or else by the current side; they
/// come one at a time.
private struct HiddenLevels {
  /// How many rows a side needs to choose one.
  private let least: (baseline: Int, current: Int)
  private let most: (baseline: Int, current: Int)
  private var ofBaseline: LargestTerms
  private var ofCurrent: LargestTerms

  init(least: (baseline: Int, current: Int), rows: (baseline: Int, current: Int), most: Int) {
    self.least = least
    self.most = (most, min(most, rows.current / least.current))
    let rows = (Double(max(1, rows.baseline)), Double(max(1, rows.current)))
    ofBaseline = LargestTerms(self.most.baseline, rows: rows)
    ofCurrent = LargestTerms(self.most.current, rows: rows)
  }

  /// The largest ones.
  var ranges: [RangePair] {
    ofBaseline.ranges + (most.current > 0 ? ofCurrent.ranges : [])
  }

  /// Takes up a level without a bin, where a side may have chosen it for rows that were not counted.
  mutating func offer(_ baseline: ClosedRange<Int>, _ current: ClosedRange<Int>) {
    offerToBaseline(baseline, current)
    offerToCurrent(baseline, current)
  }

  /// Takes up as many levels as there may be that were not counted on a side.
  mutating func offerUnseen(
    _ baseline: ClosedRange<Int>, _ current: ClosedRange<Int>,
    rows: (baseline: Int, current: Int)
  ) {
    for _ in 0..<min(most.baseline, rows.baseline / least.baseline) {
      offerToBaseline(baseline, current)
    }
    for _ in 0..<min(most.current, rows.current / least.current) {
      offerToCurrent(baseline, current)
    }
  }

  private mutating func offerToBaseline(_ baseline: ClosedRange<Int>, _ current: ClosedRange<Int>) {
    guard baseline.count > 1, baseline.upperBound >= least.baseline else { return }
    let lowest = max(baseline.lowerBound, least.baseline)
    ofBaseline.offer(RangePair(baseline: lowest...baseline.upperBound, current: current))
  }

  private mutating func offerToCurrent(_ baseline: ClosedRange<Int>, _ current: ClosedRange<Int>) {
    guard current.count > 1, current.upperBound >= least.current else { return }
    let lowest = max(current.lowerBound, least.current)
    ofCurrent.offer(RangePair(baseline: baseline, current: lowest...current.upperBound))
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
