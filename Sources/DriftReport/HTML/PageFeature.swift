internal import DriftKit

/// A feature with its place on the page.
struct PageFeature {
  let result: FeatureResult
  /// Its place among the features of the baseline, from 1.
  let number: Int

  /// Where its details are. Made of the number: no name from data goes into an address.
  var anchor: String { "f\(number)" }

  /// The features, the worst status first, then the largest index.
  static func ordered(_ features: [FeatureResult]) -> [PageFeature] {
    func size(_ feature: PageFeature) -> Double {
      feature.result.populationStability?.test.value ?? .infinity
    }
    return features.enumerated().map { PageFeature(result: $1, number: $0 + 1) }.sorted {
      ($0.result.status.severity, size($0), -$0.number)
        > ($1.result.status.severity, size($1), -$1.number)
    }
  }
}
