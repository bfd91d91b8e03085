import DriftKit
import DriftTestSupport

/// The test as its definition reads: whole matrices, double precision, no tricks.
struct SlowReference {
  let statistic: Double
  let sigma: Double
  let pValue: Double
  /// The statistics of the permutations, without the observed one.
  let nullStatistics: [Double]

  /// Tests with the given permutations of single rows, the observed one first.
  init(
    _ x: [[Double]], _ y: [[Double]], scaled: Bool = true, sigma fixed: Double? = nil,
    memberships: Memberships, rowsOfUnit: Int = 1
  ) {
    let rows = scaled ? Self.standardised(x + y) : x + y
    let squares = rows.map { a in
      rows.map { b in zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
    }
    let width = fixed ?? (Self.median(squares) / 2).squareRoot()
    let kernel = squares.map { $0.map { exponential(-$0 / (2 * width * width)) } }
    let all = (0..<memberships.count).map { permutation in
      Self.statistic(
        kernel,
        isFirst: memberships.isFirst(permutation).flatMap {
          Array(repeating: $0, count: rowsOfUnit)
        })
    }
    statistic = all[0]
    nullStatistics = Array(all.dropFirst())
    sigma = width
    let atLeast = all.dropFirst().count { $0 >= all[0] - 1e-10 }
    pValue = Double(1 + atLeast) / Double(all.count)
  }

  static func standardised(_ rows: [[Double]]) -> [[Double]] {
    var result = rows
    for column in rows[0].indices {
      let values = rows.map { $0[column] }.filter(\.isFinite)
      let mean = values.reduce(0, +) / Double(values.count)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(values.count - 1)).squareRoot()
      for row in rows.indices {
        let value = rows[row][column]
        result[row][column] = value.isFinite && deviation > 0 ? (value - mean) / deviation : 0
      }
    }
    return result
  }

  static func median(_ squares: [[Double]]) -> Double {
    var pairs = squares.indices.flatMap { i in squares[i][(i + 1)...] }.sorted()
    if pairs[(pairs.count - 1) / 2] == 0, pairs[pairs.count / 2] == 0 {
      pairs.removeAll { $0 == 0 }
    }
    guard !pairs.isEmpty else { return 0 }
    return (pairs[(pairs.count - 1) / 2] + pairs[pairs.count / 2]) / 2
  }

  /// The widths of a ladder: from half the 5 % quantile to the 95 % quantile of the distances that are
  /// not zero.
  static func ladder(_ squares: [[Double]]) -> [Double] {
    let distances = squares.indices.flatMap { i in squares[i][(i + 1)...] }
      .filter { $0 > 0 }.map { $0.squareRoot() }.sorted()
    guard !distances.isEmpty else { return [] }
    func quantile(_ percent: Int) -> Double {
      let place = (distances.count - 1) * percent
      let low = distances[place / 100]
      let high = distances[min(place / 100 + 1, distances.count - 1)]
      return low + (high - low) * Double(place % 100) / 100
    }
    let (low, high) = (quantile(5) / 2, quantile(95))
    // The cube root, by Newton's method.
    var step = 1.0
    for _ in 0..<200 { step -= (step * step * step - high / low) / (3 * step * step) }
    return [low, low * step, low * step * step, high]
  }

  static func statistic(_ kernel: [[Double]], isFirst: [Bool]) -> Double {
    var sums = (0.0, 0.0, 0.0)
    for i in kernel.indices {
      for j in kernel.indices where i != j {
        switch (isFirst[i], isFirst[j]) {
        case (true, true): sums.0 += kernel[i][j]
        case (false, false): sums.1 += kernel[i][j]
        default: sums.2 += kernel[i][j] / 2
        }
      }
    }
    let n = Double(isFirst.count { $0 })
    let m = Double(isFirst.count) - n
    return sums.0 / (n * (n - 1)) + sums.1 / (m * (m - 1)) - 2 * sums.2 / (n * m)
  }
}

extension Memberships {
  /// Which units belong to the first sample under a permutation.
  func isFirst(_ permutation: Int) -> [Bool] {
    (0..<unitCount).map { isFirst($0, permutation: permutation) }
  }

  /// The permutations that a test of single rows draws.
  static func rows(_ n: Int, _ m: Int, permutations: Int, seed: UInt64 = 0) throws -> Memberships {
    try Memberships(
      units: .rows(baseline: n, current: m), permutations: permutations, seed: seed, threads: 1,
      progress: { _ in })
  }
}
