import DriftKit
import Testing

/// P-values of the kernel two-sample test without drift: a permutation test keeps its level for any
/// data, sizes and units.
@Suite("Calibration: kernel two-sample test") struct DiscrepancyCalibration {
  /// Tables of numeric columns.
  enum Rows: String, Sendable, CaseIterable {
    /// Three normal columns, each correlated with the next.
    case correlated
    /// Three columns without a variance.
    case heavyTailed
    /// Skewed, zero-inflated and counted columns, one of them with missing values.
    case mixed
    /// Two columns of few values: many rows are equal.
    case discrete

    func sample(_ count: Int, _ source: inout RandomSource) throws -> SampleMatrix {
      try SampleMatrix(
        rows: (0..<count).map { _ in
          switch self {
          case .correlated:
            let (a, b, c) = (source.normal(), source.normal(), source.normal())
            return [a, 0.6 * a + 0.8 * b, 0.6 * b + 0.8 * c]
          case .heavyTailed:
            return (0..<3).map { _ in NumericFamily.t2.value(&source) }
          case .mixed:
            let families = [NumericFamily.lognormal, .zeroInflated, .poisson, .withMissing]
            return families.map { $0.value(&source) }
          case .discrete:
            return [NumericFamily.rareCounts, .fivePoints].map { $0.value(&source) }
          }
        })
    }
  }

  private func check(
    _ rows: Rows, _ sizes: Sizes, _ unit: MaximumMeanDiscrepancy.UnitChoice, runs: Int
  ) throws {
    let name = "MMD \(unit) \(rows) \(sizes)"
    let pValues = try Calibration.runs(runs, name) { source, _ in
      var options = MaximumMeanDiscrepancy.Options()
      options.permutations = 199
      options.unit = unit
      options.seed = source.next()
      return try MaximumMeanDiscrepancy(
        baseline: rows.sample(sizes.n, &source), current: rows.sample(sizes.m, &source),
        options: options
      ).pValue
    }
    RejectionRates(pValues).expect(.uniform, "MMD \(unit.rawValue)", "\(rows) \(sizes)")
  }

  static let rowSizes =
    [Sizes(50, 50), Sizes(200, 200), Sizes(30, 300), Sizes(300, 30)]
    + Calibration.choose([], long: [Sizes(500, 500), Sizes(1500, 150)])

  @Test(arguments: Rows.allCases, rowSizes)
  func singleRows(_ rows: Rows, _ sizes: Sizes) throws {
    try check(
      rows, sizes, .rows, runs: Calibration.choose(200, long: 4000) / (sizes.n > 400 ? 4 : 1))
  }

  /// Blocks of 2 and 3 rows, and in the long version of 5 and 11 rows.
  static let blockSizes = Calibration.choose(
    [Sizes(1000, 1000)], long: [Sizes(1000, 1000), Sizes(3000, 300), Sizes(2500, 2500)])

  @Test(arguments: Rows.allCases, blockSizes)
  func blocks(_ rows: Rows, _ sizes: Sizes) throws {
    try check(rows, sizes, .blocks, runs: Calibration.choose(50, long: 600))
  }

  /// Sizes for which blocks are chosen without being asked for.
  static let largeSizes = Calibration.choose(
    [Sizes(5600, 5600)], long: [Sizes(5600, 5600), Sizes(10_000, 1000)])

  @Test(arguments: [Rows.mixed], largeSizes)
  func automaticUnit(_ rows: Rows, _ sizes: Sizes) throws {
    try check(rows, sizes, .automatic, runs: Calibration.choose(10, long: 400))
  }
}
