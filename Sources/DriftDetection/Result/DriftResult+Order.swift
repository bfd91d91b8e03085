extension DriftResult {
  /// The places of the features with findings, in the order of `reasons`.
  package var placesOfFindings: [Int] {
    [true, false].flatMap { gates in
      [DriftStatus.fail, .warn].flatMap { places($0, gates: gates) }
    }
  }

  /// The places of the features with a status: where it is known what a model makes of them, the one that
  /// matters most first, else in the order of the columns.
  func places(_ status: DriftStatus, gates: Bool) -> [Int] {
    let places = features.indices.filter {
      features[$0].gates == gates && features[$0].status == FeatureStatus(status)
    }
    let known = features.lazy.filter { $0.importance != nil }.count { _ in true }
    guard known > 0 else { return places }
    let ranks = places.map { features[$0].rank(withoutWeight: 1 / Double(known)) }
    return places.indices.sorted { (ranks[$0], -$0) > (ranks[$1], -$1) }.map { places[$0] }
  }
}

extension FeatureResult {
  /// How much it matters: its importance times how far it is beyond its limits.
  ///
  /// - Parameter share: The importance of a feature of which it is not known.
  /// - Returns: A finite number that is not negative.
  package func rank(withoutWeight share: Double) -> Double {
    let worst = findings.filter { FeatureStatus($0.status) == status }
    return (importance ?? share) * (worst.map(\.excess).max() ?? 0)
  }
}

extension Finding {
  /// More than this many times the limit is as bad as a column that is gone.
  private static let mostExcess = 1_000.0

  /// How many times its limit the observed number is.
  fileprivate var excess: Double {
    guard let observed, let limit, limit > 0, observed.isFinite else { return Self.mostExcess }
    return min(observed.magnitude / limit, Self.mostExcess)
  }
}
