import Testing

@testable import DriftKit

@Suite("Tails are probabilities")
struct TailBoundTests {
  @Test("A two-sided tail of Student's t is at most 1, however near 0 the statistic is")
  func studentT() {
    for step in 0..<4_000 {
      let degrees = 1 + Double(step) * 0.137
      for exponent in 0..<60 {
        let t = Double(sign: .plus, exponent: -exponent, significand: 1.3)
        let tail = StudentT(degreesOfFreedom: degrees).twoSidedTail(t)
        guard !(0...1).contains(tail) else { continue }
        Issue.record("\(degrees) degrees of freedom, t \(t): \(tail)")
        return
      }
    }
  }

  @Test("An upper tail of chi-squared is at most 1")
  func chiSquared() {
    for degrees in 1..<500 {
      for exponent in -30..<12 {
        let x = Double(sign: .plus, exponent: exponent, significand: 1)
        let tail = ChiSquared(degreesOfFreedom: Double(degrees)).upperTail(x)
        #expect((0...1).contains(tail), "\(degrees) degrees of freedom, x \(x)")
      }
    }
  }
}
