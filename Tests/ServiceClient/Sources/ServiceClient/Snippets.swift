// The library in the words of the README: a test compares them line by line.
import DriftKit

func checkBatch(
  trainingTempo: [Double], trainingPlans: [String?], todaysTempo: [Double], todaysPlans: [String?]
) throws -> DriftResult {
  let baseline = try Dataset([Column("tempo", trainingTempo), Column("plan", trainingPlans)])
  let detector = try DriftDetector(baseline: baseline)

  let batch = try Dataset([Column("tempo", todaysTempo), Column("plan", todaysPlans)])
  let result = try detector.check(batch) { _ in try Task.checkCancellation() }
  if result.status == .fail {
    print(result.reasons.joined(separator: "\n"))
  }
  return result
}

func singleTests(x: [Double], y: [Double]) throws -> [Double] {
  let psi = try PopulationStabilityIndex(baseline: x, current: y).value
  let p = try WelchTTest(baseline: x, current: y).pValue
  let mmd = try MaximumMeanDiscrepancy(
    baseline: SampleMatrix(columns: [x]), current: SampleMatrix(columns: [y]))
  return [psi, p, mmd.statistic, mmd.pValue]
}
