extension Thresholds {
  /// - Throws: `DriftError.invalidConfiguration` for limits that contradict each other.
  func validate(_ owner: String) throws(DriftError) {
    guard alpha > 0, alpha < 1, warnAlpha < 1, warnAlpha >= alpha else {
      throw DriftError(
        .invalidConfiguration,
        "\(owner): alpha \(alpha) and warnAlpha \(warnAlpha), expected 0 < alpha <= warnAlpha < 1")
    }
    for declared in TestTable.limits + TestTable.jointLimits {
      let (warn, fail) = (self[declared].warn, self[declared].fail)
      guard warn >= 0, warn <= fail, fail.isFinite else {
        throw DriftError(
          .invalidConfiguration,
          "\(owner): \(declared.name) limits \(warn) and \(fail), expected 0 <= warn <= fail")
      }
    }
  }
}
