import DriftKit
import DriftTestSupport
import Testing

@Suite("Gamma function")
struct GammaFunctionTests {
  @Test("gamma(a + 1/2) / gamma(a) keeps its digits up to a = 1e12")
  func halfRatio() throws {
    for expected in try DistributionOracle.load().gammaHalfRatio {
      let ratio = Closeness(
        GammaFunction.halfRatio(expected.a), to: expected.value, relative: 2e-15)
      #expect(ratio.holds, "a = \(expected.a): \(ratio)")
      let logarithm = Closeness(
        GammaFunction.logHalfRatio(expected.a), to: expected.logarithm, absolute: 4e-15)
      #expect(logarithm.holds, "a = \(expected.a): \(logarithm)")
    }
  }

  // gamma(5) = 24, gamma(1/2) = sqrt(pi), gamma(171) = 170! (mpmath: log 170! = 706.5730622457873...)
  @Test(
    "The logarithm",
    arguments: [
      (5.0, 3.1780538303479458), (0.5, 0.5723649429247001), (1, 0), (2, 0),
      (171, 706.5730622457874),
    ])
  func logarithm(x: Double, expected: Double) {
    let closeness = Closeness(
      GammaFunction.logarithm(x), to: expected, absolute: 1e-15 * max(1, expected))
    #expect(closeness.holds, "\(closeness)")
  }
}
