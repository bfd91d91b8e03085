extension ConfigurationFile {
  /// Notes what an override contradicts in itself.
  mutating func checkOverride(_ override: ColumnOverride) {
    let keys = override.keys
    func given(_ name: String) -> OverrideKey? { keys.first { $0.name == name } }
    if override.isIgnored, let other = keys.first(where: { $0.name != "ignore" }) {
      contradict(override, other, "has no effect on a column with 'ignore: true'; choose one")
    }
    if override.kind == .categorical, let other = keys.first(where: \.isNumericOnly) {
      contradict(override, other, "has no effect on a categorical column; take it out")
    }
    if given("psi-edges") != nil,
      let other = keys.first(where: { $0.isAboutBins && $0.name != "psi-edges" })
    {
      contradict(
        override, other, "has no effect with 'psi-edges', which gives the bins; choose one")
    }
    let pairs: [(String, Double?, String, Double?, isLevel: Bool)] = [
      ("psi-warn", override.psiWarn, "psi-fail", override.psiFail, false),
      (
        "mean-shift-effect-warn", override.meanShiftEffectWarn, "mean-shift-effect",
        override.meanShiftEffect, false
      ),
      ("warn-alpha", override.warnAlpha, "alpha", override.alpha, true),
    ]
    for (warnName, warn, failName, fail, isLevel) in pairs {
      guard let warn, let fail, isLevel ? warn < fail : warn > fail,
        let key = given(warnName)
      else { continue }
      contradict(
        override, key,
        "is \(warn), \(isLevel ? "less" : "greater") than '\(failName)', \(fail); FAIL would come "
          + "before WARN")
    }
  }

  private mutating func contradict(
    _ override: ColumnOverride, _ key: OverrideKey, _ message: String
  ) {
    problems.append(
      .init(
        .contradiction, at: override.place(of: key),
        "'\(key.name)' of '\(override.column)' \(message)"))
  }
}
