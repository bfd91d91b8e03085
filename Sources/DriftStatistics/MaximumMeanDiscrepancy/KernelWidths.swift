internal import DriftSummaries
internal import Glibc

/// The widths of a test's kernels, in the units of the standardised rows.
///
/// They follow from the pooled rows, whichever sample a row is from.
enum KernelWidths {
  /// The most rows whose distances decide.
  static let mostRows = 5_000
  /// How many kernels a ladder has.
  static let ladderCount = 4

  /// The widths, ascending.
  ///
  /// - Parameters:
  ///   - rows: The standardised rows.
  ///   - options: How widths are chosen.
  ///   - progress: Called with the share done of the present pass.
  /// - Returns: The widths; none when all rows are equal.
  /// - Throws: What `progress` throws.
  /// - Complexity: O(B^2 d) for B = 5,000 rows at most.
  static func all(
    of rows: Standardisation, options: MaximumMeanDiscrepancy.Options,
    progress: (Double) throws -> Void
  ) throws -> [Double] {
    if let sigma = options.bandwidth {
      guard rows.columnCount > 0 else { return [] }
      return [min(max(sigma / rows.unit, .leastNormalMagnitude), .greatestFiniteMagnitude)]
    }
    // Label-blind: drawn from the pooled rows.
    let chosen = Sampling.sample(
      mostRows, of: rows.rowCount, seed: options.seed, stream: 0, purpose: .bandwidthSample)
    var values = rows.values
    if chosen.count < rows.rowCount {
      values = chosen.flatMap {
        rows.values[($0 * rows.columnCount)..<(($0 + 1) * rows.columnCount)]
      }
    }
    let blocks = RowBlocks(
      values: values, rowCount: chosen.count, columnCount: rows.columnCount,
      loops: KernelLoops(options.instructionSet))
    let distances = DistanceQuantiles(rows: blocks, options: options)
    switch options.kernels {
    case .median:
      let median = try distances.median(progress: progress)
      return median > 0 ? [(median / 2).squareRoot()] : []
    case .ladder:
      let equal = equalPairs(values, rowCount: chosen.count, width: rows.columnCount)
      let roots = try distances.roots(percents: [5, 95], zeros: equal, progress: progress)
      return roots.map { ladder(from: $0[0] / 2, to: $0[1]) } ?? []
    }
  }

  /// A geometric sequence.
  static func ladder(from low: Double, to high: Double) -> [Double] {
    let ratio = high / low
    return (0..<ladderCount).map { step in
      switch step {
      case 0: low
      case ladderCount - 1: high
      default: low * pow(ratio, Double(step) / Double(ladderCount - 1))
      }
    }
  }

  /// How many pairs of rows are equal.
  private static func equalPairs(_ values: [Double], rowCount: Int, width: Int) -> Int {
    // As a rule no two rows are equal, and a number made of each tells.
    let marks = (0..<rowCount).map { row in
      values[(row * width)..<((row + 1) * width)].reduce(into: UInt64(0)) {
        $0 = ($0 ^ ($1 + 0).bitPattern) &* 0x9E37_79B9_7F4A_7C15
        $0 ^= $0 >> 32
      }
    }
    guard Set(marks).count < rowCount else { return 0 }
    var copies: [ArraySlice<Double>: Int] = [:]
    for row in 0..<rowCount { copies[values[(row * width)..<((row + 1) * width)], default: 0] += 1 }
    return copies.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
  }
}
