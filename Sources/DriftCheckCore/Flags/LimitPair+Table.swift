internal import DriftKit

extension LimitPair {
  /// The limits of the population stability index.
  static let stability = LimitPair(
    warn: Limit(name: "psi-warn", path: \.stabilityWarn),
    fail: Limit(name: "psi-fail", path: \.stabilityFail),
    says: "PSI from which a feature is", metavar: "x", section: .psi)

  /// The limits of Hedges' g.
  static let effect = LimitPair(
    warn: Limit(name: "mean-shift-effect-warn", path: \.effectWarn),
    fail: Limit(name: "mean-shift-effect", path: \.effectFail),
    says: "Standardised difference from which a shift is", metavar: "g", section: .meanShift,
    isNumericOnly: true)

  /// The limits of the share of rows with new levels.
  static let newLevels = LimitPair(
    warn: Limit(name: "new-levels-warn", path: \.newLevelsWarn),
    fail: Limit(name: "new-levels-fail", path: \.newLevelsFail),
    says: "Share of rows with new levels, beyond the expected, from which a feature is",
    metavar: "x", section: .verdict, isLevelsOnly: true)

  /// The levels of significance.
  static let significance = LimitPair(
    warn: Limit(name: "warn-alpha", path: \.warnAlpha),
    fail: Limit(name: "alpha", path: \.alpha), areLevels: true,
    says: "The significance level of", columnNote: "; p-values stay adjusted over all columns",
    metavar: "p", section: .verdict)

  /// All of them, in the order of the keys of a column.
  static let all = [stability, effect, newLevels, significance]

  /// The threshold of a flag; nil for other flags.
  static func path(_ name: String) -> (any KeyPath<Thresholds, Double> & Sendable)? {
    all.flatMap(\.limits).first { $0.name == name }?.path
  }
}
