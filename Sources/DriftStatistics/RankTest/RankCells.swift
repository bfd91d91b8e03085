/// The pooled values of two samples as cells in ascending order, each with the rows of both sides.
///
/// A cell is a distinct value or an interval; whatever decides on the cells must not know which row is
/// from which side.
public struct RankCells: Sendable, Hashable {
  /// The baseline's rows of each cell.
  public private(set) var baseline: [Int]
  /// The rows of both sides of each cell; none is empty.
  public private(set) var pooled: [Int]

  /// Cells from counts, ascending; cells that are empty on both sides are left out.
  ///
  /// - Parameters:
  ///   - baseline: The baseline's rows of each cell.
  ///   - current: The current rows of each cell: as many cells.
  public init(baseline: [Int], current: [Int]) {
    let both = zip(baseline, current).filter { $0 + $1 > 0 }
    self.baseline = both.map(\.0)
    pooled = both.map { $0 + $1 }
  }

  /// A cell for each distinct value; NaN is left out.
  /// - Complexity: O(N log N).
  public init(_ baseline: some Sequence<Double>, _ current: some Sequence<Double>) {
    let rows =
      (baseline.map { (value: $0, side: 1) } + current.map { (value: $0, side: 0) })
      .filter { !$0.value.isNaN }.sorted { $0.value < $1.value }
    (self.baseline, pooled) = ([], [])
    var last = Double.nan
    for row in rows {
      if row.value != last {
        self.baseline.append(0)
        pooled.append(0)
      }
      last = row.value
      self.baseline[pooled.count - 1] += row.side
      pooled[pooled.count - 1] += 1
    }
  }

  /// How many cells there are.
  public var count: Int { pooled.count }

  /// The rows of each side.
  var rows: (baseline: Int, current: Int) {
    let n = baseline.reduce(0, +)
    return (n, pooled.reduce(0, +) - n)
  }

  /// The rows that a cell should be expected to have of the smaller sample.
  private static let leastExpected = 2.0

  /// Cells of which each has at least two expected rows of the smaller sample: neighbours that have
  /// fewer are put together until they do, larger ones stay alone. The order of the rows within a
  /// small cell says little, but would make the tail of the statistic heavier than its moments tell.
  /// - Complexity: O(cells).
  var merged: RankCells {
    let (n, m) = rows
    let least = Self.leastExpected * Double(n + m) / Double(max(1, min(n, m)))
    var merged = RankCells(baseline: [], current: [])
    // Where the cells began that are being put together.
    var start: Int?
    for index in 0..<count {
      guard Double(pooled[index]) < least else {
        start = nil
        merged.append(baseline[index], pooled[index])
        continue
      }
      if let begun = start, Double(merged.pooled[begun]) < least {
        merged.add(baseline[index], pooled[index])
      } else {
        start = merged.count
        merged.append(baseline[index], pooled[index])
      }
    }
    return merged
  }

  private mutating func append(_ rows: Int, _ all: Int) {
    baseline.append(rows)
    pooled.append(all)
  }

  private mutating func add(_ rows: Int, _ all: Int) {
    baseline[count - 1] += rows
    pooled[count - 1] += all
  }
}
