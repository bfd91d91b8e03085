/// Whether more current values than chance explains lie beyond the ends of the baseline.
///
/// T current values are larger than the baseline's k-th largest, k being 1 % of its rows and at least
/// two. Of the T + k - 1 largest values of both sides, which are then a random choice of the rows, so
/// few as k - 1 are the baseline's with a hypergeometric probability. The same below; the p-value is
/// twice the smaller one. Exact: what ranks in the middle hide, this sees.
public struct TailsTest: Sendable, Hashable, Codable {
  /// The current rows beyond the baseline's upper end.
  public let above: Int
  /// The current rows beyond its lower end.
  public let below: Int
  /// The two-sided p-value, 0 to 1.
  public let pValue: Double

  /// How many of so many baseline rows may lie beyond an end of it.
  package static func rank(rows: Int) -> Int { max(2, (rows + 99) / 100) }

  /// - Parameters:
  ///   - above: The current rows with values larger than the baseline's k-th largest.
  ///   - below: Those with values smaller than its k-th smallest.
  ///   - baselineRows: The baseline's rows, n, at least 2.
  ///   - currentRows: The current rows.
  /// - Complexity: O(k).
  public init(above: Int, below: Int, baselineRows: Int, currentRows: Int) {
    self.above = above
    self.below = below
    let k = Self.rank(rows: baselineRows)
    guard baselineRows >= k, currentRows > 0 else {
      pValue = 1
      return
    }
    func tail(_ rows: Int) -> Double {
      Hypergeometric(
        rows: baselineRows + currentRows, marked: baselineRows, drawn: rows + k - 1
      ).lowerTail(k - 1)
    }
    pValue = min(1, 2 * min(tail(above), tail(below)))
  }
}
