package import DriftColumns
public import DriftSummaries

extension PopulationStabilityIndex {
  /// How bins are chosen and counted. The defaults are those of the program.
  public struct Options: Sendable, Hashable {
    /// How bins of numeric columns are chosen.
    public var binning: NumericBinning.Method
    /// Whether cells without a value are a bin.
    public var missing: MissingCells
    /// What becomes of bins that are empty on one side.
    public var emptyBins: EmptyBins
    /// How many baseline rows a single value or a level needs to get a bin of its own.
    public var minimumCount: Int
    /// How many levels of a categorical column can have a bin of their own.
    public var maximumLevels: Int
    /// The level that `criticalValue` belongs to; a `DriftDetector` takes that of its thresholds.
    public var alpha: Double

    /// Options; those that are not given are the defaults.
    public init(
      binning: NumericBinning.Method = .quantile(bins: 10), missing: MissingCells = .bin,
      emptyBins: EmptyBins = .addHalf, minimumCount: Int = 10, maximumLevels: Int = 100,
      alpha: Double = 0.01
    ) {
      self.binning = binning
      self.missing = missing
      self.emptyBins = emptyBins
      self.minimumCount = minimumCount
      self.maximumLevels = maximumLevels
      self.alpha = alpha
    }

    /// The cells without a value as they are counted: zeros where they are left out.
    package func counted(_ baseline: Int, _ current: Int) -> (baseline: Int, current: Int) {
      missing == .bin ? (baseline, current) : (0, 0)
    }

    package func validate() throws(StatisticsError) {
      switch binning {
      case .quantile(let bins), .uniform(let bins):
        try Self.require((2...10_000).contains(bins), "\(bins) bins, expected 2 to 10,000")
      case .edges(let edges):
        try Self.require(
          !edges.isEmpty && edges.allSatisfy(\.isFinite), "edges \(edges), expected finite numbers")
      }
      if case .floor(let smallest) = emptyBins {
        try Self.require(
          smallest > 0 && smallest < 1, "a floor of \(smallest) for shares, expected 0 < floor < 1")
      }
      try Self.require(minimumCount >= 1, "minimumCount is \(minimumCount), expected at least 1")
      try Self.require(maximumLevels >= 0, "maximumLevels is \(maximumLevels), expected at least 0")
      try Self.require(alpha > 0 && alpha < 1, "alpha is \(alpha), expected 0 < alpha < 1")
    }

    private static func require(_ holds: Bool, _ message: String) throws(StatisticsError) {
      guard holds else { throw StatisticsError(code: .invalidArgument, message: message) }
    }
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
    /// If some bin is empty on exactly one side, 1/2 is added to every bin of both samples, and shares
    /// below ``PopulationStabilityIndex/smallestShare`` are raised to it.
    case addHalf
    /// Shares below this are raised to it; the others are not touched.
    case floor(Double)
  }
}

/// The shares that the index is computed from.
package struct Shares {
  package let baseline: [Double]
  package let current: [Double]
  package let isSmoothed: Bool

  /// Shares of the rows by bin, of the baseline and of the current data.
  init(
    baseline p: [Double], current q: [Double], emptyBins: PopulationStabilityIndex.EmptyBins
  ) {
    let hasEmptyBin = zip(p, q).contains { ($0 == 0) != ($1 == 0) }
    switch emptyBins {
    case .addHalf:
      isSmoothed = hasEmptyBin
      let (extra, least) = hasEmptyBin ? (0.5, PopulationStabilityIndex.smallestShare) : (0, 0)
      baseline = Self.shares(p, adding: extra, least: least)
      current = Self.shares(q, adding: extra, least: least)
    case .floor(let smallest):
      isSmoothed = false
      baseline = Self.shares(p, adding: 0, least: smallest)
      current = Self.shares(q, adding: 0, least: smallest)
    }
  }

  private static func shares(_ counts: [Double], adding extra: Double, least: Double) -> [Double] {
    let total = counts.reduce(0, +) + extra * Double(counts.count)
    return counts.map { max(($0 + extra) / total, least) }
  }
}
