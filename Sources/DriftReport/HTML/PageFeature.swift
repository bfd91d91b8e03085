internal import DriftDetection

/// A feature with its place on the page.
struct PageFeature {
  let result: FeatureResult
  /// Its place among the features of the baseline, from 1.
  let number: Int

  /// Where its details are. Made of the number: no name from data goes into an address.
  var anchor: String { "f\(number)" }

  /// More features than this, or names or notes, are left to the report: a browser shows a page of some
  /// megabytes, not one of hundreds.
  static let most = 1_000

  /// The features, the worst status first, then those that gate, then the largest index: at most `most`
  /// of them, of findings that gate all before any other.
  static func ordered(_ features: [FeatureResult]) -> [PageFeature] {
    let chosen = features.worst(most)
    return FeatureStatus.allCases.sorted(by: >).flatMap { status in
      chosen.filter { features[$0].status == status }.map {
        PageFeature(result: features[$0], number: $0 + 1)
      }
    }
  }
}
