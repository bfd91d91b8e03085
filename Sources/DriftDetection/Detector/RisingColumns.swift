internal import DriftColumns

/// Numeric columns that go on where the baseline ended: identifiers and clocks, whose every current value
/// is new.
struct RisingColumns {
  /// The rows of the current data that the kernel two-sample test takes, in their order, by column.
  private let values: [Level: [Double]]

  init(_ current: CurrentData) {
    values = Dictionary(
      (current.sample?.columns ?? []).map { (Level($0.name), $0.values) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What there is to say of such a column; nil for others.
  func remark(_ feature: FeatureResult) -> Remark? {
    guard feature.kind == .numeric, let current = feature.current,
      let before = feature.baseline.maximum, let after = current.minimum, after > before,
      isRising(feature.name) || areIdentifiers(feature.baseline) && areIdentifiers(current)
    else { return nil }
    return Remark(
      "\(feature.name): all current values are beyond those of the baseline and rising, as identifiers "
        + "and clocks do; if it is one", advice: .exclude(feature.name))
  }

  /// Whether nearly every value is at least the one before it.
  private func isRising(_ name: String) -> Bool {
    let finite = (values[Level(name)] ?? []).filter(\.isFinite)
    guard finite.count >= 10 else { return false }
    let steps = zip(finite, finite.dropFirst())
    return 10 * steps.count { $0 <= $1 } >= 9 * (finite.count - 1)
  }

  /// Whether they may be whole numbers in any order, hardly any of them twice.
  private func areIdentifiers(_ side: SideSummary) -> Bool {
    guard let minimum = side.minimum, let maximum = side.maximum, side.present >= 10 else {
      return false
    }
    return minimum == minimum.rounded() && maximum == maximum.rounded()
      && maximum - minimum >= Double(side.present) / 2
  }
}
