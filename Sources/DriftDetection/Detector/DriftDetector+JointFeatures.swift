internal import DriftColumns
internal import DriftSummaries

/// The features that the tests of all features together look at.
extension DriftDetector {
  /// Those that are asked for and have different values.
  func jointFeatures(_ current: CurrentData) -> Set<Level> {
    Set(
      zip(features, current.profiles).filter { feature, profile in
        guard feature.kind == .numeric, let profile, isJoint(feature.name) else { return false }
        return feature.profile.summary.present > 0 && profile.summary.present > 0
          && !Moments.areOneConstant(feature.profile.moments, profile.moments)
      }.map { Level($0.0.name) })
  }

  /// Whether a feature is asked for: evidence of what does not gate would decide in them.
  func isJoint(_ feature: String) -> Bool { gates.contains(feature) }

  /// The numeric features that are not asked for.
  private var asideFeatures: [String] {
    features.filter { $0.kind == .numeric && !isJoint($0.name) }.map(\.name)
  }

  /// What a note says of those; nil where there are none.
  var asideNote: String? {
    let names = asideFeatures
    return names.isEmpty ? nil : "MMD leaves out features that do not gate: \(Self.list(names))"
  }

  /// What is said of the features that a test needs, where not all of them will do.
  var thatGates: String { asideFeatures.isEmpty ? "" : " that gates" }
}
