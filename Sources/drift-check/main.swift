import DriftKit
import Glibc
func wall() -> Double { var t = timespec(); clock_gettime(CLOCK_MONOTONIC, &t); return Double(t.tv_sec) + 1e-9*Double(t.tv_nsec) }
nonisolated(unsafe) var s: UInt64 = 1
func u() -> Double { s = s &* 6364136223846793005 &+ 1442695040888963407; return Double(s >> 11) / 9007199254740992 }
func nrm() -> Double { (-2*log(1-u())).squareRoot()*cos(6.283185307179586*u()) }
func run(_ n: Int, _ m: Int, _ d: Int, _ P: Int, _ unit: MaximumMeanDiscrepancy.UnitChoice, _ prec: MaximumMeanDiscrepancy.Precision, _ th: Int, shift: Double = 0.0) throws {
  s = 1
  let x = try SampleMatrix(rowCount: n, columnCount: d, values: (0..<n*d).map { _ in nrm() })
  let y = try SampleMatrix(rowCount: m, columnCount: d, values: (0..<m*d).map { _ in nrm() + shift })
  var o = MaximumMeanDiscrepancy.Options(); o.permutations = P; o.unit = unit; o.precision = prec; o.threads = th
  let t = wall()
  let r = try MaximumMeanDiscrepancy(baseline: x, current: y, options: o)
  print(n, m, d, P, unit, prec, th, String(wall()-t), r.statistic, r.pValue, r.bandwidth, r.isExact, r.blockSize)
}
for th in [1,2] { for p in MaximumMeanDiscrepancy.Precision.allCases { try run(1000,1000,30,100,.rows,p,th) } }
try run(5000,5000,30,500,.rows,.single,2)
try run(5000,5000,30,500,.rows,.double,2)
try run(20000,20000,30,1000,.automatic,.single,2)
try run(20000,20000,30,1000,.automatic,.double,2)
try run(70,30,3,999,.rows,.single,2, shift: 0.3)
