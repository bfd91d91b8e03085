/// The baseline's rows that take part in the kernel two-sample test.
struct BaselineSample: Sendable {
  /// The values of each numeric feature in the chosen rows.
  let columns: [(name: String, values: [Double])]
  /// Whether there were more rows.
  let isSampled: Bool

  init(_ columns: [Column], rowCount: Int, options: MaximumMeanDiscrepancy.Options) {
    self.columns = Self.thinned(columns, rowCount: rowCount, options: options, stream: 0)
    isSampled = rowCount > options.maximumRows
  }

  /// The numeric columns in a uniform sample of the rows. `stream` is 0 for the baseline and 1 for
  /// the current data: the two samples are drawn independently of each other.
  static func thinned(
    _ columns: [Column], rowCount: Int, options: MaximumMeanDiscrepancy.Options, stream: UInt64
  ) -> [(name: String, values: [Double])] {
    let rows = Sampling.sample(
      options.maximumRows, of: rowCount, seed: options.seed, stream: stream, purpose: .rowSample)
    return columns.compactMap { column in
      guard case .numeric(let values, _) = column.cells else { return nil }
      return (column.name, rows.count == rowCount ? values : rows.map { values[$0] })
    }
  }
}

extension DriftDetector {
  /// Runs the kernel two-sample test over the numeric features that have data on both sides.
  ///
  /// - Returns: Nil when it is switched off or there is nothing to test.
  func testDiscrepancy(
    of current: Dataset, features: [FeatureResult], progress: (Double) throws -> Void
  ) throws -> DiscrepancyOutcome? {
    guard var options = configuration.maximumMeanDiscrepancy, let sample else { return nil }
    options.threads = configuration.threads
    let usable = features.filter {
      $0.kind == .numeric && $0.baseline.present > 0 && ($0.current?.present ?? 0) > 0
    }
    let names = Set(usable.map { Level($0.name) })
    let before = sample.columns.filter { names.contains(Level($0.name)) }
    let chosen = before.compactMap { current[$0.name] }
    let after = BaselineSample.thinned(
      chosen, rowCount: current.rowCount, options: options, stream: 1)
    guard !before.isEmpty, rowCount >= 2, current.rowCount >= 2 else { return nil }
    var test = try MaximumMeanDiscrepancy(
      baseline: SampleMatrix(columns: before.map(\.values)),
      current: SampleMatrix(columns: after.map(\.values)), options: options, progress: progress)
    // The rows were thinned out before the test saw them.
    test.isSampled = sample.isSampled || current.rowCount > options.maximumRows
    return DiscrepancyOutcome(
      test: test, features: test.columns.map { before[$0].name },
      status: configuration.thresholds.status(pValue: test.pValue))
  }
}
