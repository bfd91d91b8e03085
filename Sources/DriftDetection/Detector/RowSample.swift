internal import DriftColumns
internal import DriftStatistics
internal import DriftSummaries

/// The rows of one side that take part in the kernel two-sample test, before it is known which
/// features do.
struct RowSample: Sendable {
  /// The values of each numeric feature in the chosen rows.
  let columns: [(name: String, values: [Double])]
  /// Where the chosen rows are in their table, from 0; nil when that is not known.
  let rows: [Int]?
  /// Whether there were more rows.
  let isSampled: Bool

  /// The chosen rows of numeric features.
  init(columns: [(name: String, values: [Double])], rows: [Int]?, isSampled: Bool) {
    self.columns = columns
    self.rows = rows
    self.isSampled = isSampled
  }

  /// The numeric columns in a uniform sample of the rows.
  init(
    _ columns: [Column], rowCount: Int, side: Sampling.Side,
    options: MaximumMeanDiscrepancy.Options,
    threads: Int
  ) {
    let numeric = columns.filter { $0.kind == .numeric }
    // Counts of levels may be of any number of rows, to draw from which takes as long.
    let rows =
      numeric.isEmpty
      ? []
      : Sampling.sample(
        options.maximumRows, of: rowCount, seed: options.seed, stream: side.rawValue,
        purpose: .rowSample)
    let values = PieceWork(threads: threads).map(count: numeric.count) { index -> [Double] in
      guard case .numeric(let numbers, _) = numeric[index].storage else { return [] }
      return rows.count == rowCount ? numbers.joined : numbers.values(at: rows)
    }
    self.rows = rows
    self.columns = zip(numeric, values).map { (name: $0.name, values: $1) }
    isSampled = rowCount > options.maximumRows
  }
}
