internal import DriftSummaries

/// Which rows take part, in which order, and which of them are permuted together.
package struct PermutationPlan: Sendable {
  let baselineRows: [Int]
  let currentRows: [Int]
  let units: PermutationUnits
  let unit: MaximumMeanDiscrepancy.Unit
  let blockSize: Int
  let isSampled: Bool

  /// - Parameters:
  ///   - baseline: How many rows the baseline has.
  ///   - current: How many rows the current sample has.
  ///   - options: How many rows may take part, and what is permuted.
  init(baseline: Int, current: Int, options: MaximumMeanDiscrepancy.Options) {
    var x = Sampling.sample(
      options.maximumRows, of: baseline, seed: options.seed, stream: 0, purpose: .rowSample)
    var y = Sampling.sample(
      options.maximumRows, of: current, seed: options.seed, stream: 1, purpose: .rowSample)
    isSampled = x.count < baseline || y.count < current
    let useBlocks =
      switch options.unit {
      case .rows: false
      case .blocks: true
      case .automatic: PermutationUnits.blockSize(baseline: x.count, current: y.count) >= 2
      }
    guard useBlocks else {
      units = .rows(baseline: x.count, current: y.count)
      unit = .rows
      blockSize = 1
      baselineRows = x
      currentRows = y
      return
    }
    let size = PermutationUnits.blockSize(baseline: x.count, current: y.count)
    units = .blocks(of: size, baseline: x.count, current: y.count)
    unit = .blocks
    blockSize = size
    x = Self.shuffled(x, keeping: x.count / size * size, seed: options.seed, stream: 0)
    y = Self.shuffled(y, keeping: y.count / size * size, seed: options.seed, stream: 1)
    baselineRows = x
    currentRows = y
  }

  private static func shuffled(_ rows: [Int], keeping count: Int, seed: UInt64, stream: UInt64)
    -> [Int]
  {
    Sampling.shuffled(rows.count, seed: seed, stream: stream, purpose: .blockOrder)
      .prefix(count).map { rows[$0] }
  }
}
