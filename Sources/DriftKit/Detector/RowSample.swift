/// The rows of one side that take part in the kernel two-sample test, before it is known which
/// features do.
struct RowSample: Sendable {
  /// The values of each numeric feature in the chosen rows.
  let columns: [(name: String, values: [Double])]
  /// Where the chosen rows are in their table, from 0; nil when that is not known.
  let rows: [Int]?
  /// Whether there were more rows.
  let isSampled: Bool

  /// Which side the rows are from: the two samples are drawn independently of each other.
  enum Side: UInt64, Sendable {
    case baseline = 0
    case current = 1
  }

  /// The chosen rows of numeric features.
  init(columns: [(name: String, values: [Double])], rows: [Int]?, isSampled: Bool) {
    self.columns = columns
    self.rows = rows
    self.isSampled = isSampled
  }

  /// The numeric columns in a uniform sample of the rows.
  init(
    _ columns: [Column], rowCount: Int, side: Side, options: MaximumMeanDiscrepancy.Options,
    threads: Int
  ) {
    let rows = Sampling.sample(
      options.maximumRows, of: rowCount, seed: options.seed, stream: side.rawValue,
      purpose: .rowSample)
    let numeric = columns.filter { $0.kind == .numeric }
    let values = PieceWork(threads: threads).map(count: numeric.count) { index -> [Double] in
      guard case .numeric(let numbers, _) = numeric[index].storage else { return [] }
      return rows.count == rowCount ? numbers.joined : numbers.values(at: rows)
    }
    self.rows = rows
    self.columns = zip(numeric, values).map { (name: $0.name, values: $1) }
    isSampled = rowCount > options.maximumRows
  }
}

extension DriftDetector {
  /// Runs the kernel two-sample test over the numeric features that have data on both sides.
  ///
  /// - Returns: Nil when it is switched off or there is nothing to test.
  func testDiscrepancy(
    of current: CurrentData, features: [FeatureResult], progress: (Double) throws -> Void
  ) throws -> DiscrepancyOutcome? {
    guard var options = configuration.maximumMeanDiscrepancy, let sample,
      let currentSample = current.sample
    else { return nil }
    options.threads = configuration.threads
    options.instructionSet = configuration.instructionSet
    let usable = Set(
      features.filter {
        $0.kind == .numeric && $0.baseline.present > 0 && ($0.current?.present ?? 0) > 0
      }.map { Level($0.name) })
    let before = sample.columns.filter { usable.contains(Level($0.name)) }
    let after = currentSample.columns.filter { usable.contains(Level($0.name)) }
    guard !before.isEmpty, rowCount >= 2, current.rowCount >= 2 else { return nil }
    let matrices = (
      try SampleMatrix(columns: before.map(\.values)),
      try SampleMatrix(columns: after.map(\.values))
    )
    var test = try MaximumMeanDiscrepancy(
      baseline: matrices.0, current: matrices.1, options: options,
      progress: { try progress(0.9 * $0) })
    let status = configuration.thresholds.status(pValue: test.pValue)
    var causes: DiscrepancyCauses?
    if status == .fail {
      let attribution = try test.attribution(
        baseline: matrices.0, current: matrices.1, options: options,
        progress: { try progress(0.9 + 0.1 * $0) })
      causes = DiscrepancyCauses(
        attribution, names: before.map(\.name), rows: currentSample.rows)
    }
    try progress(1)
    // The rows were thinned out before the test saw them.
    test.isSampled = sample.isSampled || currentSample.isSampled
    return DiscrepancyOutcome(
      test: test, features: test.columns.map { before[$0].name }, status: status, causes: causes)
  }
}
