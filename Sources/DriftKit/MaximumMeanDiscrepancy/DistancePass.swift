internal import CDriftKernels
internal import Parallel

/// Looks at the squared distances of all pairs of rows at once.
struct DistancePass {
  private let rows: RowBlocks
  private let threads: Int
  private let mostKept: Int
  private let tiles: [Tiles.Tile]

  /// - Parameters:
  ///   - rows: The rows.
  ///   - threads: The most threads to use.
  ///   - mostKept: The most distances that a thread keeps.
  init(rows: RowBlocks, threads: Int, mostKept: Int) {
    self.rows = rows
    self.threads = threads
    self.mostKept = mostKept
    tiles = Tiles(blocks: rows.blockCount, tileBlocks: 8).tiles
  }

  /// Whether so many distances are soon kept in one pass.
  func canKeep(_ count: Int) -> Bool { count <= min(mostKept, 1 << 16) }

  /// Counts the distances below, at and between two bounds, and keeps those between.
  func counts(low: Double, high: Double, progress: (Double) throws -> Void) throws
    -> DistanceCounts
  {
    let (rows, tiles, mostKept) = (rows, tiles, mostKept)
    let states = try Workers.run(
      count: tiles.count, threads: threads, makeState: { State(low: low, high: high) },
      progress: { try progress(Double($0) / Double(tiles.count)) },
      body: { state, index in
        tiles[index].forEachPair { i, j in state.add(i, j, rows: rows, limit: mostKept) }
      })
    var total = DistanceCounts(low: low, high: high)
    for state in states { total.add(state.bracket, kept: state.kept) }
    return total
  }

  /// The distances of some random pairs, sorted.
  func sampled(seed: UInt64) -> [Double] {
    var generator = Philox(seed: seed, stream: 1, purpose: .bandwidthSample)
    let (values, width) = (rows.rows, rows.columnCount)
    return (0..<16_384).map { _ in
      let first = generator.next(below: rows.rowCount)
      let other = generator.next(below: rows.rowCount - 1)
      let second = other < first ? other : other + 1
      return rows.loops.c.squared_distance(
        values + first * width, values + second * width, Int32(width))
    }.sorted()
  }

  /// What one worker counts.
  private struct State: Sendable {
    var bracket = drift_bracket()
    var kept: [Double] = []
    private var products = [Float](repeating: 0, count: RowBlocks.blockArea)
    private var distances = [Double](repeating: 0, count: RowBlocks.blockArea)

    init(low: Double, high: Double) {
      bracket.low = low
      bracket.high = high
    }

    mutating func add(_ i: Int, _ j: Int, rows: RowBlocks, limit: Int) {
      let before = bracket.between
      products.withUnsafeMutableBufferPointer { products in
        distances.withUnsafeMutableBufferPointer { distances in
          guard let products = products.baseAddress else { return }
          Float.innerProducts(rows, i, j, into: products)
          rows.loops.c.bracket_block(
            products, rows.side(i), rows.side(j), Int32(rows.columnCount), i == j ? 1 : 0, &bracket,
            distances.baseAddress)
        }
      }
      let count = Int(bracket.between - before)
      kept.append(contentsOf: distances[..<min(count, limit - kept.count)])
    }
  }
}

/// How many distances lie where, seen from two bounds.
struct DistanceCounts {
  /// Where a distance lies.
  enum Place {
    case known(Double)
    case below
    case between
    case above
  }

  let low: Double
  let high: Double
  private(set) var below = 0
  private(set) var atLow = 0
  private(set) var between = 0
  private(set) var atHigh = 0
  private var kept: [Double] = []

  init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  mutating func add(_ bracket: drift_bracket, kept some: [Double]) {
    below += Int(bracket.below)
    atLow += Int(bracket.at_low)
    between += Int(bracket.between)
    atHigh += Int(bracket.at_high)
    kept += some
  }

  /// Where the distance of a rank, from 0, lies.
  mutating func place(ofRank rank: Int) -> Place {
    if rank < below { return .below }
    if rank < below + atLow { return .known(low) }
    let inner = rank - below - atLow
    if inner < between {
      return kept.count == between ? .known(Selection.value(atRank: inner, of: &kept)) : .between
    }
    return inner < between + atHigh ? .known(high) : .above
  }

  /// Some of the distances between the bounds, sorted.
  var someKept: [Double] {
    stride(from: 0, to: kept.count, by: max(1, kept.count / 16_384)).map { kept[$0] }.sorted()
  }
}
