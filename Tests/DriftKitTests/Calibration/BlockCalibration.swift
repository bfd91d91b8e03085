import DriftKit
import Testing

/// Blocks of rows against single rows, on the same data: the level is the same, and next to no
/// power is lost.
@Suite("Calibration: blocks against rows") struct BlockCalibration {
  /// Samples and a shift of the mean of one of three columns that about two of three tests see.
  struct Setting: Sendable, CustomTestStringConvertible {
    let sizes: Sizes
    let shift: Double
    let runs: Int
    var testDescription: String { "\(sizes), shift \(shift)" }
  }

  static let settings = Calibration.choose(
    [
      Setting(sizes: Sizes(1000, 1000), shift: 0, runs: 100),
      Setting(sizes: Sizes(1000, 1000), shift: 0.13, runs: 100),
    ],
    long: [
      Setting(sizes: Sizes(1000, 1000), shift: 0, runs: 1000),
      Setting(sizes: Sizes(1000, 1000), shift: 0.13, runs: 1000),
      Setting(sizes: Sizes(3000, 300), shift: 0, runs: 1000),
      Setting(sizes: Sizes(3000, 300), shift: 0.17, runs: 1000),
      Setting(sizes: Sizes(2500, 2500), shift: 0, runs: 400),
      Setting(sizes: Sizes(2500, 2500), shift: 0.08, runs: 400),
      Setting(sizes: Sizes(10_000, 1000), shift: 0, runs: 150),
      Setting(sizes: Sizes(10_000, 1000), shift: 0.09, runs: 150),
    ])

  @Test(arguments: settings) func sameLevelAndPower(_ setting: Setting) throws {
    let runs = try Calibration.runs(setting.runs, "blocks \(setting.testDescription)") {
      source, _ in
      let x = try Self.sample(setting.sizes.n, shift: 0, &source)
      let y = try Self.sample(setting.sizes.m, shift: setting.shift, &source)
      var options = MaximumMeanDiscrepancy.Options()
      options.permutations = 199
      options.seed = source.next()
      options.unit = .rows
      let rows = try MaximumMeanDiscrepancy(baseline: x, current: y, options: options)
      options.unit = .blocks
      let blocks = try MaximumMeanDiscrepancy(baseline: x, current: y, options: options)
      return (rows: rows.pValue, blocks: blocks.pValue, size: blocks.blockSize)
    }
    let count = Double(runs.count)
    for level in RejectionRates.levels {
      let rows = Double(runs.count { $0.rows <= level }) / count
      let blocks = Double(runs.count { $0.blocks <= level }) / count
      // Only runs that the two decide differently tell them apart (McNemar 1947).
      let differing = Double(runs.count { ($0.rows <= level) != ($0.blocks <= level) })
      let error = max(differing, 1).squareRoot() / count
      Calibration.report(
        "blocks of \(Calibration.padded("\(runs[0].size)", 2)) "
          + "\(Calibration.padded(setting.testDescription, 28)) "
          + "\(Calibration.padded("\(runs.count)", 6)) at \(level): rows "
          + "\(Calibration.percent(rows)), blocks \(Calibration.percent(blocks))"
          + ", standard error \(Calibration.percent(error))")
      #expect(runs[0].size >= 2)
      #expect(abs(rows - blocks) <= 0.01 + 3 * error, "at \(level): \(rows) and \(blocks)")
      if setting.shift == 0 {
        let bound = level + 4 * Calibration.standardError(level, runs: runs.count)
        #expect(blocks <= bound, "\(blocks) of the tests reject at \(level)")
      }
    }
  }

  private static func sample(_ count: Int, shift: Double, _ source: inout RandomSource) throws
    -> SampleMatrix
  {
    try SampleMatrix(
      rows: (0..<count).map { _ in [source.normal() + shift, source.normal(), source.normal()] })
  }
}
