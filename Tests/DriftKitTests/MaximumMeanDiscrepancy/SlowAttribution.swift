import DriftKit
import DriftTestSupport

/// What a discrepancy comes from as its definition reads: a whole kernel matrix for each column.
struct SlowAttribution {
  /// The statistic with all columns, and without each.
  let statistic: Double
  let without: [Double]
  /// The witness function at each current row.
  let witness: [Double]

  /// - Parameters:
  ///   - x: The baseline's rows.
  ///   - y: The current rows.
  ///   - sigma: The width of the kernel.
  ///   - scaled: Whether columns are standardised; none may be constant.
  init(_ x: [[Double]], _ y: [[Double]], sigma: Double, scaled: Bool = true) {
    let rows = scaled ? SlowReference.standardised(x + y) : x + y
    let isFirst = rows.indices.map { $0 < x.count }
    func kernel(without column: Int?) -> [[Double]] {
      rows.map { a in
        rows.map { b in
          var square = 0.0
          for place in a.indices where place != column {
            square += (a[place] - b[place]) * (a[place] - b[place])
          }
          return exponential(-square / (2 * sigma * sigma))
        }
      }
    }
    let whole = kernel(without: nil)
    statistic = SlowReference.statistic(whole, isFirst: isFirst)
    without = rows[0].indices.map {
      SlowReference.statistic(kernel(without: $0), isFirst: isFirst)
    }
    let (n, m) = (Double(x.count), Double(y.count))
    witness = y.indices.map { row in
      let values = whole[x.count + row]
      let before = values[..<x.count].reduce(0, +)
      let after = values[x.count...].reduce(0, +) - 1
      return before / n - after / (m - 1)
    }
  }
}
