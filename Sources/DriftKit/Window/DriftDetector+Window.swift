extension DriftDetector {
  /// A window that slides over batches of current data.
  ///
  /// ```swift
  /// let detector = try DriftDetector(baseline: training)
  /// var window = detector.window(of: 24)
  /// for batch in batches {
  ///   try window.append(batch)
  ///   print(try detector.check(window).status)
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - batches: The most batches that it holds, at least 1.
  ///   - keptRows: The rows that are kept for the kernel two-sample test, a uniform sample of those in
  ///     the window; 0 leaves the test out. It costs some time with every check, as it compares all pairs
  ///     of rows (see ``MaximumMeanDiscrepancy``), and two samples of so many rows a batch in memory: 8
  ///     bytes a number.
  /// - Returns: An empty window.
  public func window(of batches: Int, keptRows: Int = 0) -> DriftWindow {
    DriftWindow(self, capacity: batches, keptRows: keptRows)
  }

  /// Checks the batches in a window as one table.
  ///
  /// - Parameters:
  ///   - window: A window of this detector.
  ///   - progress: As for tables.
  /// - Returns: The verdict and everything that it rests on.
  /// - Throws: As for tables.
  /// - Complexity: O(bins and levels) a feature, and that of ``MaximumMeanDiscrepancy`` when rows are
  ///   kept.
  public func check(
    _ window: DriftWindow, progress: (Double) throws -> Void = { _ in }
  ) throws -> DriftResult {
    try check(window.profile, progress: progress)
  }
}
