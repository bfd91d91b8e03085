import DriftKit
import Testing

@Suite("Shares that have no ratio")
struct SmallestSharesTests {
  @Test("The smallest floor gives a finite index: q ln q - q ln p")
  func floor() throws {
    var options = PopulationStabilityIndex.Options()
    options.emptyBins = .floor(.leastNonzeroMagnitude)
    let index = try PopulationStabilityIndex(
      baselineCounts: [0, 10], currentCounts: [5, 5], options: options)
    // ln(5e-324) = -744.4400719213812
    let expected = 0.5 * (-0.6931471805599453 + 744.4400719213812) + 0.5 * 0.6931471805599453
    #expect(abs(index.value - expected) < 1e-9, "\(index.value)")
  }

  @Test("A share of 0 on one side still has no finite index")
  func zero() throws {
    let value = try PopulationStabilityIndex.value(
      baselineShares: [0, 1], currentShares: [0.5, 0.5])
    #expect(value == .infinity)
  }
}
