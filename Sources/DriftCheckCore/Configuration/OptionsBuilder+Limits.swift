internal import DriftDetection

extension OptionsBuilder {
  /// The options with WARN no later than FAIL. Two values of equal rank that disagree are a mistake; else
  /// the weaker one gives way, a default to everything.
  func withOrderedLimits() throws(UsageError) -> CheckOptions {
    var options = options
    for pair in LimitPair.all + LimitPair.joint {
      let warn = options.configuration.thresholds[keyPath: pair.warn.path]
      let fail = options.configuration.thresholds[keyPath: pair.fail.path]
      guard pair.isReversed(warn: warn, fail: fail) else { continue }
      let (warnRank, failRank) = (rank(pair.warn.name), rank(pair.fail.name))
      if warnRank == failRank, warnRank > 0 {
        throw .contradiction(
          "--\(pair.warn.name)",
          """
          \(quoted(pair.warn.name, "\(warn)")) is \(pair.areLevels ? "less" : "greater") than \
          \(quoted(pair.fail.name, "\(fail)")); FAIL would come before WARN.
          """)
      }
      if warnRank > failRank {
        options.configuration.thresholds[keyPath: pair.fail.path] = warn
      } else {
        options.configuration.thresholds[keyPath: pair.warn.path] = fail
      }
    }
    return options
  }
}
