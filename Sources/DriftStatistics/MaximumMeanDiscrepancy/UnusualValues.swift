internal import DriftSummaries
internal import Parallel

/// Which values of a row are furthest from the baseline.
struct UnusualValues {
  private typealias Value = MaximumMeanDiscrepancy.Attribution.Value

  /// The columns that took part in the test, and the baseline's finite values in them.
  private let columns: [Int]
  private let moments: [Moments]

  private static let mostValues = 3

  /// - Parameters:
  ///   - baseline: The baseline.
  ///   - rows: Those of its rows that took part in the test.
  ///   - columns: The columns that took part.
  ///   - threads: The most threads to use.
  /// - Throws: Nothing: no progress is told.
  init(baseline: SampleMatrix, rows: [Int], columns: [Int], threads: Int) throws {
    self.columns = columns
    // As many columns at a time as a cache line holds.
    let groups = try Workers.map(count: (columns.count + 7) / 8, threads: threads) { group in
      columns[(8 * group)..<min(8 * (group + 1), columns.count)].map { column in
        Moments(rows.map { baseline.values[$0 * baseline.columnCount + column] })
      }
    }
    moments = Array(groups.joined())
  }

  /// The finite values of a row that are furthest from the baseline's mean, the furthest first.
  func values(ofRow row: Int, in sample: SampleMatrix) -> [MaximumMeanDiscrepancy.Attribution.Value]
  {
    var values: [(distance: Double, value: Value)] = []
    for (column, moments) in zip(columns, moments) {
      let value = sample.values[row * sample.columnCount + column]
      guard value.isFinite, let mean = moments.mean else { continue }
      var standardised: Double? = 0
      if value != mean {
        let deviation = moments.isConstant ? 0 : moments.standardDeviation ?? 0
        standardised = deviation > 0 ? (value - mean) / deviation : nil
      }
      // An overflow leaves nothing to rank by.
      if standardised?.isNaN == true { standardised = 0 }
      values.append(
        (
          standardised.map(abs) ?? .infinity,
          Value(column: column, value: value, standardised: standardised)
        ))
    }
    return values.sorted { ($1.distance, $0.value.column) < ($0.distance, $1.value.column) }
      .prefix(Self.mostValues).map(\.value)
  }
}
