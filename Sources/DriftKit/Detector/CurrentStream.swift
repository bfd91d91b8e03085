/// Takes the current data batch by batch, as they are read, and keeps none of their numbers but
/// the rows of the kernel two-sample test.
///
/// `profile` may be called on many threads, `collect` by one at a time and in the order of the rows.
package struct CurrentStream: Sendable {
  /// What `profile` found in the numbers of a batch.
  package struct Batch: Sendable {
    /// For each feature, or nil where its column is gone, its pieces.
    fileprivate let profiles: [[NumberProfile]?]
  }

  /// The rest of what is known of a column once all rows were read.
  package enum ColumnEnd: Sendable {
    /// Of a numeric feature: how many of the cells without a number hold something else.
    case numbers(unparseable: Int)
    /// The counts of a categorical feature.
    case levels(LevelCounts)
  }

  /// The names of the numeric features, in the order in which `profile` and `collect` take them.
  package let numericFeatures: [String]

  private let features: [FeatureBaseline]
  private let counters: [BinCounter]
  private let work: PieceWork
  private var profiles: [NumberProfile]
  private var rowCount = 0
  private var sampled: SampledRows?
  /// The values of the candidates, by numeric feature.
  private var values: [[Double]]

  /// An empty stream for a detector.
  package init(_ detector: DriftDetector) {
    let configuration = detector.configuration
    features = detector.features
    work = PieceWork(instructionSet: configuration.instructionSet)
    var names: [String] = []
    var counters: [BinCounter] = []
    for feature in detector.features {
      guard case .numbers(let bins) = feature.bins else { continue }
      names.append(feature.name)
      counters.append(bins.counter)
    }
    numericFeatures = names
    self.counters = counters
    profiles = counters.map(NumberProfile.init)
    values = counters.map { _ in [] }
    sampled = configuration.maximumMeanDiscrepancy.map { options in
      SampledRows(
        size: options.maximumRows, seed: options.seed, stream: RowSample.Side.current.rawValue,
        purpose: .rowSample)
    }
  }

  /// Looks at the numbers of a batch.
  ///
  /// - Parameter columns: The rows of each numeric feature; nil where its column is gone.
  /// - Returns: What `collect` takes.
  package func profile(_ columns: [UnsafeBufferPointer<Double>?]) -> Batch {
    Batch(
      profiles: zip(columns, counters).map { rows, counter in
        guard let rows else { return nil }
        return stride(from: 0, to: rows.count, by: NumberChunks.pieceSize).map { start in
          let end = min(start + NumberChunks.pieceSize, rows.count)
          return NumberProfile(
            UnsafeBufferPointer(rebasing: rows[start..<end]), counter: counter, work: work)
        }
      })
  }

  /// Adds a batch to those before it.
  ///
  /// - Parameters:
  ///   - batch: What `profile` found in these rows.
  ///   - columns: The rows of each numeric feature; nil where its column is gone.
  ///   - count: How many rows there are.
  package mutating func collect(
    _ batch: Batch, _ columns: [UnsafeBufferPointer<Double>?], rowCount count: Int
  ) {
    for (index, pieces) in batch.profiles.enumerated() {
      for piece in pieces ?? [] { profiles[index].merge(piece) }
    }
    rowCount += count
    guard let chosen = sampled?.take(count) else { return }
    for (index, rows) in columns.enumerated() {
      guard let rows else { continue }
      if chosen.count == count {
        values[index].append(contentsOf: rows)
      } else {
        for row in chosen { values[index].append(rows[row]) }
      }
    }
    if sampled?.isFull == true { thin() }
  }

  private mutating func thin() {
    guard let kept = sampled?.thin() else { return }
    for index in values.indices where !values[index].isEmpty {
      for (place, candidate) in kept.enumerated() {
        values[index][place] = values[index][candidate]
      }
      values[index].removeSubrange(kept.count...)
    }
  }

  /// The current data, when all rows were collected.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns that were loaded and what else is known of them.
  ///   - unloaded: The names of all other columns.
  ///   - rowCount: How many rows there are.
  /// - Returns: What `DriftDetector.check` takes.
  package consuming func finish(
    _ columns: [(name: String, end: ColumnEnd)], unloaded: [String], rowCount: Int
  ) -> CurrentData {
    thin()
    let ends = Dictionary(columns.map { (Level($0.name), $0.end) }) { first, _ in first }
    var numeric = 0
    var current: [FeatureProfile?] = []
    var sample: [(name: String, values: [Double])] = []
    for feature in features {
      switch (feature.bins, ends[Level(feature.name)]) {
      case (.numbers(let bins), let end):
        if case .numbers(let unparseable) = end {
          current.append(
            FeatureProfile(
              profiles[numeric], unparseable: unparseable, counter: bins.counter))
          sample.append((feature.name, values[numeric]))
        } else {
          current.append(nil)
        }
        numeric += 1
      case (.levels(let binning), .levels(let counts)):
        current.append(FeatureProfile(counts, binning: binning))
      case (.levels, _):
        current.append(nil)
      }
    }
    return CurrentData(
      names: columns.map(\.name) + unloaded, rowCount: rowCount, profiles: current,
      sample: sampled.map { RowSample(columns: sample, isSampled: rowCount > $0.size) })
  }
}

extension DriftDetector {
  /// Whether a column of current data is a feature, and of which kind; nil when it is none.
  package func kind(ofFeature name: String) -> ColumnKind? { featureKinds[Level(name)] }
}
