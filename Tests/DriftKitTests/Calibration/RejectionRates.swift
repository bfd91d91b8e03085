import Testing

/// How often a test rejects when there is no drift, from the p-values of many runs.
struct RejectionRates: CustomStringConvertible {
  static let levels = [0.01, 0.05, 0.1]

  let runs: Int
  /// The share of p-values at or below each of `levels`.
  let rates: [Double]
  /// How far the distribution of the p-values rises above the uniform one (one-sided
  /// Kolmogorov-Smirnov), times the root of the runs.
  let excess: Double

  init(_ pValues: [Double]) {
    runs = pValues.count
    let count = Double(pValues.count)
    rates = Self.levels.map { level in Double(pValues.count { $0 <= level }) / count }
    let distance = pValues.sorted().enumerated().reduce(0) {
      max($0, Double($1.offset + 1) / count - $1.element)
    }
    excess = distance * count.squareRoot()
  }

  var description: String {
    rates.map(Calibration.percent).joined(separator: " ") + "  KS \((excess * 100).rounded() / 100)"
  }

  /// Expects no more rejections than each level, up to four standard errors.
  func expect(
    _ promise: Promise, _ test: String, _ setting: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    Calibration.report(
      "\(Calibration.padded(test, 11)) \(Calibration.padded(setting, 28)) "
        + "\(Calibration.padded("\(runs)", 6)) \(self)")
    for (index, level) in Self.levels.enumerated() {
      let bound = level + 4 * Calibration.standardError(level, runs: runs)
      #expect(
        rates[index] <= bound, "\(test), \(setting): \(rates[index]) reject at \(level)",
        sourceLocation: sourceLocation)
    }
    // exp(-2 * 2.15^2) = 1e-4: how often uniform p-values are further off.
    if promise.isUniform {
      #expect(
        excess < 2.15, "\(test), \(setting): p-values are too small (KS \(excess))",
        sourceLocation: sourceLocation)
    }
  }

  /// What is promised of the p-values of a test without drift.
  struct Promise: Sendable {
    /// Whether they are at no level smaller than uniform ones.
    let isUniform: Bool

    /// Uniform, or larger everywhere.
    static let uniform = Promise(isUniform: true)

    /// No more rejections than the level at each of `levels`. P-values of discrete data have steps,
    /// and those of heavy tails are larger than uniform near 0 and smaller elsewhere.
    static let atMostLevel = Promise(isUniform: false)
  }
}
