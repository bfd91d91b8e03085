package import DriftSummaries

extension PopulationStabilityIndex {
  /// The index as the drift job of churn-mlops (TechITFactory, `monitoring/drift.py`) computes it,
  /// so that numbers match its history; not recommended for anything else.
  ///
  /// Ten quantile bins of the baseline; missing values are dropped; values outside the baseline's
  /// range are dropped from counts and denominator; shares are clipped to [1e-6, 1] and not
  /// renormalised. Fewer than three different edges, or an empty side, give 0. These rules miss
  /// drift (two constants, values far out of range, a last bin that swallows a value). Infinities in
  /// the baseline, which make NumPy's edges NaN, stay edges here.
  ///
  /// - Parameters:
  ///   - baseline: The baseline; NaN is a missing value.
  ///   - current: The current sample.
  ///   - alpha: The level that `criticalValue` belongs to.
  /// - Returns: The older job's index, and the chi-squared test on its bins.
  public static func churnMLOps(
    baseline: some Sequence<Double>, current: some Sequence<Double>, alpha: Double = 0.01
  ) -> PopulationStabilityIndex {
    let present = baseline.filter { !$0.isNaN }
    let current = Array(current)
    let binning = ChurnMLOpsBinning(baseline: present)
    return churnMLOps(
      binning, baseline: binning.counts(of: present), current: binning.counts(of: current),
      isEmpty: present.isEmpty || !current.contains { !$0.isNaN }, alpha: alpha)
  }

  package static func churnMLOps(
    _ binning: ChurnMLOpsBinning, baseline: [Int], current: [Int], isEmpty: Bool, alpha: Double
  ) -> PopulationStabilityIndex {
    let bins = zip(baseline, current).enumerated().map { index, counts in
      BinCounts.Bin(
        label: binning.label(of: index), lower: binning.edges[index],
        upper: binning.edges[index + 1], baseline: counts.0, current: counts.1)
    }
    return PopulationStabilityIndex(churnMLOps: bins, isEmpty: isEmpty, alpha: alpha)
  }

  private init(churnMLOps bins: [BinCounts.Bin], isEmpty: Bool, alpha: Double) {
    func shares(_ counts: [Int]) -> [Double] {
      let total = Double(max(counts.reduce(0, +), 1))
      return counts.map { min(max(Double($0) / total, 1e-6), 1) }
    }
    let p = shares(bins.map(\.baseline))
    let q = shares(bins.map(\.current))
    let contributions = zip(p, q).map(Self.contribution)
    let filled = bins.filter { $0.baseline > 0 || $0.current > 0 }
    let n = Double(filled.reduce(0) { $0 + $1.baseline })
    let m = Double(filled.reduce(0) { $0 + $1.current })
    let isComparable = n > 0 && m > 0
    let noise = isComparable ? 1 / n + 1 / m : 0
    let freedom = Double(max(filled.count - 1, 0))
    value = isEmpty ? 0 : contributions.reduce(0, +)
    pValue =
      isComparable && filled.count > 1
      ? ChiSquared.homogeneity(
        filled.map { Double($0.baseline) }, filled.map { Double($0.current) })
      : nil
    criticalValue =
      isComparable && freedom > 0
      ? ChiSquared(degreesOfFreedom: freedom).upperQuantile(alpha) * noise : 0
    biasCorrected = max(0, value - freedom * noise)
    isSmoothed = false
    self.bins = zip(bins, contributions).map { bin, contribution in
      Bin(
        label: bin.label, content: .values, lower: bin.lower, upper: bin.upper,
        baselineCount: bin.baseline,
        currentCount: bin.current, contribution: isEmpty ? 0 : contribution)
    }
  }
}
