import DriftKit
import Testing

@Suite("Mean shifts of skewed columns")
struct SkewedMeansTests {
  private static func check(_ baseline: [Double], _ current: [Double]) throws -> FeatureResult {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy = nil
    let detector = try DriftDetector(
      baseline: Dataset([Column("amount", baseline)]), configuration: configuration)
    return try #require(detector.check(Dataset([Column("amount", current)])).features.first)
  }

  private static func lognormal(_ count: Int, _ seed: String) -> [Double] {
    var source = RandomSource(seed)
    return NumericFamily.lognormal.sample(count, &source)
  }

  @Test("The p-value is not below that of the skewness, and the one of the t-test is kept")
  func pValues() throws {
    let (x, y) = (Self.lognormal(50, "a"), Self.lognormal(500, "b"))
    let shift = try #require(try Self.check(x, y).meanShift)
    let welch = try WelchTTest(baseline: x, current: y).pValue
    let tail = try #require(try MeanPermutationTail(baseline: x, current: y)).pValue
    #expect(shift.welchPValue == welch && shift.pValue == max(welch, tail))
  }

  @Test("Of rows enough for their skewness the mean shift counts alone")
  func manyRows() throws {
    let side = Self.lognormal(5_000, "many")
    let feature = try Self.check(side, side.map { $0 + 1 })
    #expect(feature.meanShift?.skewedSide == nil && feature.meanShift?.status == .fail)
  }

  /// 93 small values and 7 large ones.
  private static func outliers(near size: Double) -> [Double] {
    (0..<93).map { Double($0) / 93 } + (0..<7).map { size + Double($0) }
  }

  @Test("Of too few rows it counts only with the distribution, and a note says so")
  func fewRows() throws {
    // The same values but for how far the seven are out.
    let feature = try Self.check(Self.outliers(near: 10), Self.outliers(near: 1_000))
    let shift = try #require(feature.meanShift)
    #expect(try #require(shift.adjustedPValue) < 0.01 && #require(shift.effect) >= 0.25)
    let side = try #require(shift.skewedSide)
    #expect(side.isBaseline && side.rows == 100)
    #expect(side.rowsNeeded == 25 * side.skewness * side.skewness)
    #expect(shift.status == .ok && feature.finding(of: .meanShift) == nil)
    let notes = feature.notes.filter { $0.contains("counts only with") }
    #expect(notes.count == 1 && notes[0].contains("100 baseline rows are too few"), "\(notes)")
  }

  @Test("With a distribution that differs too it counts")
  func withDistribution() throws {
    let (x, y) = (Self.lognormal(100, "x"), Self.lognormal(2_000, "y").map { $0 + 3 })
    let feature = try Self.check(x, y)
    #expect(feature.meanShift?.skewedSide != nil && feature.meanShift?.status == .fail)
    #expect(!feature.notes.contains { $0.contains("counts only with") })
  }
}
