internal import CDriftKernels
internal import Glibc
internal import Parallel

/// The mean and the deviation of every column on both sides, for many permutations.
struct DependenceMoments: Sendable {
  /// One side: a row a column, a number a permutation.
  private struct Side: Sendable {
    var inverseRows: [Double]
    var means: [[Double]]
    var inverses: [[Double]]
  }

  private let sides: [Side]
  private let permutations: Int

  /// A variance of less, as a share of that of all rows, is that of rounding.
  private static let leastVariance = 1e-12

  /// - Throws: Nothing: no progress is told.
  init(
    scores: DependenceScores, starts: [Int32], units: PermutationUnits, memberships: Memberships,
    threads: Int
  ) throws {
    permutations = memberships.count
    let all = Double(units.rowCount)
    let first = memberships.totals(of: units.sizes.map(Int64.init)).map(Double.init)
    let counts = [first, first.map { all - $0 }]
    let width = scores.columns.count
    let ones = [Double](repeating: 1, count: units.rowCount)
    // Each column with 1 and with itself.
    let size = RowBlocks.blockSize / 2
    let columns = try Workers.map(count: (width + size - 1) / size, threads: threads) {
      tile -> [(means: [[Double]], inverses: [[Double]])] in
      let some = (tile * size)..<min((tile + 1) * size, width)
      let sums = UnitTileSums(permutations: memberships.count, loops: KernelLoops(.best))
      let totals = sums.compute(
        columns: some.flatMap {
          [(scores.values[$0], ones), (scores.values[$0], scores.values[$0])]
        },
        starts: starts, memberships: memberships)
      return some.indices.map { place in
        let column = place - some.lowerBound
        func values(_ row: Int) -> [Double] {
          var values: [Double] = []
          sums.withSums(row) {
            values = Array(UnsafeBufferPointer(start: $0, count: memberships.count))
          }
          return values
        }
        let (lines, squares) = (values(2 * column), values(2 * column + 1))
        let least = Self.leastVariance * totals[2 * column + 1] / all
        var (means, inverses): ([[Double]], [[Double]]) = ([], [])
        for side in 0..<2 {
          let mean = lines.indices.map { p in
            (side == 0 ? lines[p] : totals[2 * column] - lines[p]) / counts[side][p]
          }
          means.append(mean)
          inverses.append(
            squares.indices.map { p in
              let square = side == 0 ? squares[p] : totals[2 * column + 1] - squares[p]
              let variance = square / counts[side][p] - mean[p] * mean[p]
              return variance > least ? 1 / variance.squareRoot() : 0
            })
        }
        return (means, inverses)
      }
    }.flatMap { $0 }
    sides = (0..<2).map { side in
      Side(
        inverseRows: counts[side].map { 1 / $0 }, means: columns.map { $0.means[side] },
        inverses: columns.map { $0.inverses[side] })
    }
  }

  /// Takes the change of a pair's correlation into the largest of every permutation.
  func addChange(
    _ sums: UnsafePointer<Double>, _ total: Double, _ j: Int, _ k: Int, _ loops: KernelLoops,
    to largest: inout [Double]
  ) {
    func moments(_ column: Int, _ body: (UnsafePointer<drift_side_moments>) -> Void) {
      sides[0].means[column].withUnsafeBufferPointer { mean in
        sides[1].means[column].withUnsafeBufferPointer { other in
          sides[0].inverses[column].withUnsafeBufferPointer { inverse in
            sides[1].inverses[column].withUnsafeBufferPointer { otherInverse in
              let both = [
                drift_side_moments(mean: mean.baseAddress, inverse: inverse.baseAddress),
                drift_side_moments(mean: other.baseAddress, inverse: otherInverse.baseAddress),
              ]
              both.withUnsafeBufferPointer { if let both = $0.baseAddress { body(both) } }
            }
          }
        }
      }
    }
    moments(j) { x in
      moments(k) { y in
        sides[0].inverseRows.withUnsafeBufferPointer { first in
          sides[1].inverseRows.withUnsafeBufferPointer { second in
            var rows: [UnsafePointer<Double>?] = [first.baseAddress, second.baseAddress]
            largest.withUnsafeMutableBufferPointer { largest in
              loops.c.correlation_change(
                sums, total, &rows, x, y, Int64(permutations), largest.baseAddress)
            }
          }
        }
      }
    }
  }

  /// The correlations of a pair on both sides as they were observed, the first permutation.
  func observed(_ sum: Double, _ total: Double, _ j: Int, _ k: Int) -> DependenceWork.Pair {
    let correlations = [sum, total - sum].enumerated().map { index, sum in
      let side = sides[index]
      let r =
        (sum * side.inverseRows[0] - side.means[j][0] * side.means[k][0])
        * (side.inverses[j][0] * side.inverses[k][0])
      return min(max(r, -DRIFT_MOST_CORRELATION), DRIFT_MOST_CORRELATION)
    }
    let (r, s) = (correlations[0], correlations[1])
    let (up, down) = ((1 + r) * (1 - s), (1 - r) * (1 + s))
    return DependenceWork.Pair(
      first: j, second: k, statistic: 0.5 * log(max(up, down) / min(up, down)),
      correlations: (r, s))
  }
}
