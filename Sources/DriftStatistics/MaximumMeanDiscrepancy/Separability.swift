internal import DriftSummaries
internal import Parallel

/// How well rows of one sample are told from those of the other by the witness function of a kernel,
/// f(z) = mean k(z, baseline rows) - mean k(z, current rows), z itself left out of its own mean: the
/// area under the curve, P(f(x) > f(y)) + P(f(x) = f(y)) / 2 for a row x of the baseline and y of the
/// current sample.
struct Separability {
  private let rows: RowBlocks
  private let member: KernelFamily.Member
  private let baselineCount: Int
  private let options: MaximumMeanDiscrepancy.Options

  /// Witness values this close count as equal: rounding must not decide a tie.
  private static let tieTolerance = 1e-12

  /// - Parameters:
  ///   - test: The test; of more than `separatedRows` rows of a sample a uniform sample is looked at.
  ///   - width: The width of the kernel in the units of its standardised rows.
  init(of test: KernelTest, width: Double) {
    options = test.options
    let (all, first) = (test.rows, test.plan.baselineRows.count)
    let baseline = Sampling.sample(
      options.separatedRows, of: first, seed: options.seed, stream: 0, purpose: .separability)
    let current = Sampling.sample(
      options.separatedRows, of: all.rowCount - first, seed: options.seed, stream: 1,
      purpose: .separability)
    baselineCount = baseline.count
    var values = all.values
    if baseline.count + current.count < all.rowCount {
      values = (baseline + current.map { $0 + first }).flatMap {
        all.values[($0 * all.columnCount)..<(($0 + 1) * all.columnCount)]
      }
    }
    let family = KernelFamily(widths: [width])
    member = family.members[0]
    rows = RowBlocks(
      values: values, rowCount: baseline.count + current.count, columnCount: all.columnCount,
      scale: family.scale, loops: KernelLoops(options.instructionSet))
    isExact =
      options.precision == .double || rows.rowCount <= PermutationEngine.smallRowCount
      || !PermutationEngine.singleWidths.contains(width)
  }

  private let isExact: Bool

  /// The larger of the area and one half.
  /// - Throws: What `progress` throws.
  /// - Complexity: O(N^2 d).
  func value(progress: (Double) throws -> Void) throws -> Double {
    let witness =
      isExact
      ? try witness(Double.self, progress: progress) : try witness(Float.self, progress: progress)
    return max(0.5, Self.area(witness, baselineCount: baselineCount))
  }

  /// The area under the curve: the first values are the baseline's.
  static func area(_ witness: [Double], baselineCount: Int) -> Double {
    let order = witness.indices.sorted { (witness[$0], $0) < (witness[$1], $1) }
    var (twice, current, first) = (0, 0, 0)
    while first < order.count {
      var (end, own, others) = (first, 0, 0)
      while end < order.count, witness[order[end]] - witness[order[first]] <= tieTolerance {
        if order[end] < baselineCount { own += 1 } else { others += 1 }
        end += 1
      }
      twice += own * (2 * current + others)
      current += others
      first = end
    }
    return Double(twice) / 2 / Double(baselineCount) / Double(witness.count - baselineCount)
  }

  /// The witness function at every row.
  private func witness<Scalar: KernelScalar>(
    _ precision: Scalar.Type, progress: (Double) throws -> Void
  ) throws -> [Double] {
    let (rows, member, split) = (rows, member, baselineCount)
    let tiles = Tiles(blocks: rows.blockCount, atMost: 8).tiles
    let states = try Workers.run(
      count: tiles.count, threads: options.threads,
      makeState: { State<Scalar>(rows: rows.rowCount) },
      progress: { try progress(Double($0) / Double(tiles.count)) },
      body: { state, index in
        tiles[index].forEachPair { i, j in state.add(i, j, rows, member, split: split) }
      })
    let one = Double(1 << Scalar.fineBits)
    return (0..<rows.rowCount).map { row in
      let sums = states.reduce((Int64(0), Int64(0))) {
        ($0.0 + $1.sums[2 * row], $0.1 + $1.sums[2 * row + 1])
      }
      let isFirst = row < split
      let (n, m) = (
        Double(split - (isFirst ? 1 : 0)), Double(rows.rowCount - split - (isFirst ? 0 : 1))
      )
      return (Double(sums.0) / n - Double(sums.1) / m) / one
    }
  }

  /// What one worker adds up: each row's kernel with the rows of the two samples.
  private struct State<Scalar: KernelScalar>: Sendable {
    var sums: [Int64]
    private let buffers = BlockBuffers<Scalar>(tileBlocks: 1)

    init(rows: Int) { sums = Array(repeating: 0, count: 2 * rows) }

    mutating func add(
      _ i: Int, _ j: Int, _ rows: RowBlocks, _ member: KernelFamily.Member, split: Int
    ) {
      Scalar.distances(rows, i, j, buffers)
      Scalar.kernel(rows, i, j, member, buffers)
      sums.withUnsafeMutableBufferPointer { [buffers] sums in
        guard let sums = sums.baseAddress else { return }
        // A diagonal block holds both halves already: its column sums are not wanted.
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: 2 * RowBlocks.blockSize) { unused in
          unused.initialize(repeating: 0)
          guard let unused = unused.baseAddress else { return }
          Scalar.sideSums(
            buffers.kernel, rows: rows.size(i), columns: rows.size(j),
            rowSplit: rows.rows(of: i, before: split), columnSplit: rows.rows(of: j, before: split),
            rowSums: sums + 2 * rows.start(i),
            columnSums: i == j ? unused : sums + 2 * rows.start(j), rows.loops)
        }
      }
    }
  }
}
