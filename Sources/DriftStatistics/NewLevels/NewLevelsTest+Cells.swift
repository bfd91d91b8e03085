public import DriftColumns

extension NewLevelsTest {
  /// The test between two samples; nil is a missing cell.
  ///
  /// ```swift
  /// let test = try NewLevelsTest(baseline: ["free", "pro", "pro"], current: ["pro", "team", nil])
  /// print(test.examples.map(\.level))
  /// ```
  ///
  /// - Throws: `StatisticsError.insufficientData` when a side has no row with a level.
  public init(
    baseline: some Sequence<String?>, current: some Sequence<String?>
  ) throws(StatisticsError) {
    try self.init(baseline: LevelCounts(baseline), current: LevelCounts(current))
  }

  /// The test between two samples without missing cells.
  ///
  /// - Throws: `StatisticsError.insufficientData` when a side has no row.
  public init(
    baseline: some Sequence<String>, current: some Sequence<String>
  ) throws(StatisticsError) {
    try self.init(baseline: LevelCounts(baseline), current: LevelCounts(current))
  }
}
