/// Normal scores: the quantiles of ranks over N + 1; missing values are at 0.
struct NormalScores: Sendable {
  /// Those of the whole ranks of a column without missing values.
  private let whole: [Double]

  /// - Parameter count: How many rows there are.
  init(mostRanks count: Int) {
    // The other half is the same with another sign.
    let half = (0...count / 2).map { rank in
      rank == 0 ? 0 : Self.score(doubledRank: 2 * rank, of: count)
    }
    whole = (0...(count + 1)).map { rank in
      switch rank {
      case 0, count + 1: 0
      case ...(count / 2): half[rank]
      case _ where 2 * rank == count + 1: 0
      default: -half[count + 1 - rank]
      }
    }
  }

  /// The score of a rank, given twice, among so many.
  func score(doubledRank: Int, of count: Int) -> Double {
    doubledRank % 2 == 0 && count + 2 == whole.count
      ? whole[doubledRank / 2] : Self.score(doubledRank: doubledRank, of: count)
  }

  private static func score(doubledRank: Int, of count: Int) -> Double {
    -StandardNormal.upperQuantile(Double(doubledRank) / Double(2 * (count + 1)))
  }

  /// The scores of a column, and how many different ones there are; nil when no two values differ.
  ///
  /// - Complexity: O(rows log(rows)).
  func scores(of column: [Double]) -> (scores: [Double], distinct: Int)? {
    let ranks = PooledRanks(column)
    guard ranks.groups.count > 1 else { return nil }
    let scores = ranks.groups.map { score(doubledRank: Int($0.doubledRank), of: ranks.count) }
    return (ranks.groupOfRow.map { $0 < 0 ? 0 : scores[Int($0)] }, ranks.groups.count)
  }
}
