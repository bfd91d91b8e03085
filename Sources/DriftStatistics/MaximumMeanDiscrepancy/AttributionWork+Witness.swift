internal import CDriftKernels
internal import Parallel

extension AttributionWork {
  /// A current row of the test, and the witness function there.
  struct Witness: Comparable {
    let value: Double
    /// Its place among the current rows of the test.
    let row: Int

    static func < (left: Witness, right: Witness) -> Bool {
      (left.value, left.row) < (right.value, right.row)
    }
  }

  /// The current rows where the witness function is lowest: the mean kernel with the compared rows
  /// of the baseline less that with those of the current sample but itself.
  ///
  /// All rows are looked at in single precision, and those that may be among the lowest in double.
  ///
  /// - Parameters:
  ///   - count: How many rows.
  ///   - progress: Called with the share done.
  /// - Returns: The rows, ascending.
  /// - Throws: What `progress` throws.
  func lowestWitnesses(_ count: Int, progress: (Double) throws -> Void) throws -> [Witness] {
    let total = rows.rowCount - baselineRows
    guard let gamma, total > 0 else {
      return (0..<min(count, total)).map { Witness(value: 0, row: $0) }
    }
    var chosen = Array(0..<total)
    if hasEstimate, total > Self.fewRows {
      let estimates = try estimates(gamma: gamma) { try progress(0.9 * $0) }
      // Each estimate is the difference of two means.
      let limit = estimates.sorted()[min(count, total) - 1] + 4 * Self.meanError
      chosen = estimates.indices.filter { estimates[$0] <= limit }
    }
    // What is reported only ever grows.
    let values = try witness(chosen, gamma: gamma) {
      try progress(chosen.count < total ? 0.9 + 0.1 * $0 : $0)
    }
    return Array(zip(values, chosen).map { Witness(value: $0, row: $1) }.sorted().prefix(count))
  }

  /// Fewer rows than these are all looked at exactly.
  private static let fewRows = 256

  /// By how much a mean kernel in single precision is off at most: ten times what the tests allow
  /// single kernel values. Rows that are this close to the last of those that are looked for are
  /// looked at exactly.
  private static let meanError = 1e-5

  /// The witness function at every current row, in single precision.
  private func estimates(gamma: Double, progress: (Double) throws -> Void) throws -> [Double] {
    let width = rows.columnCount
    let compared = baseline + current.map { $0 + baselineRows }
    var values: [Double] = []
    values.reserveCapacity((compared.count + rows.rowCount - baselineRows) * width)
    for row in compared { values += rows.values[(row * width)..<((row + 1) * width)] }
    values += rows.values[(baselineRows * width)...]
    let blocks = RowBlocks(
      values: values, rowCount: values.count / width, columnCount: width,
      scale: 2.0.squareRoot() * Self.scale(gamma: gamma), loops: loops)
    let (x, y) = (baseline.count, current.count)
    let isIn = isCompared
    let firstBlock = compared.count / RowBlocks.blockSize
    let tasks = blocks.blockCount - firstBlock
    return try Workers.map(
      count: tasks, threads: threads, progress: { try progress(Double($0) / Double(tasks)) }
    ) { task -> [Double] in
      let block = firstBlock + task
      let sums = Self.kernelSums(blocks, with: block, samples: (x, y), gamma: gamma)
      return (0..<blocks.size(block)).compactMap { place in
        let row = blocks.start(block) + place - x - y
        guard row >= 0 else { return nil }
        return Self.difference(
          sums.x[place] / Double(x), sums.y[place], count: y, isIn: isIn[row])
      }
    }.flatMap { $0 }
  }

  /// The kernel of each row of a block with the first rows of all, summed over each sample.
  private static func kernelSums(
    _ blocks: RowBlocks, with block: Int, samples: (x: Int, y: Int), gamma: Double
  ) -> (x: [Double], y: [Double]) {
    let size = RowBlocks.blockSize
    let buffers = BlockBuffers<Float>(tileBlocks: 1)
    var sums = [Int64](repeating: 0, count: 2 * size)
    let end = samples.x + samples.y
    for other in 0..<((end + size - 1) / size) {
      Float.distances(blocks, other, block, buffers)
      Float.kernel(blocks, other, block, KernelFamily.Member(gamma: gamma, ratio: 1), buffers)
      let start = blocks.start(other)
      let rows = start..<min(start + blocks.size(other), end)
      let split = min(max(samples.x, rows.lowerBound), rows.upperBound)
      sums.withUnsafeMutableBufferPointer { sums in
        for (offset, part) in [(0, rows.lowerBound..<split), (size, split..<rows.upperBound)] {
          for row in part {
            let kernel = buffers.kernel + (row - start) * size
            for place in 0..<size { sums[offset + place] &+= Int64(kernel[place]) }
          }
        }
      }
    }
    // Kernel values are held less the centre.
    func mean(_ sum: Int64, _ count: Int) -> Double {
      Double(sum) / Double(1 << Float.fineBits) + DRIFT_KERNEL_CENTRE * Double(count)
    }
    return (
      sums[..<size].map { mean($0, samples.x) }, sums[size...].map { mean($0, samples.y) }
    )
  }

  /// The witness function at some current rows, ascending.
  private func witness(
    _ chosen: [Int], gamma: Double, progress: (Double) throws -> Void
  ) throws -> [Double] {
    let scale = Self.scale(gamma: gamma)
    let x = ColumnBlocks(rows, chosen: baseline, scale: scale)
    let y = ColumnBlocks(rows, chosen: current.map { $0 + baselineRows }, scale: scale)
    let (rows, loops, first, isIn) = (rows, loops, baselineRows, isCompared)
    let size = RowBlocks.blockSize
    let tasks = (chosen.count + size - 1) / size
    return try Workers.map(
      count: tasks, threads: threads, progress: { try progress(Double($0) / Double(tasks)) }
    ) { task -> [Double] in
      let some = chosen[(task * size)..<min((task + 1) * size, chosen.count)]
      let block = ColumnBlocks(rows, chosen: some.map { $0 + first }, scale: scale)
      let (before, after) = (x.rowSums(of: block, loops), y.rowSums(of: block, loops))
      return zip(some, zip(before, after)).map { row, sums in
        Self.difference(
          Double(sums.0) / Double(x.count) / ColumnBlocks.unitsOfOne,
          Double(sums.1) / ColumnBlocks.unitsOfOne, count: y.count, isIn: isIn[row])
      }
    }.flatMap { $0 }
  }

  /// A mean kernel less that with a sample, of which only others than the row itself count: a row's
  /// kernel with itself is exactly 1.
  private static func difference(
    _ mean: Double, _ sum: Double, count: Int, isIn: Bool
  ) -> Double {
    isIn ? mean - (sum - 1) / Double(count - 1) : mean - sum / Double(count)
  }

  /// Whether each current row of the test is among the compared ones.
  private var isCompared: [Bool] {
    var isCompared = [Bool](repeating: false, count: rows.rowCount - baselineRows)
    for row in current { isCompared[row] = true }
    return isCompared
  }
}
