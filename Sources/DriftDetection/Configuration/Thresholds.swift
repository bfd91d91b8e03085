/// When a test warns and when it fails.
///
/// A test must be significant and large: at 100 rows the population stability index passes 0.25 by
/// chance, and at a million rows every p-value is 0. The limits for standardised differences are
/// those of Rubin, "Using Propensity Scores to Help Design Observational Studies", 2001, and
/// Austin, "Balance Diagnostics", Statistics in Medicine 28, 2009.
public struct Thresholds: Sendable, Hashable {
  /// Adjusted p-values below this fail.
  public var alpha: Double
  /// Adjusted p-values below this warn.
  public var warnAlpha: Double
  /// Whether the index must be significant too.
  public var stabilityGate: Bool
  /// The limits of tests that are not what these declare.
  var own: [Finding.Test: Limits] = [:]

  /// Limits; those that are not given are the defaults.
  public init(
    alpha: Double = 0.01, warnAlpha: Double = 0.05, stabilityWarn: Double = 0.10,
    stabilityFail: Double = 0.25, stabilityGate: Bool = true, effectWarn: Double = 0.10,
    effectFail: Double = 0.25, newLevelsWarn: Double = 0.02, newLevelsFail: Double = 0.10,
    lostLevelsWarn: Double = 0.02, lostLevelsFail: Double = 0.10
  ) {
    self.alpha = alpha
    self.warnAlpha = warnAlpha
    self.stabilityGate = stabilityGate
    (self.stabilityWarn, self.stabilityFail) = (stabilityWarn, stabilityFail)
    (self.effectWarn, self.effectFail) = (effectWarn, effectFail)
    (self.newLevelsWarn, self.newLevelsFail) = (newLevelsWarn, newLevelsFail)
    (self.lostLevelsWarn, self.lostLevelsFail) = (lostLevelsWarn, lostLevelsFail)
  }

  /// The worst status whose limits are passed.
  func status(_ fails: Bool, _ warns: Bool) -> DriftStatus { fails ? .fail : warns ? .warn : .ok }
}
