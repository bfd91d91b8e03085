public import DriftColumns

extension MaximumMeanDiscrepancy {
  /// One of several parts of the work of one test, for processes that share it.
  ///
  /// The kernel matrix is cut into pieces that depend on the test alone, and the pieces are dealt
  /// out, so that all shards have about the same work. With more shards than pieces some have none.
  public struct Shard: Sendable, Hashable {
    /// Which one, from 0.
    public let index: Int
    /// How many there are.
    public let count: Int

    /// The most shards of a test.
    public static let mostShards = 100_000

    /// One of `count` shards.
    ///
    /// - Throws: `StatisticsError.invalidArgument` for a count outside 1 to 100,000, and for an index
    ///   outside 0 to `count` - 1.
    public init(index: Int, count: Int) throws(StatisticsError) {
      guard (1...Self.mostShards).contains(count), (0..<count).contains(index) else {
        throw StatisticsError(
          code: .invalidArgument,
          message: "shard \(index) of \(count), expected 1 to \(Self.mostShards) shards, counted "
            + "from 0")
      }
      self.init(uncheckedIndex: index, count: count)
    }

    private init(uncheckedIndex index: Int, count: Int) {
      self.index = index
      self.count = count
    }

    /// All of the work.
    package static let whole = Shard(uncheckedIndex: 0, count: 1)

    /// The pieces of this shard, ascending; every piece is some shard's and no other's.
    ///
    /// Pieces that shrink from the first to the last, as the rows of a triangle do, are dealt out
    /// forth and back, so that nobody gets the longer one every time.
    /// - Complexity: O(pieces / shards).
    package func share(of pieces: Int) -> [Int] {
      stride(from: 0, to: pieces, by: count).enumerated().compactMap { round, first in
        let piece = first + (round.isMultiple(of: 2) ? index : count - 1 - index)
        return piece < pieces ? piece : nil
      }
    }
  }
}
