import DriftKit
import Testing

/// How pieces of work are dealt out.
@Suite struct ShardTests {
  private typealias Shard = MaximumMeanDiscrepancy.Shard

  @Test(arguments: [1, 2, 3, 7, 50, 10_000], [0, 1, 2, 6, 7, 8, 210, 3_160])
  func everyPieceIsOneShards(_ count: Int, _ pieces: Int) throws {
    let shares = try (0..<count).map { try Shard(index: $0, count: count).share(of: pieces) }
    #expect(shares.joined().sorted() == Array(0..<pieces))
    let sizes = shares.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    #expect(shares.allSatisfy { $0 == $0.sorted() })
  }

  /// Rows of a triangle, the longest first: nobody has a fifth more or less than the mean.
  @Test(arguments: [1, 2, 3, 5, 7, 10, 13], [79, 200])
  func shrinkingPiecesAreDealtOutEvenly(_ count: Int, _ pieces: Int) throws {
    let loads = try (0..<count).map { index in
      try Shard(index: index, count: count).share(of: pieces).reduce(0) { $0 + pieces - $1 }
    }
    let mean = Double(pieces * (pieces + 1)) / 2 / Double(count)
    #expect(Double(loads.max() ?? 0) <= 1.2 * mean)
    #expect(Double(loads.min() ?? 0) >= 0.8 * mean)
  }

  @Test(arguments: [(0, 0), (-1, 3), (3, 3), (0, -1), (0, 100_001), (Int.min, Int.max)])
  func whatIsNoShard(_ index: Int, _ count: Int) {
    let error = #expect(throws: StatisticsError.self) { try Shard(index: index, count: count) }
    #expect(error?.code == .invalidArgument)
  }
}
