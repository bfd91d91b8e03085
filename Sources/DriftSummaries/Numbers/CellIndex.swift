internal import CColumnKernels
internal import CInstructionSets

/// Where to look for the cell of a number among many cuts: in buckets of equal width, of which each holds
/// few of them. A search among all cuts takes three times as long.
struct CellIndex: Sendable, Hashable {
  private let minimum: Double
  private let scale: Double
  /// For each bucket the number of cuts in those before it.
  private let first: [UInt16]
  /// The largest number of cuts in a bucket.
  private let steps: Int32

  private static let bucketCount = 1024
  /// With more cuts in a bucket a search takes less time.
  static let mostSteps = 4

  /// Nil where a search takes less time: for few cuts, and where most of them lie in few buckets.
  ///
  /// - Parameters:
  ///   - cuts: The cuts, ascending, followed by NaN.
  ///   - count: How many there are.
  init?(cuts: [Double], count: Int) {
    guard count > Int(DRIFT_COMPARED_CUTS), count + Self.mostSteps <= cuts.count,
      count <= Int(UInt16.max), case let plan?? = Self.plan(cuts[0], cuts[count - 1])
    else { return nil }
    var counts = [Int32](repeating: 0, count: Self.bucketCount)
    withUnsafePointer(to: plan) { plan in
      for cut in cuts.prefix(count) { counts[Int(drift_bucket_of(plan, cut))] += 1 }
    }
    steps = counts.max() ?? 0
    guard steps <= Self.mostSteps else { return nil }
    var before: UInt16 = 0
    first = counts.map { count in
      defer { before += UInt16(count) }
      return before
    }
    (minimum, scale) = (plan.minimum, plan.scale)
  }

  private static func plan(_ low: Double, _ high: Double) -> drift_buckets?? {
    low.isFinite && high.isFinite && low < high
      ? drift_buckets.equalWidths(of: low...high, buckets: bucketCount) : nil
  }

  /// Adds values to cells.
  func count(
    _ values: UnsafeBufferPointer<Double>, cuts: [Double],
    into cells: UnsafeMutablePointer<Int64>, instructionSet: InstructionSet
  ) {
    first.withUnsafeBufferPointer { first in
      cuts.withUnsafeBufferPointer { cuts in
        var index = drift_cell_index(
          buckets: drift_buckets(
            minimum: minimum, scale: scale, shift: 0, buckets: Int32(Self.bucketCount)),
          first: first.baseAddress, steps: steps, cuts: cuts.baseAddress)
        drift_count_indexed_cells(
          instructionSet, &index, values.baseAddress, Int64(values.count), cells)
      }
    }
  }
}
