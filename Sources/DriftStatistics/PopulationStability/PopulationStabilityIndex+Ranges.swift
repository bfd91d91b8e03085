extension PopulationStabilityIndex {
  /// What the index is at most where the rows of bins are known by bounds only.
  package struct Most: Sendable, Hashable {
    /// The index.
    package let value: Double
    /// The least that the p-value can be.
    package let pValue: Double
  }

  /// What the index is at most when the rows of bins are known by bounds only.
  ///
  /// A term is convex in both shares: what it is at most, it is at the ends of the ranges. The sum of
  /// these is a bound, whether or not the ends fit together. No term is negative, so levels that may
  /// have a bin or not count as if they had one.
  ///
  /// - Parameters:
  ///   - bins: How many rows each bin may have.
  ///   - rows: The rows of both sides that have a level.
  ///   - missing: Cells without a value, a bin of their own; zeros to leave them out.
  ///   - emptyBins: What becomes of bins that are empty on one side.
  /// - Returns: The bounds; an index of 0 when a side has no rows.
  /// - Complexity: O(bins).
  package static func most(
    _ bins: UncertainLevels.Bins, rows: (baseline: Int, current: Int),
    missing: (baseline: Int, current: Int), emptyBins: EmptyBins
  ) -> Most {
    var certain = Self.withRoomForHidden(bins)
    certain.append(
      RangePair(
        baseline: missing.baseline...missing.baseline, current: missing.current...missing.current))
    certain.removeAll { $0.baseline.upperBound == 0 && $0.current.upperBound == 0 }
    let all = certain + bins.hidden
    let (n, m) = (
      Double(rows.baseline + missing.baseline), Double(rows.current + missing.current)
    )
    guard n > 0, m > 0 else { return Most(value: 0, pValue: 1) }
    let statistic = all.reduce(0) { $0 + $1.mostPearsonTerm((n, m)) }
    let pValue = ChiSquared(degreesOfFreedom: Double(max(1, certain.count - 1)))
      .upperTail(statistic)
    /// The sum when so many rows are added to each bin, and shares are raised to a least one.
    func sum(adding extra: Double, floor: Double, isAnyEmpty: Bool) -> Double {
      let added = extra * Double(certain.count)
      return all.reduce(0) { sum, bin in
        // Unless some bin is empty on one side, no bin is.
        guard let ranges = isAnyEmpty ? bin : bin.withRows else { return sum }
        return sum
          + RangePair.most(ranges.baseline, ranges.current) { x, y in
            contribution(
              baseline: max((x + extra) / (n + added), floor),
              current: max((y + extra) / (m + added), floor))
          }
      }
    }
    if case .floor(let smallest) = emptyBins {
      return Most(value: sum(adding: 0, floor: smallest, isAnyEmpty: true), pValue: pValue)
    }
    let canBeEmpty = all.contains {
      ($0.baseline.lowerBound == 0 && $0.current.upperBound > 0)
        || ($0.current.lowerBound == 0 && $0.baseline.upperBound > 0)
    }
    let isEmpty = certain.contains {
      ($0.baseline.upperBound == 0 && $0.current.lowerBound > 0)
        || ($0.current.upperBound == 0 && $0.baseline.lowerBound > 0)
    }
    let smoothed = canBeEmpty ? sum(adding: 0.5, floor: smallestShare, isAnyEmpty: true) : 0
    let value = isEmpty ? smoothed : max(smoothed, sum(adding: 0, floor: 0, isAnyEmpty: false))
    return Most(value: value, pValue: pValue)
  }

  /// The ranges of the bins, that of all other levels widened: hidden levels may take rows from them,
  /// and a bin that a hidden level has more rows than may be among them.
  private static func withRoomForHidden(_ bins: UncertainLevels.Bins) -> [RangePair] {
    guard let others = bins.ranges.last, !bins.hidden.isEmpty else { return bins.ranges }
    let largest = bins.hidden.reduce(0) { max($0, $1.baseline.upperBound) }
    let replaced = bins.ranges.dropLast().filter { $0.baseline.lowerBound <= largest }
    func widened(_ side: KeyPath<RangePair, ClosedRange<Int>>) -> ClosedRange<Int> {
      let taken = bins.hidden.reduce(0) { $0 + $1[keyPath: side].upperBound }
      let given = replaced.reduce(0) { $0 + $1[keyPath: side].upperBound }
      let range = others[keyPath: side]
      return max(0, range.lowerBound - taken)...(range.upperBound + given)
    }
    return Array(bins.ranges.dropLast())
      + [RangePair(baseline: widened(\.baseline), current: widened(\.current))]
  }
}

extension RangePair {
  /// The ranges without 0; nil when there is nothing but 0 on a side.
  fileprivate var withRows: RangePair? {
    guard baseline.upperBound > 0, current.upperBound > 0 else { return nil }
    return RangePair(
      baseline: max(1, baseline.lowerBound)...baseline.upperBound,
      current: max(1, current.lowerBound)...current.upperBound)
  }
}
