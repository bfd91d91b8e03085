internal import DriftColumns
internal import DriftSummaries

/// Takes the current data batch by batch, as they are read, and keeps none of their numbers but
/// the rows of the kernel two-sample test.
///
/// `profile` may be called on many threads, `collect` by one at a time and in the order of the rows.
package struct CurrentStream: Sendable {
  /// What `profile` found in the numbers of a batch: all features together, as with many features
  /// and few rows an array for each would cost more than the numbers in it.
  package struct Batch: Sendable {
    /// The rows that make whole blocks.
    fileprivate let whole: Range<Int>
    /// Their tallies, one feature after the other; none where a column is gone.
    fileprivate var blocks: [NumberTally] = []
    /// The cells of all rows, one feature after the other.
    fileprivate var cells: BinCounter.Cells
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
  /// Where the cells of each feature begin in those of all, and where they end.
  private let places: [Range<Int>]
  private var tallies: [NumberStream]
  private var cells: BinCounter.Cells
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
    var places: [Range<Int>] = []
    for counter in counters {
      let start = places.last?.upperBound ?? 0
      places.append(start..<start + counter.cellCount)
    }
    self.places = places
    tallies = counters.map { _ in NumberStream() }
    cells = BinCounter.Cells(repeating: 0, count: places.last?.upperBound ?? 0)
    values = counters.map { _ in [] }
    sampled = configuration.maximumMeanDiscrepancy.map { options in
      SampledRows(
        size: options.maximumRows, seed: options.seed, stream: Sampling.Side.current.rawValue,
        purpose: .rowSample)
    }
  }

  /// Looks at the numbers of a batch.
  ///
  /// - Parameters:
  ///   - columns: The rows of each numeric feature; nil where its column is gone.
  ///   - firstRow: The number of rows before the batch.
  ///   - rowCount: How many rows it has.
  /// - Returns: What `collect` takes.
  package func profile(
    _ columns: [UnsafeBufferPointer<Double>?], firstRow: Int, rowCount: Int
  ) -> Batch {
    var batch = Batch(
      whole: NumberStream.wholeBlocks(firstRow: firstRow, rowCount: rowCount),
      cells: BinCounter.Cells(repeating: 0, count: cells.count))
    batch.cells.withUnsafeMutableBufferPointer { cells in
      for (index, rows) in columns.enumerated() {
        guard let rows else { continue }
        batch.blocks += NumberStream.tallies(
          UnsafeBufferPointer(rebasing: rows[batch.whole]), work: work)
        counters[index].count(
          rows, into: UnsafeMutableBufferPointer(rebasing: cells[places[index]]), work: work)
      }
    }
    return batch
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
    let blockCount = batch.whole.count / Moments.blockSize
    var next = 0
    for (index, rows) in columns.enumerated() {
      guard let rows else { continue }
      tallies[index].append(
        rows, whole: batch.whole, blocks: batch.blocks[next..<next + blockCount], work: work)
      next += blockCount
    }
    for cell in cells.indices { cells[cell] += batch.cells[cell] }
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
          let profile = NumberProfile(
            tally: tallies[numeric].finished(work: work), cells: Array(cells[places[numeric]]))
          current.append(
            FeatureProfile(profile, unparseable: unparseable, counter: bins.counter))
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
      sample: sampled.map {
        RowSample(columns: sample, rows: $0.candidates, isSampled: rowCount > $0.size)
      })
  }
}

extension DriftDetector {
  /// Whether a column of current data is a feature, and of which kind; nil when it is none.
  package func kind(ofFeature name: String) -> ColumnKind? { featureKinds[Level(name)] }
}
