internal import CColumnKernels
internal import CDriftKernels
internal import DriftColumns
internal import DriftSummaries
internal import Parallel

/// Looks at the squared distances of all pairs of rows at once.
struct DistancePass {
  private let rows: RowBlocks
  private let work: PieceWork
  /// The most distances that a thread keeps.
  private let mostKept: Int
  private let tiles: [Tiles.Tile]

  /// - Parameters:
  ///   - rows: The rows.
  ///   - options: Threads, instructions and memory.
  init(rows: RowBlocks, options: MaximumMeanDiscrepancy.Options) {
    self.rows = rows
    work = PieceWork(instructionSet: options.instructionSet, threads: options.threads)
    mostKept = options.keptDistances
    tiles = Tiles(blocks: rows.blockCount, atMost: 8).tiles
  }

  /// Whether so many distances are soon kept in one pass.
  func canKeep(_ count: Int) -> Bool { count <= min(mostKept, 1 << 16) }

  /// Counts the distances below, at and between two bounds each, and keeps those between.
  func counts(
    of bounds: [(low: Double, high: Double)], progress: (Double) throws -> Void
  ) throws -> [DistanceCounts] {
    let (rows, tiles, mostKept) = (rows, tiles, mostKept)
    let states = try Workers.run(
      count: tiles.count, threads: work.threads, makeState: { State(bounds) },
      progress: { try progress(Double($0) / Double(tiles.count)) },
      body: { state, index in
        tiles[index].forEachPair { i, j in state.add(i, j, rows: rows, limit: mostKept) }
      })
    return bounds.enumerated().map { place, bounds in
      DistanceCounts(
        low: bounds.low, high: bounds.high, states.map { $0.brackets[place] },
        kept: NumberChunks(states.map { $0.kept[place] }), work: work)
    }
  }

  /// The distances of some random pairs, sorted.
  func sampled(seed: UInt64) -> [Double] {
    var generator = Philox(seed: seed, stream: 1, purpose: .bandwidthSample)
    let (values, width) = (rows.rows, rows.columnCount)
    let sample = (0..<16_384).map { _ in
      let first = generator.next(below: rows.rowCount)
      let other = generator.next(below: rows.rowCount - 1)
      let second = other < first ? other : other + 1
      return rows.loops.c.squared_distance(
        values + first * width, values + second * width, Int32(width))
    }
    return Self.sorted(sample)
  }

  /// Numbers, none of them NaN, in ascending order.
  static func sorted(_ numbers: [Double]) -> [Double] {
    var numbers = numbers
    numbers.withUnsafeMutableBufferPointer { numbers in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: numbers.count) { scratch in
        guard let values = numbers.baseAddress, let scratch = scratch.baseAddress else { return }
        drift_sort(values, scratch, Int64(numbers.count))
      }
    }
    return numbers
  }

  /// What one worker counts.
  private struct State: Sendable {
    var brackets: [drift_bracket]
    var kept: [[Double]]
    private var products = [Float](repeating: 0, count: RowBlocks.blockArea)
    private var distances = [Double](repeating: 0, count: RowBlocks.blockArea)

    init(_ bounds: [(low: Double, high: Double)]) {
      brackets = bounds.map {
        var bracket = drift_bracket()
        (bracket.low, bracket.high) = ($0.low, $0.high)
        return bracket
      }
      kept = bounds.map { _ in [] }
    }

    mutating func add(_ i: Int, _ j: Int, rows: RowBlocks, limit: Int) {
      products.withUnsafeMutableBufferPointer { products in
        distances.withUnsafeMutableBufferPointer { distances in
          guard let products = products.baseAddress else { return }
          Float.innerProducts(rows, i, j, adding: false, into: products)
          for place in brackets.indices {
            let before = brackets[place].between
            rows.loops.c.bracket_block(
              products, rows.side(i), rows.side(j), Int32(rows.columnCount), i == j ? 1 : 0,
              &brackets[place], distances.baseAddress)
            let count = Int(brackets[place].between - before)
            kept[place].append(contentsOf: distances[..<min(count, limit - kept[place].count)])
          }
        }
      }
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
  let below: Int
  let atLow: Int
  let between: Int
  let atHigh: Int
  /// Some of the distances between the bounds, and what selects from them when they are all.
  private let kept: NumberChunks
  private let order: OrderStatistics?

  init(
    low: Double, high: Double, _ brackets: [drift_bracket], kept: NumberChunks, work: PieceWork
  ) {
    func sum(_ count: KeyPath<drift_bracket, Int64>) -> Int {
      Int(brackets.reduce(0) { $0 + $1[keyPath: count] })
    }
    self.low = low
    self.high = high
    below = sum(\.below)
    atLow = sum(\.at_low)
    between = sum(\.between)
    atHigh = sum(\.at_high)
    self.kept = kept
    // Some ten thousand distances are looked through before a second thread has started.
    let work =
      kept.count < 1 << 18 ? PieceWork(instructionSet: work.instructionSet, threads: 1) : work
    order =
      kept.count == between
      ? OrderStatistics(kept, tally: NumberTally(kept, work: work), work: work) : nil
  }

  /// Where the distance of a rank, from 0, lies.
  func place(ofRank rank: Int) -> Place {
    if rank < below { return .below }
    if rank < below + atLow { return .known(low) }
    let inner = rank - below - atLow
    if inner < between {
      return order.map { .known($0.values(at: [inner])[0]) } ?? .between
    }
    return inner < between + atHigh ? .known(high) : .above
  }

  /// Some of the distances between the bounds, sorted.
  var someKept: [Double] {
    DistancePass.sorted(
      kept.values(at: Array(stride(from: 0, to: kept.count, by: max(1, kept.count / 16_384)))))
  }
}
