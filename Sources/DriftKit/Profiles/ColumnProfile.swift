/// One column of a profile.
struct ColumnProfile: Sendable, Hashable {
  /// What is known of the cells.
  enum Content: Sendable, Hashable {
    case numbers(NumberSummary)
    case levels(LevelCounts)
  }

  let name: String
  var content: Content

  var kind: ColumnKind {
    switch content {
    case .numbers: .numeric
    case .levels: .categorical
    }
  }

  /// Adds the rows of the same column of another profile.
  ///
  /// - Throws: `DriftError.kindMismatch` when one has numbers and the other levels.
  mutating func merge(_ other: ColumnProfile) throws(DriftError) {
    switch (content, other.content) {
    case (.numbers(var numbers), .numbers(let more)):
      numbers.merge(more)
      content = .numbers(numbers)
    case (.levels(var levels), .levels(let more)):
      levels.merge(more)
      content = .levels(levels)
    case (.numbers(let numbers), .levels(var levels)) where numbers.isEmpty:
      levels.addMissing(numbers.tally.rows)
      content = .levels(levels)
    case (.levels(var levels), .numbers(let numbers)) where numbers.isEmpty:
      levels.addMissing(numbers.tally.rows)
      content = .levels(levels)
    case (.numbers(var numbers), .levels(let levels)) where levels.present == 0:
      numbers.addMissing(levels.missing)
      content = .numbers(numbers)
    case (.levels(let levels), .numbers(var numbers)) where levels.present == 0:
      numbers.addMissing(levels.missing)
      content = .numbers(numbers)
    default:
      throw DriftError(
        .kindMismatch,
        "'\(name)' has numbers in one profile and levels in another; profile the data again with "
          + "--categorical or --numeric for this column")
    }
  }
}

/// What is known of a numeric column.
struct NumberSummary: Sendable, Hashable {
  /// Rows and moments.
  var tally: NumberTally
  /// Cells without a number that hold something.
  var unparseable: Int
  /// Infinities above, of those that the tally counts.
  var positiveInfinities: Int
  var distribution: NumberDistribution
  /// Rows by bin, where bins were chosen or given.
  var frozen: FrozenBins?

  /// Whether no cell holds anything.
  var isEmpty: Bool { tally.rows == tally.nans && unparseable == 0 }

  var infinities: (negative: Int, positive: Int) {
    (tally.infinities - positiveInfinities, positiveInfinities)
  }

  mutating func merge(_ other: NumberSummary) {
    // Without rows with a value there is nothing whose bins could differ.
    if isEmpty, frozen == nil {
      frozen = other.frozen
    } else if !(other.isEmpty && other.frozen == nil) {
      frozen = other.frozen.flatMap { frozen?.merged(with: $0) }
    }
    tally.merge(other.tally)
    unparseable += other.unparseable
    positiveInfinities += other.positiveInfinities
    distribution.merge(other.distribution)
  }

  /// Chooses bins where there are none and all values are known, and keeps at most so many values.
  mutating func settle(_ options: DatasetProfile.Options, work: PieceWork) {
    if frozen == nil, distribution.isExact {
      frozen = distribution.bins(options, tally: tally, work: work) { [infinities] counter, cells in
        var cells = cells
        cells[0] += Int64(infinities.negative)
        cells[counter.cellCount - 1] += Int64(infinities.positive)
        return cells
      }
    }
    distribution.thin(keeping: options.keptValues, seed: options.seed)
  }

  mutating func addMissing(_ rows: Int) {
    tally.merge(NumberTally(missing: rows))
  }

  /// The rows in the cells of a counter: counted, or as the values that are kept tell.
  func cells(_ counter: BinCounter) -> BinCounter.Cells {
    if let frozen, frozen.binning.counter == counter { return frozen.cells }
    return counter.cells(of: distribution.values, infinities: infinities)
  }

  /// Whether `cells` are exact.
  func isExact(_ counter: BinCounter) -> Bool {
    distribution.isExact || frozen?.binning.counter == counter
  }
}
