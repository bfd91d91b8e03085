internal import DriftSummaries
internal import Parallel

/// Puts the rows of both samples on one scale, without looking at which sample a row is from, so
/// that the permutation test stays exact.
package struct Standardisation {
  /// The pooled rows, the baseline's first: `rowCount` x `columnCount`, row-major, centred.
  let values: [Double]
  let rowCount: Int
  let columnCount: Int
  /// Which columns of the input are left, in order.
  let columns: [Int]
  /// What a distance between rows of `values` is multiplied with to have it in the units of the
  /// scaled input; a power of two.
  let unit: Double
  /// How the ranks of each column follow from its values; none for other scales.
  let rankScales: [RankScale]

  /// - Parameters:
  ///   - baseline: One sample.
  ///   - current: The other one, with the same columns.
  ///   - scale: How columns are made comparable.
  ///   - threads: The most threads to use.
  /// - Throws: Nothing: no progress is told.
  /// - Complexity: O(rows x columns), for ranks O(rows log(rows) x columns).
  init(
    baseline: SampleMatrix, current: SampleMatrix, scale: MaximumMeanDiscrepancy.Scale, threads: Int
  ) throws {
    let width = baseline.columnCount
    // As many columns at a time as a cache line holds.
    let groups = try Workers.map(count: (width + 7) / 8, threads: threads) { group in
      let columns = (8 * group)..<min(8 * (group + 1), width)
      return Self.gathered(columns, baseline, current).map {
        column -> (values: [Double], ranks: RankScale?)? in
        guard scale == .ranks else {
          return Self.centred(column, divided: scale == .pooled).map { ($0, nil) }
        }
        return RankScores.uniform(column).map { ($0.scores, $0.ranks) }
      }
    }
    let kept = groups.joined().enumerated().compactMap { item in
      item.element.map { (column: item.offset, values: $0.values, ranks: $0.ranks) }
    }
    // Unscaled values may be of any size; a power of two brings them near 1 and costs no digits.
    let largest =
      scale != .none
      ? 0 : kept.reduce(0) { max($0, $1.values.reduce(0) { max($0, abs($1)) }) }
    let exponent = largest == 0 ? 0 : max(-1000, Int(largest.exponent))
    unit = Double(sign: .plus, exponent: exponent, significand: 1)
    let factor = Double(sign: .plus, exponent: -exponent, significand: 1)
    rowCount = baseline.rowCount + current.rowCount
    values = SampleMatrix.rowMajor(columns: kept.map(\.values), rows: 0..<rowCount) { $0 * factor }
    columnCount = kept.count
    rankScales = kept.compactMap(\.ranks)
    columns = kept.map(\.column)
  }

  /// Some columns of both samples, the baseline's rows first.
  private static func gathered(
    _ columns: Range<Int>, _ baseline: SampleMatrix, _ current: SampleMatrix
  ) -> [[Double]] {
    let rows = baseline.rowCount + current.rowCount
    var gathered = columns.map { _ in [Double]() }
    for place in gathered.indices { gathered[place].reserveCapacity(rows) }
    for sample in [baseline, current] {
      let width = sample.columnCount
      sample.values.withUnsafeBufferPointer { values in
        // Few rows at a time: they stay in the cache for all columns.
        for first in stride(from: 0, to: sample.rowCount, by: 256) {
          let some = first..<min(first + 256, sample.rowCount)
          for (place, column) in columns.enumerated() {
            gathered[place].append(contentsOf: some.lazy.map { values[$0 * width + column] })
          }
        }
      }
    }
    return gathered
  }

  /// A column less its mean, divided by its standard deviation (divisor N - 1); missing values are
  /// at the mean, 0. Nil when it has no two different values.
  private static func centred(_ column: [Double], divided: Bool) -> [Double]? {
    var smallest = Double.infinity
    var largest = -Double.infinity
    for value in column where value.isFinite {
      smallest = min(smallest, value)
      largest = max(largest, value)
    }
    guard smallest < largest else { return nil }
    // By a power of two to at most 1/2: no sum, difference or square can overflow. Zero, or a
    // subnormal, has an exponent that has to be bounded.
    let magnitude = max(abs(smallest), abs(largest))
    let exponent = max(-1000, min(1023, Int(magnitude.exponent))) + 1
    let scaled = column.map { $0.isFinite ? scale($0, by: -exponent) : .nan }
    let moments = Moments(scaled)
    guard let mean = moments.mean else { return nil }
    guard divided else { return column.map { $0.isFinite ? offset($0, mean, exponent) : 0 } }
    guard let deviation = moments.standardDeviation, deviation > 0 else { return nil }
    return scaled.map { $0.isNaN ? 0 : ($0 - mean) / deviation }
  }

  private static func scale(_ value: Double, by exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent / 2, significand: value)
      * Double(sign: .plus, exponent: exponent - exponent / 2, significand: 1)
  }

  /// `value` less a mean in units of 2^exponent; only a spread near the largest number overflows,
  /// and is held there.
  private static func offset(_ value: Double, _ mean: Double, _ exponent: Int) -> Double {
    let centred = value - scale(mean, by: exponent)
    return centred.isFinite ? centred : (value < 0 ? -1 : 1) * .greatestFiniteMagnitude
  }
}
