internal import DriftColumns
package import DriftSummaries

/// The rows of both samples by bin.
package struct BinCounts: Sendable, Hashable {
  /// One bin.
  package struct Bin: Sendable, Hashable {
    package let label: String
    package var content = PopulationStabilityIndex.Content.values
    package var lower: Double?
    package var upper: Double?
    package let baseline: Int
    package let current: Int
  }

  package private(set) var bins: [Bin]

  /// Bins without names.
  package init(baseline: [Int], current: [Int]) {
    bins = zip(baseline, current).enumerated().map { index, counts in
      Bin(label: "\(index)", baseline: counts.0, current: counts.1)
    }
  }

  /// The bins of a numeric column and, last, those of the cells without a number.
  /// Both are pairs of the baseline's and the current rows; zeros leave the bin out.
  package init(
    _ binning: NumericBinning, baseline: [Int], current: [Int],
    missing: (baseline: Int, current: Int), unparseable: (baseline: Int, current: Int) = (0, 0)
  ) {
    bins = binning.bins.indices.map { index in
      Bin(
        label: binning.label(of: index),
        content: binning.bins[index] == .other ? .other : .values,
        lower: binning.lower(of: index), upper: binning.upper(of: index),
        baseline: baseline[index], current: current[index])
    }
    append(.missing, missing)
    append(.invalid, unparseable)
  }

  /// The cells of a column of points in time, which are not compared by value: those that have one, and
  /// those that are missing or invalid. Pairs of the baseline's and the current rows.
  package init(
    valid: (baseline: Int, current: Int), missing: (baseline: Int, current: Int),
    invalid: (baseline: Int, current: Int)
  ) {
    bins = []
    append(.valid, valid)
    append(.missing, missing)
    append(.invalid, invalid)
  }

  /// The bins of a categorical column and, last, that of the cells without a level.
  package init(
    _ binning: CategoricalBinning, baseline: [Int], current: [Int],
    missing: (baseline: Int, current: Int)
  ) {
    let contents =
      binning.levels.map { (PopulationStabilityIndex.Content.level, $0.description) }
      + [(.other, PopulationStabilityIndex.Content.other.rawValue)]
    bins = contents.enumerated().map { index, bin in
      Bin(label: bin.1, content: bin.0, baseline: baseline[index], current: current[index])
    }
    append(.missing, missing)
  }

  private mutating func append(
    _ content: PopulationStabilityIndex.Content, _ counts: (baseline: Int, current: Int)
  ) {
    guard counts.baseline > 0 || counts.current > 0 else { return }
    bins.append(
      Bin(
        label: content.rawValue, content: content, baseline: counts.baseline,
        current: counts.current))
  }

  /// The bins that have rows.
  package var filled: [Bin] { bins.filter { $0.baseline > 0 || $0.current > 0 } }

  /// Pearson's test of homogeneity on these bins; nil for a single one, which says nothing.
  package var homogeneity: Double? {
    let filled = filled
    guard filled.count > 1 else { return nil }
    return ChiSquared.homogeneity(
      filled.map { Double($0.baseline) }, filled.map { Double($0.current) })
  }
}

extension ChiSquared {
  /// The p-value of Pearson's test of homogeneity of two samples in the same bins, none of which is
  /// empty on both sides. No continuity correction.
  /// - Precondition: There are two bins at least.
  package static func homogeneity(_ first: [Double], _ second: [Double]) -> Double {
    let n = first.reduce(0, +)
    let m = second.reduce(0, +)
    let statistic = zip(first, second).reduce(0) { sum, counts in
      let difference = counts.0 * m - counts.1 * n
      return sum + difference / (n * m) * difference / (counts.0 + counts.1)
    }
    return ChiSquared(degreesOfFreedom: Double(first.count - 1)).upperTail(statistic)
  }
}
