internal import DriftColumns

/// How the rows of a numeric column are counted by bins that are known before any of them.
struct KnownBins: Sendable {
  let counter: BinCounter
  /// The bins, where a profile keeps them.
  private let binning: NumericBinning?
  /// How they were chosen; nil for those of another profile.
  private let method: NumericBinning.Method?

  /// Bins of a profile: those of another one, or between given edges.
  init(_ binning: NumericBinning, method: NumericBinning.Method?) {
    counter = binning.counter
    self.binning = binning
    self.method = method
  }

  /// Bins of a baseline, whatever its rules.
  init(_ counter: BinCounter) {
    self.counter = counter
    binning = nil
    method = nil
  }

  /// The bins with their rows; nil where no profile keeps them.
  func frozen(_ cells: BinCounter.Cells, minimumCount: Int) -> FrozenBins? {
    binning.map {
      FrozenBins(
        binning: $0, method: method, minimumCount: method == nil ? 0 : minimumCount, cells: cells)
    }
  }
}
