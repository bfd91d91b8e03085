internal import DriftDetection

extension [FeatureResult] {
  /// The places of at most so many features: findings of those that gate before the others, then the
  /// worst status first, then the largest index.
  func worst(_ most: Int) -> [Int] {
    let keys = map {
      (
        gate: $0.gates && $0.status.isFinding ? 1 : 0, status: $0.status.severity,
        size: $0.populationStability?.test.value ?? .infinity
      )
    }
    let order = indices.sorted {
      (keys[$0].gate, keys[$0].status, keys[$0].size, -$0)
        > (keys[$1].gate, keys[$1].status, keys[$1].size, -$1)
    }
    return Array<Int>(order.prefix(most))
  }
}
