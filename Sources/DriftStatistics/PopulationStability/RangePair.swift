/// How many rows a bin may have on both sides.
package struct RangePair: Sendable, Hashable {
  let baseline: ClosedRange<Int>
  let current: ClosedRange<Int>

  /// The least that the bin can add to Pearson's statistic of homogeneity, of so many rows on both
  /// sides: nothing if the shares can be equal, else what it adds at the counts that are closest to
  /// that, as the term grows with the distance from equal shares on either side.
  func leastTerm(_ rows: (baseline: Double, current: Double)) -> Double {
    let rate = rows.current / rows.baseline
    var (x, y) = (Double(baseline.lowerBound), Double(current.upperBound))
    if x * rate <= y {
      (x, y) = (Double(baseline.upperBound), Double(current.lowerBound))
      if x * rate >= y { return 0 }
    }
    let difference = x * rows.current - y * rows.baseline
    return difference / (rows.baseline * rows.current) * difference / (x + y)
  }

  /// The most that the bin can add to the index, of so many rows on both sides, half a row counting
  /// for none: the term is convex in both shares, so it is largest at a corner.
  func mostTerm(_ rows: (baseline: Double, current: Double)) -> Double {
    Self.most(baseline, current) { x, y in
      PopulationStabilityIndex.contribution(
        baseline: max(x, 0.5) / rows.baseline, current: max(y, 0.5) / rows.current)
    }
  }

  /// The most that the bin can add to Pearson's statistic of homogeneity, of so many rows on both
  /// sides: that term is convex too.
  func mostPearsonTerm(_ rows: (baseline: Double, current: Double)) -> Double {
    Self.most(baseline, current) { x, y in
      guard x + y > 0 else { return 0 }
      let difference = x * rows.current - y * rows.baseline
      return difference / (rows.baseline * rows.current) * difference / (x + y)
    }
  }

  /// The largest value of a function of the counts at the corners of two ranges.
  static func most(
    _ baseline: ClosedRange<Int>, _ current: ClosedRange<Int>,
    _ term: (_ baseline: Double, _ current: Double) -> Double
  ) -> Double {
    let (x, y) = (Double(baseline.lowerBound), Double(baseline.upperBound))
    let (low, high) = (Double(current.lowerBound), Double(current.upperBound))
    return max(term(x, low), term(x, high), term(y, low), term(y, high))
  }
}
