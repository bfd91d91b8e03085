internal import DriftColumns
internal import DriftSummaries

/// The bins of a feature, frozen from the baseline.
enum FeatureBins: Sendable {
  case numbers(NumberBins)
  case levels(CategoricalBinning)

  /// Profiles one side of the feature; nil when it has numbers where the bins are of levels.
  func profile(_ column: Column, work: PieceWork) -> FeatureProfile? {
    switch (self, column.storage) {
    case (.levels(let binning), .categorical(let counts)):
      return FeatureProfile(counts, binning: binning, details: column.details)
    case (.levels, .numeric), (.levels, .time):
      return nil
    case (.numbers(let bins), let cells):
      // Text where numbers are expected: counted and shown, never dropped.
      let (numbers, unparseable) =
        cells.numbers.flatMap { column.kind == bins.columnKind ? $0 : nil }
        ?? (
          NumberChunks([Double](repeating: .nan, count: column.rowCount)),
          unparseable: cells.present
        )
      return FeatureProfile(
        NumberProfile(numbers, counter: bins.counter, work: work), unparseable: unparseable,
        counter: bins.counter, details: column.details)
    }
  }
}

/// The bins of a numeric feature and what counts by them.
struct NumberBins: Sendable {
  /// Whose rules they follow.
  enum Kind: Sendable {
    case numeric(NumericBinning)
    case churnMLOps(ChurnMLOpsBinning)
    /// Points in time, which are told by whether they are in the range of the baseline.
    case times
  }

  let kind: Kind
  let counter: BinCounter

  /// The kind of the columns that are counted.
  var columnKind: ColumnKind { if case .times = kind { .time } else { .numeric } }

  /// Points in time, before, in and behind the range of a baseline.
  init(times baseline: Moments) {
    kind = .times
    counter = baseline.rangeBinning.counter
  }

  init(kind: Kind, counter: BinCounter) {
    self.kind = kind
    self.counter = counter
  }

  /// Chooses the bins for a column.
  init(
    fitting numbers: NumberChunks, tally: NumberTally, of name: String,
    configuration: DriftConfiguration, work: PieceWork
  ) {
    let options = configuration.populationStability(for: name)
    switch configuration.compatibility {
    case .churnMLOps:
      let binning = ChurnMLOpsBinning(fitting: numbers, tally: tally, work: work)
      kind = .churnMLOps(binning)
      counter = binning.counter
    case .none:
      let binning = NumericBinning(
        fitting: numbers, tally: tally, method: options.binning,
        minimumCount: options.minimumCount, work: work)
      kind = .numeric(binning)
      counter = binning.counter
    }
  }
}

extension Column.Storage {
  /// The cells that hold something.
  fileprivate var present: Int {
    switch self {
    case .categorical(let counts): counts.present
    case .numeric(let numbers, let unparseable), .time(let numbers, let unparseable):
      numbers.chunks.reduce(unparseable) { $0 + $1.count { !$0.isNaN } }
    }
  }
}
