extension PopulationStabilityIndex {
  /// How bins are chosen and counted. The defaults are those of the program.
  public struct Options: Sendable, Hashable {
    /// How bins of numeric columns are chosen.
    public var binning = NumericBinning.Method.quantile(bins: 10)
    /// Whether cells without a value are a bin.
    public var missing = MissingCells.bin
    /// What becomes of bins that are empty on one side.
    public var emptyBins = EmptyBins.addHalf
    /// How many baseline rows a single value or a level needs to get a bin of its own.
    public var minimumCount = 10
    /// How many levels of a categorical column can have a bin of their own.
    public var maximumLevels = 100
    /// The level that `criticalValue` belongs to.
    public var alpha = 0.01

    /// The defaults.
    public init() {}
  }

  /// Whether cells without a value are counted.
  public enum MissingCells: String, Sendable, Hashable, CaseIterable {
    /// They have a bin of their own.
    case bin
    /// They are left out.
    case exclude
  }

  /// What becomes of bins that are empty on one side.
  public enum EmptyBins: Sendable, Hashable {
    /// 1/2 is added to every bin of both samples, if some bin is empty on exactly one side.
    case addHalf
    /// Shares below this are raised to it; the others are not touched.
    case floor(Double)
  }
}

/// The shares that the index is computed from.
struct Shares {
  let baseline: [Double]
  let current: [Double]
  let isSmoothed: Bool

  /// Shares of the rows by bin, of the baseline and of the current data.
  init(
    baseline p: [Double], current q: [Double], emptyBins: PopulationStabilityIndex.EmptyBins
  ) {
    let hasEmptyBin = zip(p, q).contains { ($0 == 0) != ($1 == 0) }
    switch emptyBins {
    case .addHalf:
      isSmoothed = hasEmptyBin
      baseline = Self.shares(p, adding: hasEmptyBin ? 0.5 : 0)
      current = Self.shares(q, adding: hasEmptyBin ? 0.5 : 0)
    case .floor(let smallest):
      isSmoothed = false
      baseline = Self.shares(p, adding: 0).map { max($0, smallest) }
      current = Self.shares(q, adding: 0).map { max($0, smallest) }
    }
  }

  private static func shares(_ counts: [Double], adding extra: Double) -> [Double] {
    let total = counts.reduce(0, +) + extra * Double(counts.count)
    return counts.map { ($0 + extra) / total }
  }
}
