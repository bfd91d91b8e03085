/// Which rows are permuted together.
///
/// The rows of a test are ordered by unit: unit 0 first, and the baseline's units before the
/// current sample's. Any partition into units keeps the permutation test exact as long as units
/// are exchangeable.
package struct PermutationUnits: Sendable, Equatable {
  /// How many rows each unit has.
  package let sizes: [Int]
  /// How many of the units are the baseline's; they come first.
  package let baselineCount: Int

  package var count: Int { sizes.count }
  package var rowCount: Int { sizes.reduce(0, +) }
  /// Whether a unit is a single row.
  package var areRows: Bool { sizes.allSatisfy { $0 == 1 } }

  /// Single rows.
  package static func rows(baseline: Int, current: Int) -> PermutationUnits {
    PermutationUnits(
      sizes: Array(repeating: 1, count: baseline + current), baselineCount: baseline)
  }

  /// Blocks of `size` rows; what is left over of each sample takes no part.
  package static func blocks(of size: Int, baseline: Int, current: Int) -> PermutationUnits {
    PermutationUnits(
      sizes: Array(repeating: size, count: baseline / size + current / size),
      baselineCount: baseline / size)
  }

  /// The rows of a block for samples of these sizes: about 1,000 blocks, at least 20 a side.
  package static func blockSize(baseline: Int, current: Int) -> Int {
    max(1, min((baseline + current) / 1000, min(baseline, current) / 20))
  }
}
