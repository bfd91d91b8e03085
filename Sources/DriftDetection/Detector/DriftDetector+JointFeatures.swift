internal import DriftColumns
internal import DriftSummaries

/// The features that the tests of all features together look at.
extension DriftDetector {
  /// Those that are asked for and have different values.
  func jointFeatures(_ current: CurrentData) -> Set<Level> {
    let leftOut = Set(configuration.leftOutOfJointTests.map { Level($0) })
    return Set(
      zip(features, current.profiles).filter { feature, profile in
        guard feature.kind == .numeric, let profile, gates.contains(feature.name),
          !leftOut.contains(Level(feature.name))
        else { return false }
        return feature.profile.summary.present > 0 && profile.summary.present > 0
          && !Moments.areOneConstant(feature.profile.moments, profile.moments)
      }.map { Level($0.0.name) })
  }

  /// The numeric features that do not gate: their evidence would decide in these tests.
  private var asideFeatures: [String] {
    features.filter { $0.kind == .numeric && !gates.contains($0.name) }.map(\.name)
  }

  /// What a note says of those; nil where there are none.
  var asideNote: String? {
    let names = asideFeatures
    return names.isEmpty ? nil : "MMD leaves out features that do not gate: \(Self.list(names))"
  }

  /// What is said of the features that a test needs, where not all of them will do.
  var thatGates: String { asideFeatures.isEmpty ? "" : " that gates" }
}
