internal import CColumnKernels
internal import DriftSummaries

/// Scores of the pooled ranks of a column. Who is in which sample does not matter to them.
enum RankScores {
  /// Mid-ranks to mean 0 and variance 1 (divisor N - 1); missing values at the mean, 0. Nil when no
  /// two values differ.
  ///
  /// - Complexity: O(rows log(rows)).
  static func uniform(_ column: [Double]) -> (scores: [Double], ranks: RankScale)? {
    let ranks = PooledRanks(column)
    guard ranks.groups.count > 1 else { return nil }
    // In units of half a rank all ranks and their mean are whole numbers.
    let mean = Double(ranks.count + 1)
    let squares = ranks.groups.reduce(0.0) {
      let deviation = $1.doubledRank - mean
      return $0 + Double($1.count) * deviation * deviation
    }
    let deviation = (squares / Double(ranks.count - 1)).squareRoot()
    let scores = ranks.groups.map { ($0.doubledRank - mean) / deviation }
    return (
      ranks.groupOfRow.map { $0 < 0 ? 0 : scores[Int($0)] },
      RankScale(deviation: deviation, count: ranks.count, distinct: ranks.groups.count)
    )
  }
}

/// What the ranks of a column are told by from its uniform scores.
struct RankScale: Sendable {
  /// What twice a rank less its mean was divided by.
  let deviation: Double
  /// How many values are not missing.
  let count: Int
  /// How many of them differ.
  let distinct: Int

  /// Twice the rank of a score, a whole number; the mean for a missing value.
  func doubledRank(_ score: Double) -> Int {
    Int((score * deviation + Double(count + 1)).rounded())
  }
}

/// The finite values of a column in ascending groups of equal ones: equal but for the last bits, and as
/// single precision has them, so that a column that was written elsewhere has the same ranks.
struct PooledRanks {
  /// Values that are equal.
  struct Group {
    /// Twice the mean of their ranks, counted from 1: a whole number.
    let doubledRank: Double
    let count: Int
  }

  let groups: [Group]
  /// The group of each value; -1 for those that are missing.
  let groupOfRow: [Int32]
  /// How many values are not missing.
  let count: Int

  init(_ column: [Double]) {
    // Zeros of both signs are one value.
    var sorted = column.filter(\.isFinite).map { $0 + 0 }
    count = sorted.count
    sorted.withUnsafeMutableBufferPointer { sorted in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: sorted.count) { scratch in
        guard let values = sorted.baseAddress, let scratch = scratch.baseAddress else { return }
        drift_sort(values, scratch, Int64(sorted.count))
      }
    }
    let equality = Self.equality(sorted)
    var groups: [Group] = []
    var smallest: [Double] = []
    var first = 0
    while first < sorted.count {
      var end = first + 1
      while end < sorted.count,
        sorted[end] == sorted[first]
          || equality.areSame(sorted[first], sorted[end])
      { end += 1 }
      groups.append(Group(doubledRank: Double(first + end + 1), count: end - first))
      smallest.append(sorted[first])
      first = end
    }
    self.groups = groups
    groupOfRow = Self.places(of: column, in: smallest)
  }

  /// What counts as equal among ascending values. One absurd value makes a deviation in which all others
  /// would be equal: it counts as a thousand times the distance of the hundredths at both ends at most.
  private static func equality(_ sorted: [Double]) -> EqualNumbers {
    guard let deviation = Moments(sorted).standardDeviation, deviation.isFinite else {
      return EqualNumbers()
    }
    let rank = (sorted.count - 1) / 100
    let spread = sorted[sorted.count - 1 - rank] - sorted[rank]
    return EqualNumbers(scale: spread > 0 ? min(deviation, 1024 * spread) : deviation)
  }

  /// For each value the place of the last of ascending ones that is not above it; -1 for those that are
  /// missing.
  private static func places(of column: [Double], in values: [Double]) -> [Int32] {
    // Several at a time: one would wait for memory at each step.
    let some = 8
    return Array(unsafeUninitializedCapacity: column.count) { places, count in
      count = column.count
      column.withUnsafeBufferPointer { column in
        values.withUnsafeBufferPointer { values in
          for first in stride(from: 0, to: column.count, by: some) {
            var low = SIMD8<Int>.zero
            var sought = SIMD8<Double>(repeating: .nan)
            let lanes = min(some, column.count - first)
            for lane in 0..<lanes { sought[lane] = column[first + lane] }
            var left = values.count
            while left > 1 {
              let half = left / 2
              for lane in 0..<some {
                let next = low[lane] + half
                low[lane] = values[next] <= sought[lane] ? next : low[lane]
              }
              left -= half
            }
            for lane in 0..<lanes {
              places[first + lane] = sought[lane].isFinite ? Int32(low[lane]) : -1
            }
          }
        }
      }
    }
  }
}
