import DriftKit
import Testing

/// How often stated shifts are found: 500 rows on both sides, default configuration, 199
/// permutations. The test that is made for a shift must fail in at least 95 % of the checks.
@Suite("Calibration: power") struct PowerCalibration {
  enum Shift: String, Sendable, CaseIterable {
    /// The mean of one of ten normal columns moves by half a standard deviation.
    case mean
    /// The variance of one of ten normal columns doubles: too little for a PSI of 0.25, it warns.
    case variance
    /// The standard deviation of one of ten normal columns doubles.
    case deviation
    /// The variance of all of five normal columns doubles.
    case jointVariance
    /// 15 % of the rows of a categorical column of four levels get a level never seen before.
    case newLevel
    /// 25 instead of 5 % of the cells of one of ten normal columns are missing.
    case missing
    /// The correlation of two of four normal columns turns from 0.6 to -0.6.
    case correlation
  }

  private static let columnCounts: [Shift: Int] = [.jointVariance: 5, .correlation: 4]

  /// Rows with the shift or without it.
  private static func sample(
    _ shift: Shift, isShifted: Bool, _ source: inout RandomSource
  ) throws -> Dataset {
    let rows = 500
    var values = (0..<columnCounts[shift, default: 10]).map { _ in
      NumericFamily.normal.sample(rows, &source)
    }
    var levels: [String?] = (0..<rows).map { _ in
      let u = source.uniform()
      return u < 0.5 ? "a" : u < 0.8 ? "b" : u < 0.95 ? "c" : "d"
    }
    switch shift {
    case .mean:
      if isShifted { values[0] = values[0].map { $0 + 0.5 } }
    case .variance:
      if isShifted { values[0] = values[0].map { $0 * 2.0.squareRoot() } }
    case .deviation:
      if isShifted { values[0] = values[0].map { $0 * 2 } }
    case .jointVariance:
      if isShifted { values = values.map { $0.map { $0 * 2.0.squareRoot() } } }
    case .newLevel:
      if isShifted { levels = levels.map { source.uniform() < 0.15 ? "new" : $0 } }
    case .missing:
      values[0] = values[0].map { source.uniform() < (isShifted ? 0.25 : 0.05) ? .nan : $0 }
    case .correlation:
      values[1] = zip(values[0], values[1]).map { (isShifted ? -0.6 : 0.6) * $0 + 0.8 * $1 }
    }
    return try Dataset(
      values.enumerated().map { Column("x\($0.offset)", $0.element) } + [Column("level", levels)])
  }

  /// Whether the test made for the shift saw it.
  private static func sees(_ shift: Shift, _ result: DriftResult) -> Bool {
    let first = result.features[0]
    switch shift {
    case .mean: return first.meanShift?.status == .fail
    case .variance: return first.populationStability?.status ?? .ok >= .warn
    case .deviation, .missing: return first.populationStability?.status == .fail
    case .newLevel: return result.features.last?.newLevels?.status == .fail
    case .jointVariance: return result.maximumMeanDiscrepancy?.status == .fail
    case .correlation:
      // Nothing else can see it.
      return result.dependence?.status == .fail
        && result.features.allSatisfy { $0.status != .fail }
    }
  }

  @Test(arguments: Shift.allCases) func isSeen(_ shift: Shift) throws {
    let count = Calibration.choose(100, long: 2000)
    let seen = try Calibration.runs(count, "power \(shift)") { source, _ in
      var configuration = DriftConfiguration()
      configuration.maximumMeanDiscrepancy?.permutations = 499
      configuration.maximumMeanDiscrepancy?.seed = source.next()
      let detector = try DriftDetector(
        baseline: Self.sample(shift, isShifted: false, &source), configuration: configuration)
      let result = try detector.check(Self.sample(shift, isShifted: true, &source))
      return (
        byTest: Self.sees(shift, result), failed: result.status == .fail,
        mmd: result.maximumMeanDiscrepancy?.status == .fail
      )
    }
    let power = Double(seen.count { $0.byTest }) / Double(count)
    let overall = Double(seen.count { $0.failed }) / Double(count)
    let mmd = Double(seen.count { $0.mmd }) / Double(count)
    Calibration.report(
      "power       \(Calibration.padded("\(shift) 500/500", 28)) "
        + "\(Calibration.padded("\(count)", 6)) \(Calibration.percent(power))"
        + "  overall FAIL \(Calibration.percent(overall))  MMD FAIL \(Calibration.percent(mmd))")
    #expect(power >= 0.95, "\(shift) was seen in \(power) of the checks")
  }
}
