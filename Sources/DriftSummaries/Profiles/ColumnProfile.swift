package import DriftColumns

/// One column of a profile.
package struct ColumnProfile: Sendable, Hashable {
  /// What is known of the cells.
  package enum Content: Sendable, Hashable {
    case numbers(NumberSummary)
    case levels(LevelSummary)
  }

  package let name: String
  package var content: Content

  package var kind: ColumnKind {
    switch content {
    case .numbers: .numeric
    case .levels: .categorical
    }
  }

  /// Adds the rows of the same column of another profile.
  ///
  /// - Throws: `DriftError.kindMismatch` when one has numbers and the other levels,
  ///   `DriftError.invalidData` when a column was counted by different bins and nothing else is known
  ///   of it.
  package mutating func merge(_ other: ColumnProfile) throws(DriftError) {
    switch (content, other.content) {
    case (.numbers(var numbers), .numbers(let more)):
      try numbers.merge(more, column: name)
      content = .numbers(numbers)
    case (.levels(var levels), .levels(let more)):
      levels.merge(more)
      content = .levels(levels)
    case (.numbers(let numbers), .levels(var levels)) where numbers.isEmpty:
      levels.missing += numbers.tally.rows
      content = .levels(levels)
    case (.levels(var levels), .numbers(let numbers)) where numbers.isEmpty:
      levels.missing += numbers.tally.rows
      content = .levels(levels)
    case (.numbers(var numbers), .levels(let levels)) where levels.sketch.count == 0:
      numbers.addMissing(levels.missing)
      content = .numbers(numbers)
    case (.levels(let levels), .numbers(var numbers)) where levels.sketch.count == 0:
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

extension ColumnProfile {
  /// Chooses the bins of a numeric column where there are none and all values are known, and keeps at
  /// most so many values.
  package mutating func settle(_ options: DatasetProfile.Options, work: PieceWork) {
    guard case .numbers(var numbers) = content else { return }
    // Nothing else holds the numbers then: what is given up is free at once.
    content = .numbers(NumberSummary(tally: NumberTally(), unparseable: 0, positiveInfinities: 0))
    numbers.settle(options.forColumn(name), work: work)
    content = .numbers(numbers)
  }
}

/// What is known of a numeric column.
package struct NumberSummary: Sendable, Hashable {
  /// Rows and moments.
  package var tally: NumberTally
  /// Cells without a number that hold something.
  package var unparseable: Int
  /// Infinities above, of those that the tally counts.
  var positiveInfinities: Int
  /// The values; nil where only the rows by bin are known, as the bins of another profile were given.
  package var distribution: NumberDistribution?
  /// Rows by bin, where bins were chosen or given.
  package var frozen: FrozenBins?
  /// Rows by the bins of a baseline; not written to files.
  var counted: Counted?

  /// Rows by bin.
  struct Counted: Sendable, Hashable {
    let counter: BinCounter
    let cells: BinCounter.Cells
  }

  /// Whether no cell holds anything.
  package var isEmpty: Bool { tally.rows == tally.nans && unparseable == 0 }

  package var infinities: (negative: Int, positive: Int) {
    (tally.infinities - positiveInfinities, positiveInfinities)
  }

  /// - Throws: `DriftError.invalidData` when both know only the rows by bin, and their bins differ.
  package mutating func merge(_ other: NumberSummary, column: String) throws(DriftError) {
    let bins = other.frozen.flatMap { frozen?.merged(with: $0) }
    // Without rows with a value there is nothing whose bins, or values, could differ.
    if isEmpty, bins == nil {
      (frozen, distribution) = (other.frozen, other.distribution)
    } else if !(other.isEmpty && bins == nil) {
      frozen = bins
      if isEmpty {
        distribution = other.distribution
      } else if let theirs = other.distribution {
        distribution?.merge(theirs)
      } else if !other.isEmpty {
        distribution = nil
      }
      // Bins that each part chose for itself may be the same, and not those of the whole.
      if !isEmpty, !other.isEmpty, distribution?.isExact == true, frozen?.isChosen == true {
        frozen = nil
      }
    }
    guard frozen != nil || distribution != nil else {
      throw DriftError(
        .invalidData,
        "'\(column)' was counted by different bins, and its values are not in both profiles; "
          + "profile all parts with the same --edges-from, or none")
    }
    counted = nil
    tally.merge(other.tally)
    unparseable += other.unparseable
    positiveInfinities += other.positiveInfinities
  }

  /// Chooses bins where there are none and all values are known, and keeps at most so many values.
  package mutating func settle(_ options: DatasetProfile.Options, work: PieceWork) {
    let (tally, infinities, wantsBins) = (tally, infinities, frozen == nil)
    let bins = distribution?.settle(
      options, tally: tally, infinities: infinities, wantsBins: wantsBins, work: work)
    if wantsBins { frozen = bins }
  }

  mutating func addMissing(_ rows: Int) {
    tally.merge(NumberTally(missing: rows))
  }

  /// The rows in the cells of a counter: counted, or as the values that are kept tell.
  ///
  /// - Throws: `DriftError.invalidData` when neither is known.
  package func cells(_ counter: BinCounter, of column: String) throws(DriftError)
    -> BinCounter.Cells
  {
    if let counted, counted.counter == counter { return counted.cells }
    if let frozen, frozen.binning.counter == counter { return frozen.cells }
    guard let distribution else { throw .otherBins(column) }
    return counter.cells(of: distribution.values, infinities: infinities)
  }

  /// Whether `cells` are exact.
  package func isExact(_ counter: BinCounter) -> Bool {
    distribution?.isExact == true || counted?.counter == counter
      || frozen?.binning.counter == counter
  }
}

extension DriftError {
  /// What is known of a column are rows by bins that are not those of the check.
  package static func otherBins(_ column: String) -> DriftError {
    DriftError(
      .invalidData,
      "the profile knows '\(column)' only by the bins that --edges-from gave, which are not those of "
        + "this check; check with the profile that they are from, and with its flags for bins, or "
        + "profile the table again without --edges-from")
  }
}
