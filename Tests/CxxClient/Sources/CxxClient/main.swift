import DriftKit

let x = (0..<100).map { Double($0 % 17) }
let y = (0..<100).map { Double($0 % 17) + 4 }
let test = try WelchTTest(baseline: x, current: y)
let psi = try PopulationStabilityIndex(baseline: x, current: y)
let mmd = try MaximumMeanDiscrepancy(
  baseline: SampleMatrix(columns: [x]), current: SampleMatrix(columns: [y]))
precondition(test.pValue < 0.001 && psi.value > 0.25 && mmd.pValue == 0.001)
print("DriftKit works with C++ interoperability on")
