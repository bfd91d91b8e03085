import DriftKit
import Glibc

let x = (0..<100).map { Double($0 % 17) }
let y = (0..<100).map { Double($0 % 17) + 4 }
let test = try WelchTTest(baseline: x, current: y)
let psi = try PopulationStabilityIndex(baseline: x, current: y)
let mmd = try MaximumMeanDiscrepancy(
  baseline: SampleMatrix(columns: [x]), current: SampleMatrix(columns: [y]))
guard test.pValue < 1e-6, psi.value > 0.25, mmd.pValue <= 0.01 else {
  print("unexpected: \(test.pValue), \(psi.value), \(mmd.pValue)")
  exit(1)
}
print("DriftKit works with C++ interoperability on")
