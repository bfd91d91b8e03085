internal import DriftColumns

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
  /// The population stability index from which a feature warns.
  public var stabilityWarn: Double
  /// The population stability index from which a feature fails.
  public var stabilityFail: Double
  /// Whether the index must be significant too.
  public var stabilityGate: Bool
  /// The size of Hedges' g from which a significant mean shift warns; 0 for the p-value alone.
  public var effectWarn: Double
  /// The size of Hedges' g from which a significant mean shift fails; 0 for the p-value alone.
  public var effectFail: Double
  /// The share of new levels beyond the expected one from which a feature warns.
  public var newLevelsWarn: Double
  /// The share of new levels beyond the expected one from which a feature fails.
  public var newLevelsFail: Double

  /// Limits; those that are not given are the defaults.
  public init(
    alpha: Double = 0.01, warnAlpha: Double = 0.05, stabilityWarn: Double = 0.10,
    stabilityFail: Double = 0.25, stabilityGate: Bool = true, effectWarn: Double = 0.10,
    effectFail: Double = 0.25, newLevelsWarn: Double = 0.02, newLevelsFail: Double = 0.10
  ) {
    self.alpha = alpha
    self.warnAlpha = warnAlpha
    self.stabilityWarn = stabilityWarn
    self.stabilityFail = stabilityFail
    self.stabilityGate = stabilityGate
    self.effectWarn = effectWarn
    self.effectFail = effectFail
    self.newLevelsWarn = newLevelsWarn
    self.newLevelsFail = newLevelsFail
  }

  /// The worst status whose limits are passed.
  func status(_ fails: Bool, _ warns: Bool) -> DriftStatus { fails ? .fail : warns ? .warn : .ok }

  /// The status of a population stability index.
  func status(stability value: Double, adjustedPValue p: Double) -> DriftStatus {
    status(
      value >= stabilityFail && (!stabilityGate || p < alpha),
      value >= stabilityWarn && (!stabilityGate || p < warnAlpha))
  }

  /// The status of a mean shift; `effect` is nil when both sides are constant and different.
  func status(effect: Double?, adjustedPValue p: Double) -> DriftStatus {
    let size = effect.map { abs($0) } ?? .infinity
    return status(p < alpha && size >= effectFail, p < warnAlpha && size >= effectWarn)
  }

  /// The status of the new levels of a feature.
  func status(newLevels excess: Double, adjustedPValue p: Double) -> DriftStatus {
    status(p < alpha && excess >= newLevelsFail, p < warnAlpha && excess >= newLevelsWarn)
  }

  /// The status of the kernel two-sample test.
  func status(pValue p: Double) -> DriftStatus { status(p < alpha, p < warnAlpha) }

  func validate(_ owner: String) throws(DriftError) {
    guard alpha > 0, alpha < 1, warnAlpha < 1, warnAlpha >= alpha else {
      throw DriftError(
        .invalidConfiguration,
        "\(owner): alpha \(alpha) and warnAlpha \(warnAlpha), expected 0 < alpha <= warnAlpha < 1")
    }
    let pairs = [
      ("population stability", stabilityWarn, stabilityFail), ("effect", effectWarn, effectFail),
      ("new levels", newLevelsWarn, newLevelsFail),
    ]
    for (name, warn, fail) in pairs where !(warn >= 0 && warn <= fail && fail.isFinite) {
      throw DriftError(
        .invalidConfiguration,
        "\(owner): \(name) limits \(warn) and \(fail), expected 0 <= warn <= fail")
    }
  }
}
