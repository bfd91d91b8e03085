internal import DriftColumns
internal import DriftSummaries

/// The bins of a feature, frozen from the baseline.
enum FeatureBins: Sendable {
  case numbers(NumberBins)
  case levels(CategoricalBinning)

  /// Profiles one side of the feature; nil when its cells are of another kind than the bins.
  func profile(_ cells: Column.Storage, work: PieceWork) -> FeatureProfile? {
    switch (self, cells) {
    case (.levels(let binning), .categorical(let counts)):
      return FeatureProfile(counts, binning: binning)
    case (.numbers(let bins), .numeric(let numbers, let unparseable)):
      return FeatureProfile(
        NumberProfile(numbers, counter: bins.counter, work: work), unparseable: unparseable,
        counter: bins.counter)
    case (.numbers, .categorical(let counts)):
      // Text where numbers are expected: counted and shown, never dropped.
      let absent = NumberChunks([Double](repeating: .nan, count: counts.rows))
      return profile(.numeric(absent, unparseable: counts.present), work: work)
    case (.levels, .numeric):
      return nil
    }
  }
}

/// The bins of a numeric feature and what counts by them.
struct NumberBins: Sendable {
  /// Whose rules they follow.
  enum Kind: Sendable {
    case numeric(NumericBinning)
    case churnMLOps(ChurnMLOpsBinning)
  }

  let kind: Kind
  let counter: BinCounter

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
