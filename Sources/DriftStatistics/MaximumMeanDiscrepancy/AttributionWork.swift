internal import CDriftKernels
internal import DriftSummaries
internal import Parallel

/// The kernel over the rows of a test, without each column and by row.
struct AttributionWork {
  /// The kernel of some columns over the compared rows.
  struct KernelMeans {
    /// The unbiased statistic.
    let statistic: Double
    /// The mean over all pairs of different rows, of either sample.
    let mean: Double
  }

  /// The kernel of all columns, and of those without each column, in order.
  struct LeaveOneOut {
    let all: KernelMeans
    let without: [KernelMeans]
  }

  /// The compared rows of each sample: their places among the rows of the sample in the test,
  /// ascending.
  let baseline: [Int]
  let current: [Int]

  let rows: Standardisation
  let baselineRows: Int
  /// 1 / (2 sigma^2) in the units of `rows`; nil when all rows are equal.
  let gamma: Double?
  let loops: KernelLoops
  let threads: Int
  /// Whether single precision is exact enough to look for rows.
  let hasEstimate: Bool

  /// - Parameters:
  ///   - rows: The rows of the test.
  ///   - baselineRows: How many of them are the baseline's; they come first.
  ///   - sigma: The width of the kernel in the units of `rows`; 0 when all rows are equal.
  ///   - options: The options of the test.
  init(
    rows: Standardisation, baselineRows: Int, sigma: Double,
    options: MaximumMeanDiscrepancy.Options
  ) {
    self.rows = rows
    self.baselineRows = baselineRows
    loops = KernelLoops(options.instructionSet)
    threads = options.threads
    let size = Self.comparedRows(columns: rows.columnCount, atMost: options.comparedRows)
    baseline = Sampling.sample(
      size, of: baselineRows, seed: options.seed, stream: 0, purpose: .attribution)
    current = Sampling.sample(
      size, of: rows.rowCount - baselineRows, seed: options.seed, stream: 1,
      purpose: .attribution)
    // The same limits as for the test: a bandwidth may be any number.
    let width = min(max(sigma, .leastNormalMagnitude), .greatestFiniteMagnitude)
    let gamma = min(max(0.5 / width / width, .leastNormalMagnitude), 1e300)
    self.gamma = sigma > 0 ? gamma : nil
    hasEstimate = options.precision == .single && PermutationEngine.singleWidths.contains(sigma)
  }

  /// What rows are multiplied with, so that a kernel value is 2^-(squared distance).
  static func scale(gamma: Double) -> Double { (gamma * 1.4426950408889634).squareRoot() }

  /// How many rows of each sample are compared: so many that there are no more than 2^28 kernel
  /// values, but at least 50.
  static func comparedRows(columns: Int, atMost most: Int) -> Int {
    // 2 R (2 R - 1) / 2 pairs.
    let bound = (Double(1 << 27) / Double(max(1, columns))).squareRoot()
    return min(most, max(50, Int(bound)))
  }

  /// Compares the rows with the kernel of all columns and of those without each.
  ///
  /// Sums are whole numbers, so neither threads nor the order of the work can be seen in them.
  /// - Throws: What `progress` throws.
  func leaveOneOut(progress: (Double) throws -> Void) throws -> LeaveOneOut {
    guard let scale = gamma.map(Self.scale) else {
      let equal = KernelMeans(statistic: 0, mean: 1)
      return LeaveOneOut(
        all: equal, without: Array(repeating: equal, count: rows.columnCount))
    }
    let x = ColumnBlocks(rows, chosen: baseline, scale: scale)
    let y = ColumnBlocks(rows, chosen: current.map { $0 + baselineRows }, scale: scale)
    let (loops, split, width) = (loops, x.blockCount, rows.columnCount)
    let blocks = split + y.blockCount
    let pairs = (0..<blocks).flatMap { i in (i..<blocks).map { (i, $0) } }
    let states = try Workers.run(
      count: pairs.count, threads: threads, makeState: { PairSums(width: width) },
      progress: { try progress(Double($0) / Double(pairs.count)) },
      body: { state, index in
        let (i, j) = pairs[index]
        state.add(
          i < split ? x.block(i) : y.block(i - split), j < split ? x.block(j) : y.block(j - split),
          kind: (i < split ? 0 : 1) + (j < split ? 0 : 1), isDiagonal: i == j, loops: loops)
      })
    func means(_ column: Int) -> KernelMeans {
      let sums = (0..<3).map { kind in
        Double(states.reduce(Int128(0)) { $0 + $1.totals[kind * (width + 1) + column] })
          / ColumnBlocks.unitsOfOne
      }
      let (n, m) = (Double(baseline.count), Double(current.count))
      let statistic = sums[0] / (n * (n - 1)) + sums[2] / (m * (m - 1)) - 2 * sums[1] / (n * m)
      let all = sums[0] + 2 * sums[1] + sums[2]
      return KernelMeans(statistic: statistic, mean: all / ((n + m) * (n + m - 1)))
    }
    return LeaveOneOut(all: means(width), without: (0..<width).map(means))
  }

  /// What one worker adds up.
  private struct PairSums: Sendable {
    /// The kernel summed over pairs of rows of the first sample (in both orders), one of each, and
    /// the second (in both orders): `width` + 1 sums each, without each column and with all.
    var totals: [Int128]
    private var sums: [Int64]
    private var scratch = [Double](repeating: 0, count: 2 * RowBlocks.blockArea)

    init(width: Int) {
      totals = Array(repeating: 0, count: 3 * (width + 1))
      sums = Array(repeating: 0, count: width + 1)
    }

    /// Adds the pairs of two blocks, of which `kind` are the second sample's.
    mutating func add(
      _ a: drift_columns, _ b: drift_columns, kind: Int, isDiagonal: Bool, loops: KernelLoops
    ) {
      for place in sums.indices { sums[place] = 0 }
      loops.c.pair_sums(a, b, &scratch, &sums)
      // A block with itself has each pair in both orders already, and each row with itself.
      let weight: Int128 = isDiagonal || kind == 1 ? 1 : 2
      let own = isDiagonal ? Int64(a.count) << Int64(DRIFT_PAIR_BITS) : 0
      for place in sums.indices {
        totals[kind * sums.count + place] += weight * Int128(sums[place] - own)
      }
    }
  }
}
