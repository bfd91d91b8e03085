internal import DriftDetection

extension FeatureStatus {
  /// The statuses that a report of some features tells apart, the worst first: that nothing was compared
  /// only where it happened.
  static func shown(_ features: [FeatureResult]) -> [FeatureStatus] {
    features.contains { $0.status == .notCompared }
      ? [.fail, .warn, .notCompared, .ok] : [.fail, .warn, .ok]
  }
}

extension DriftResult {
  /// What was not compared, such as `1 not compared: id`; nil where all was. It stands beside the verdict,
  /// as an OK says nothing of these features.
  package var notComparedText: String? {
    let names = features.lazy.filter { $0.status == .notCompared }.map(\.name)
    guard !names.isEmpty else { return nil }
    let count = names.reduce(0) { sum, _ in sum + 1 }
    let shown = names.prefix(5).map { LongText.cut(PlainText.neutralised($0), to: 60) }
    let rest = count > shown.count ? " and \(count - shown.count) more" : ""
    return "\(count) not compared: \(shown.joined(separator: ", "))\(rest)"
  }
}
