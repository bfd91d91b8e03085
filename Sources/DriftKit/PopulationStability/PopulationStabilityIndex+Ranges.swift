extension PopulationStabilityIndex {
  /// What the index is at most when the current rows of a bin are known by bounds only.
  ///
  /// A term is lowest where both shares are equal and grows from there: what it is at most, it is at
  /// an end of the range. The sum of these is a bound, whether or not the ends fit together.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's rows by bin.
  ///   - ranges: How many current rows each bin may have; the last one takes what the others leave.
  ///   - missing: Cells without a value, a bin of their own; zeros to leave them out.
  ///   - emptyBins: What becomes of bins that are empty on one side.
  /// - Returns: The bound; 0 when a side has no rows.
  /// - Complexity: O(bins).
  static func most(
    baselineCounts baseline: [Int], currentRanges ranges: [ClosedRange<Int>],
    missing: (baseline: Int, current: Int), emptyBins: EmptyBins
  ) -> Double {
    var bins = Array(zip(baseline, ranges))
    // The last one has all rows that the others are not certain to have.
    let rows =
      bins.dropLast().reduce(0) { $0 + $1.1.lowerBound } + (ranges.last?.upperBound ?? 0)
    bins.append((missing.baseline, missing.current...missing.current))
    bins.removeAll { $0 == 0 && $1.upperBound == 0 }
    let (n, m) = (
      Double(bins.reduce(0) { $0 + $1.0 }), Double(rows + missing.current)
    )
    guard n > 0, m > 0 else { return 0 }
    /// The sum when so many rows are added to each bin, and shares are raised to a least one.
    func sum(adding extra: Double, floor: Double, isAnyEmpty: Bool) -> Double {
      let added = extra * Double(bins.count)
      return bins.reduce(0) { sum, bin in
        let p = max((Double(bin.0) + extra) / (n + added), floor)
        // Unless some bin is empty on one side, no bin is.
        let least = isAnyEmpty ? bin.1.lowerBound : max(bin.1.lowerBound, min(1, bin.0))
        let most = isAnyEmpty || bin.0 > 0 ? bin.1.upperBound : 0
        let ends = [least, max(least, most)].map { count in
          contribution(baseline: p, current: max((Double(count) + extra) / (m + added), floor))
        }
        return sum + max(ends[0], ends[1])
      }
    }
    if case .floor(let smallest) = emptyBins {
      return sum(adding: 0, floor: smallest, isAnyEmpty: true)
    }
    let canBeEmpty = bins.contains { $0 > 0 ? $1.lowerBound == 0 : $1.upperBound > 0 }
    let isEmpty = bins.contains { $0 > 0 ? $1.upperBound == 0 : $1.lowerBound > 0 }
    let smoothed = canBeEmpty ? sum(adding: 0.5, floor: 0, isAnyEmpty: true) : 0
    return isEmpty ? smoothed : max(smoothed, sum(adding: 0, floor: 0, isAnyEmpty: false))
  }
}
