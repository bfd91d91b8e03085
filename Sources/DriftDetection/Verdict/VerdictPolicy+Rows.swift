internal import DriftStatistics

extension VerdictPolicy {
  /// What the numbers of rows say; nothing where an older job's numbers decide alone.
  func rowFindings(baseline: Int, current: Int) -> [Finding] {
    guard configuration.compatibility == .none else { return [] }
    return [
      tooFew(baseline: baseline, current: current), ratio(baseline: baseline, current: current),
    ].compactMap { $0 }
  }

  private func tooFew(baseline: Int, current: Int) -> Finding? {
    let least = configuration.rowLimits.minimum
    let few = [("baseline", baseline), ("current", current)].filter { $0.1 < least }
    guard let smallest = few.map(\.1).min() else { return nil }
    let sides = few.map { "\($0.1) \($0.0) \($0.1 == 1 ? "row" : "rows")" }
    return Finding(
      .tables, .rows, .warn, observed: Double(smallest), limit: Double(least),
      words: "too few rows to find drift: \(sides.joined(separator: " and ")), fewer than \(least)")
  }

  private func ratio(baseline: Int, current: Int) -> Finding? {
    let limits = configuration.rowLimits
    // A baseline has rows.
    let ratio = Double(current) / Double(max(baseline, 1))
    for (status, range) in [
      (DriftStatus.fail, limits.failingRatio), (.warn, limits.warningRatio),
    ] {
      guard let range, !range.contains(ratio) else { continue }
      let (low, high) = (range.lowerBound, range.upperBound)
      return Finding(
        .tables, .rows, status, observed: ratio, limit: ratio < low ? low : high,
        words: "\(current) current for \(baseline) baseline rows, ratio "
          + "\(NumberText.significant(ratio, 3)), expected \(NumberText.significant(low, 3)) to "
          + NumberText.significant(high, 3))
    }
    return nil
  }
}
