import DriftCheckCore
import DriftKit
import Testing

/// WARN never comes later than FAIL: a default gives way to an explicit value.
@Suite struct ThresholdTests {
  @Test(arguments: [
    (["--psi-fail", "0.05"], 0.05, 0.05), (["--psi-fail", "0.3"], 0.10, 0.3),
    (["--psi-warn", "0.4"], 0.4, 0.4), (["--psi-warn", "0.2"], 0.2, 0.25),
    (["--psi-warn", "0.2", "--psi-fail", "0.2"], 0.2, 0.2), (["--psi-fail", "0"], 0, 0),
  ])
  func psi(_ arguments: [String], _ warn: Double, _ fail: Double) throws {
    let parsed = try options(arguments)
    #expect(
      (parsed.configuration.thresholds.stabilityWarn, parsed.configuration.thresholds.stabilityFail)
        == (warn, fail))
  }

  @Test(arguments: [
    (["--mean-shift-effect", "0"], 0, 0), (["--mean-shift-effect", "0.5"], 0.10, 0.5),
    (["--mean-shift-effect-warn", "1"], 1, 1),
  ])
  func effect(_ arguments: [String], _ warn: Double, _ fail: Double) throws {
    let parsed = try options(arguments)
    #expect(
      (parsed.configuration.thresholds.effectWarn, parsed.configuration.thresholds.effectFail) == (
        warn, fail
      ))
  }

  @Test(arguments: [
    (["--new-levels-fail", "0.01"], 0.01, 0.01), (["--new-levels-warn", "0.5"], 0.5, 0.5),
    (["--new-levels-fail", "0.2"], 0.02, 0.2),
  ])
  func newLevels(_ arguments: [String], _ warn: Double, _ fail: Double) throws {
    let parsed = try options(arguments)
    #expect(
      (parsed.configuration.thresholds.newLevelsWarn, parsed.configuration.thresholds.newLevelsFail)
        == (warn, fail))
  }

  @Test(arguments: [
    (["--lost-levels-fail", "0.01"], 0.01, 0.01), (["--lost-levels-warn", "0.5"], 0.5, 0.5),
    (["--lost-levels-fail", "0.2"], 0.02, 0.2),
  ])
  func lostLevels(_ arguments: [String], _ warn: Double, _ fail: Double) throws {
    let thresholds = try options(arguments).configuration.thresholds
    #expect((thresholds.lostLevelsWarn, thresholds.lostLevelsFail) == (warn, fail))
  }

  @Test(arguments: [
    (["--alpha", "0.2"], 0.2, 0.2), (["--alpha", "0.001"], 0.05, 0.001),
    (["--warn-alpha", "0.005"], 0.005, 0.005), (["--warn-alpha", "0.5"], 0.5, 0.01),
  ])
  func level(_ arguments: [String], _ warn: Double, _ fail: Double) throws {
    let parsed = try options(arguments)
    #expect(
      (parsed.configuration.thresholds.warnAlpha, parsed.configuration.thresholds.alpha) == (
        warn, fail
      ))
  }
}
