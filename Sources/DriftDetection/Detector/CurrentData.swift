internal import DriftColumns
internal import DriftSummaries

/// The current data, as far as a check needs to know them: small, however many rows there are.
struct CurrentData: Sendable {
  /// The names of all columns.
  let names: [String]
  let rowCount: Int
  /// The current side of each feature of the detector; nil where its column is gone.
  let profiles: [FeatureProfile?]
  /// The rows of the kernel two-sample test, of the numeric features that are there in the order of
  /// the detector; nil when it is not wanted.
  let sample: RowSample?
  /// Numeric features whose counts rest on a sketch, and by how much ranks may be off.
  var sketched: (features: [String], rankError: Double) = ([], 0)
}

extension CurrentData {
  /// The current data of a detector, from a table.
  ///
  /// - Throws: What `progress` throws.
  init(_ table: Dataset, for detector: DriftDetector, progress: (Double) throws -> Void) throws {
    let configuration = detector.configuration
    let features = detector.features
    names = table.names
    rowCount = table.rowCount
    profiles = try ColumnSchedule.map(
      count: features.count, work: configuration.work, progress: progress
    ) { index, work in
      table[features[index].name].flatMap { features[index].bins.profile($0, work: work) }
    }
    sample = configuration.maximumMeanDiscrepancy.map { options in
      RowSample(
        features.filter { $0.kind == .numeric }.compactMap { table[$0.name] }
          .filter { $0.kind == .numeric },
        rowCount: table.rowCount, side: .current, options: options,
        threads: configuration.threads)
    }
  }
}
