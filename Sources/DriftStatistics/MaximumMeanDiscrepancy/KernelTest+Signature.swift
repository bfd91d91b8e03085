internal import DriftColumns
internal import DriftSummaries

extension KernelTest {
  /// Everything that decides the sums of a test and how they are cut into shards.
  package struct Signature: Sendable, Hashable {
    /// Raised whenever the same rows and options get other kernel values, permutations, or pieces.
    static let currentKernel: UInt64 = 2

    var kernel = currentKernel
    var columnNames: [String]
    var seed: UInt64
    var permutations: Int
    var unit: MaximumMeanDiscrepancy.Unit
    var blockSize: Int
    var scale: MaximumMeanDiscrepancy.Scale
    var precision: MaximumMeanDiscrepancy.Precision
    var tileBlocks: Int
    /// Rows that take part.
    var baselineRows: Int
    var currentRows: Int
    var columnCount: Int
    /// SHA-256 of the bits of the standardised rows.
    var digest: [UInt8]
    /// The kernels' widths in the units of the scaled values.
    var bandwidths: [Double]
  }

  /// - Complexity: O(rows x columns).
  var signature: Signature {
    Signature(
      columnNames: columnNames, seed: options.seed, permutations: options.permutations,
      unit: plan.unit, blockSize: plan.blockSize, scale: options.scale,
      precision: options.precision, tileBlocks: options.tileBlocks,
      baselineRows: plan.baselineRows.count, currentRows: plan.currentRows.count,
      columnCount: rows.columnCount,
      digest: rows.values.withUnsafeBytes { SHA256.digest(of: $0) },
      bandwidths: widths.map { $0 * rows.unit })
  }
}

extension KernelTest.Signature {
  /// The first thing that differs from another test, as each has it; nil when nothing does. What
  /// people choose comes before what follows from it.
  func difference(from other: Self) -> (found: String, expected: String)? {
    for (own, its) in zip(facts, other.facts) where own != its { return (own, its) }
    for (own, its) in zip(columnNames, other.columnNames) where Level(own) != Level(its) {
      return ("column '\(own)'", "column '\(its)'")
    }
    if bandwidths.count != other.bandwidths.count {
      return ("\(bandwidths.count) kernels", "\(other.bandwidths.count)")
    }
    if digest != other.digest {
      return ("rows with SHA-256 \(Self.start(of: digest))", Self.start(of: other.digest))
    }
    for (own, its) in zip(bandwidths, other.bandwidths) where own.bitPattern != its.bitPattern {
      return ("bandwidth \(own)", "\(its)")
    }
    return nil
  }

  private var facts: [String] {
    [
      "kernel version \(kernel)",
      "seed \(seed)",
      "\(permutations) permutations",
      unit == .rows ? "permutations of rows" : "permutations of blocks",
      "scale \(scale.rawValue)",
      "\(precision.rawValue) precision",
      "\(columnCount) columns",
      "\(columnNames.count) names of columns",
      "\(baselineRows) baseline rows",
      "\(currentRows) current rows",
      "blocks of \(blockSize) rows",
      "tiles of \(tileBlocks) blocks",
    ]
  }

  /// The first bytes in hexadecimal digits: enough to tell by eye.
  private static func start(of digest: [UInt8]) -> String {
    digest.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "..."
  }
}
