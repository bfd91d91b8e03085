package import DriftColumns

/// One column of a profile.
package struct ColumnProfile: Sendable, Hashable {
  /// What is known of the cells.
  package enum Content: Sendable, Hashable {
    case numbers(NumberSummary)
    case levels(LevelSummary)
    /// Points in time, as seconds since 1970.
    case times(NumberSummary)
  }

  package let name: String
  package var content: Content
  /// What was noticed where the cells were read.
  package var details = ColumnDetails()

  package var kind: ColumnKind {
    switch content {
    case .numbers: .numeric
    case .levels: .categorical
    case .times: .time
    }
  }

  package init(name: String, content: Content, details: ColumnDetails = ColumnDetails()) {
    self.name = name
    self.content = content
    self.details = details
  }

  /// The numbers, or the points in time as such; nil for levels.
  package var numbers: NumberSummary? {
    get {
      switch content {
      case .numbers(let numbers), .times(let numbers): numbers
      case .levels: nil
      }
    }
    set {
      guard let newValue else { return }
      content = kind == .time ? .times(newValue) : .numbers(newValue)
    }
  }

  /// Whether no cell has a value.
  private var isEmpty: Bool {
    switch content {
    case .numbers(let numbers), .times(let numbers): numbers.isEmpty
    case .levels(let levels): levels.sketch.count == 0
    }
  }

  private var rows: Int {
    switch content {
    case .numbers(let numbers), .times(let numbers): numbers.tally.rows
    case .levels(let levels): levels.rows
    }
  }

  private mutating func addMissing(_ rows: Int) {
    switch content {
    case .numbers(var numbers):
      numbers.addMissing(rows)
      content = .numbers(numbers)
    case .times(var times):
      times.addMissing(rows)
      content = .times(times)
    case .levels(var levels):
      levels.missing += rows
      content = .levels(levels)
    }
  }

  /// Adds the rows of the same column of another profile.
  ///
  /// - Throws: `DriftError.kindMismatch` when they are of different kinds, and both have values,
  ///   `DriftError.invalidData` when a column was counted by different bins and nothing else is known
  ///   of it.
  package mutating func merge(_ other: ColumnProfile) throws(DriftError) {
    details.merge(other.details)
    switch (content, other.content) {
    case (.numbers(var numbers), .numbers(let more)):
      try numbers.merge(more, column: name)
      content = .numbers(numbers)
    case (.levels(var levels), .levels(let more)):
      levels.merge(more)
      content = .levels(levels)
    case (.times(var times), .times(let more)):
      try times.merge(more, column: name)
      content = .times(times)
    case _ where other.isEmpty:
      addMissing(other.rows)
    case _ where isEmpty:
      let rows = rows
      content = other.content
      addMissing(rows)
    default:
      throw DriftError(
        .kindMismatch,
        "'\(name)' has \(kind.content) in one profile and \(other.kind.content) in another",
        recovery: .sameKind(column: name))
    }
  }
}

extension ColumnKind {
  /// What a column of this kind has, in words.
  package var content: String {
    switch self {
    case .numeric: "numbers"
    case .categorical: "levels"
    case .time: "dates or times"
    }
  }
}

extension ColumnProfile {
  /// Chooses the bins of a numeric column where there are none and all values are known, and keeps at
  /// most so many values.
  package mutating func settle(_ options: DatasetProfile.Options, work: PieceWork) {
    guard var numbers = numbers else { return }
    // Nothing else holds the numbers then: what is given up is free at once.
    self.numbers = NumberSummary(tally: NumberTally(), unparseable: 0, positiveInfinities: 0)
    numbers.settle(options.forColumn(name), choosesBins: kind == .numeric, work: work)
    self.numbers = numbers
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
        "'\(column)' was counted by different bins, and its values are not in both profiles",
        recovery: .sameEdges(column: column))
    }
    counted = nil
    tally.merge(other.tally)
    unparseable += other.unparseable
    positiveInfinities += other.positiveInfinities
  }

  /// Chooses bins where there are none and all values are known, and keeps at most so many values.
  package mutating func settle(
    _ options: DatasetProfile.Options, choosesBins: Bool = true, work: PieceWork
  ) {
    let (tally, infinities, wantsBins) = (tally, infinities, frozen == nil && choosesBins)
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
      "the profile knows '\(column)' only by the bins of another one, which are not those of this check",
      recovery: .edgesOfBaseline(column: column))
  }
}
