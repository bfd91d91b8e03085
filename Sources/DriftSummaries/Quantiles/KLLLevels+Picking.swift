internal import CColumnKernels
internal import CInstructionSets
internal import DriftColumns

extension KLLLevels {
  /// Of so few values of all, as a power of 2 that they are divided by, any one may stand for each other.
  package static let bucketShift = 14

  /// The levels of a column that was put in order as far as needed.
  ///
  /// One of every w = 2^b values in order is picked, at a place that a coin chooses: what b compactions
  /// of all sorted values with one draw leave. In a bucket with at most m = n / 2^`bucketShift` values
  /// any of them will do.
  ///
  /// Error. Let c values lie in the bucket of some number, and t of them be less than the number. It is
  /// estimated as if all or none of the c were less than it. So its rank is off by what the draw makes
  /// of it, which has a variance of at most a quarter of w squared, and by t or c - t, at most m, which
  /// is not random: it adds to the error instead of the variance. m is less than w, which is more than
  /// n / (`topCapacity` + 1), so that no bucket but those that were gathered holds two that are picked.
  init(_ picked: PickedColumn) {
    let picks = picked.picks
    var levels: [[Double]] = Array(repeating: [], count: picks.height + 1)
    levels[picks.height] = picked.column.values(at: picks.ranks)
    levels[0] += picked.column.values(at: picks.rest)
    self.init(
      count: picks.count, levels: levels,
      offsets: Array(repeating: 2, count: picks.height + 1), sampler: QuantileSampler(),
      coins: picks.coins)
    settle()
  }

  /// Which values make a sketch of a column.
  struct Picks: Sendable {
    let count: Int
    /// One of every 2^height is picked.
    let height: Int
    let offset: Int
    let coins: SketchCoins

    /// Draws the place.
    init(count: Int, coins: SketchCoins) {
      self.count = count
      height = KLLLevels.height(count: count)
      let most = 1 << height
      var coins = coins
      offset = coins.draw { $0.next(below: most) }
      self.coins = coins
    }

    /// The ranks of those that are picked.
    var ranks: StrideTo<Int> { stride(from: offset, to: rest.lowerBound, by: 1 << height) }

    /// The largest ones, which are too few for one.
    var rest: Range<Int> { ((count >> height) << height)..<count }
  }

  /// As many compactions of all values at once as make few enough of them.
  static func height(count: Int) -> Int {
    var height = 0
    while count >> height >= topCapacity { height += 1 }
    return height
  }

  /// The finite values of a column, ascending.
  static func sorted(_ numbers: NumberChunks, count: Int) -> [Double] {
    var (low, high) = (Double.infinity, -Double.infinity)
    var sorted = [Double](unsafeUninitializedCapacity: max(count, 1)) { out, initialized in
      for piece in 0..<numbers.pieceCount {
        numbers.withPiece(piece) { rows in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { finite in
            guard let source = rows.baseAddress, let target = finite.baseAddress else { return }
            let found = Int(
              drift_gather_finite(source, Int64(rows.count), target, &low, &high))
            // Whatever is said of their number, there is no room for more.
            let taken = min(found, count - initialized)
            for index in 0..<taken {
              out.initializeElement(at: initialized + index, to: finite[index])
            }
            initialized += taken
          }
        }
      }
    }
    SortedNumbers.sort(&sorted)
    return sorted
  }
}

/// A column that is as much in order as a sketch of it needs.
struct PickedColumn: Sendable {
  fileprivate let picks: KLLLevels.Picks
  /// All finite values; those at the ranks that were asked for are known.
  let column: BucketedColumn

  /// Nil when a sort is all that helps: values that are all equal, or few.
  ///
  /// - Parameters:
  ///   - numbers: The column.
  ///   - tally: What was found in it.
  ///   - ranks: Ranks from 0, ascending, at which values, and those beside them, will be asked for.
  ///   - seed: What random choices depend on.
  ///   - stream: Which stream of the seed they are from.
  ///   - work: How to work.
  /// - Complexity: O(n), two passes as a rule.
  init?(
    _ numbers: NumberChunks, tally: NumberTally, ranks: [Int], seed: UInt64, stream: UInt64,
    work: PieceWork
  ) {
    let count = tally.moments.count
    guard let low = tally.moments.minimum, let high = tally.moments.maximum, low < high,
      count < 1 << 31, KLLLevels.height(count: count) > 0
    else { return nil }
    let few = count >> KLLLevels.bucketShift
    var column = BucketedColumn(numbers, range: low...high, crowd: few, work: work)
    let coins = SketchCoins(
      seed: seed, stream: stream, salt: SketchCoins.salt(ofWords: column.words))
    picks = KLLLevels.Picks(count: column.count, coins: coins)
    column.want(picks.ranks, unlessFew: few)
    column.want(picks.rest)
    column.wantBeside(ranks)
    column.gather()
    self.column = column
  }
}
