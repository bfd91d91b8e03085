internal import CDriftKernels
internal import Parallel

/// The median squared distance over all pairs of rows, exactly and without holding the distances.
///
/// The bits of a non-negative double are in the order of its value: a histogram of their upper 16
/// bits tells which bucket holds the median, a second pass looks into that bucket, and so on.
/// Distances are computed anew in each pass: four for one order statistic, a few more for the two
/// middle values of an even number.
struct MedianDistance {
  private let rows: RowBlocks
  private let threads: Int
  private let tiles: [Tiles.Tile]
  private let pairs: Int

  /// - Parameters:
  ///   - values: The rows, row-major.
  ///   - rowCount: How many rows there are.
  ///   - columnCount: How many values a row has.
  ///   - threads: The most threads to use.
  init(values: [Double], rowCount: Int, columnCount: Int, threads: Int) {
    let starts =
      Array(stride(from: 0, to: rowCount, by: RowBlocks.blockSize)) + [rowCount]
    rows = RowBlocks(values: values, columnCount: columnCount, starts: starts)
    tiles = Tiles(blocks: starts.count - 1, tileBlocks: 8).tiles
    self.threads = threads
    pairs = rowCount * (rowCount - 1) / 2
  }

  /// The mean of the two middle values; of the distances that are not zero when it would be zero;
  /// zero when all are.
  /// - Throws: What `progress` throws.
  /// - Complexity: O(N^2 d).
  func value(progress: (Double) throws -> Void) throws -> Double {
    guard pairs > 0 else { return 0 }
    let top = try histogram(prefix: 0, shift: 48, progress: progress)
    let median = try middle(from: 0, of: pairs, top: top, progress: progress)
    if median > 0 { return median }
    let zeros = try count(of: 0, top: top, progress: progress)
    return zeros == pairs
      ? 0 : try middle(from: zeros, of: pairs - zeros, top: top, progress: progress)
  }

  /// The median of `count` consecutive order statistics.
  private func middle(
    from first: Int, of count: Int, top: [Int64], progress: (Double) throws -> Void
  ) throws -> Double {
    let lower = try orderStatistic(first + (count - 1) / 2, top: top, progress: progress)
    guard count % 2 == 0, lower.rest == 0 else { return lower.value }
    let upper = try orderStatistic(first + count / 2, top: top, progress: progress)
    return lower.value + (upper.value - lower.value) / 2
  }

  /// The distance of a rank, from 0, and how many equal ones have a higher rank.
  private func orderStatistic(
    _ rank: Int, top: [Int64], progress: (Double) throws -> Void
  ) throws -> (value: Double, rest: Int) {
    var prefix: UInt64 = 0
    var rank = Int64(rank)
    var found: Int64 = 0
    for shift in stride(from: 48, through: 0, by: -16) {
      let histogram =
        shift == 48 ? top : try histogram(prefix: prefix, shift: shift, progress: progress)
      var bucket = 0
      while rank >= histogram[bucket] {
        rank -= histogram[bucket]
        bucket += 1
      }
      prefix = prefix << 16 | UInt64(bucket)
      found = histogram[bucket]
    }
    return (Double(bitPattern: prefix), Int(found - rank - 1))
  }

  /// How many distances are exactly zero.
  private func count(of zero: UInt64, top: [Int64], progress: (Double) throws -> Void) throws
    -> Int
  {
    guard top[0] > 0 else { return 0 }
    var counts = top
    for shift in stride(from: 32, through: 0, by: -16) {
      counts = try histogram(prefix: zero, shift: shift, progress: progress)
    }
    return Int(counts[0])
  }

  private func histogram(
    prefix: UInt64, shift: Int32, progress: (Double) throws -> Void
  ) throws -> [Int64] {
    let (rows, tiles) = (rows, tiles)
    let states = try Workers.run(
      count: tiles.count, threads: threads, makeState: { Histogram() },
      progress: { try progress(Double($0) / Double(tiles.count)) },
      body: { state, index in
        tiles[index].forEachPair { i, j in
          state.add(i, j, rows: rows, prefix: prefix, shift: shift)
        }
      })
    var total = [Int64](repeating: 0, count: Histogram.buckets)
    for state in states {
      for (bucket, count) in state.counts.enumerated() { total[bucket] += count }
    }
    return total
  }

  private func histogram(
    prefix: UInt64, shift: Int, progress: (Double) throws -> Void
  ) throws -> [Int64] {
    try histogram(prefix: prefix, shift: Int32(shift), progress: progress)
  }
}

/// One worker's histogram of 16 bits of the distances.
private struct Histogram: Sendable {
  static let buckets = 1 << 16

  private(set) var counts = [Int64](repeating: 0, count: buckets)
  private var products = [Double](repeating: 0, count: RowBlocks.blockArea)
  private var distances = [Double](repeating: 0, count: RowBlocks.blockArea)

  mutating func add(_ i: Int, _ j: Int, rows: RowBlocks, prefix: UInt64, shift: Int32) {
    products.withUnsafeMutableBufferPointer { products in
      distances.withUnsafeMutableBufferPointer { distances in
        counts.withUnsafeMutableBufferPointer { counts in
          guard let products = products.baseAddress, let distances = distances.baseAddress,
            let counts = counts.baseAddress
          else { return }
          Double.innerProducts(rows, i, j, into: products)
          drift_distance_block(
            products, rows.side(i), rows.side(j), Int32(rows.columnCount), distances)
          drift_distance_histogram(
            distances, Int32(rows.size(i)), Int32(rows.size(j)), i == j ? 1 : 0, prefix, shift,
            counts)
        }
      }
    }
  }
}
