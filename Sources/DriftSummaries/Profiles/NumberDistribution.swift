internal import CColumnKernels
internal import DriftColumns

/// How the finite numbers of a column are distributed: exactly as long as they are few or fit into
/// memory, else as a sketch.
package struct NumberDistribution: Sendable {
  /// The different values with their rows, while there are few: then nothing is ever lost, however
  /// many rows there are.
  private(set) var few: FewValues
  /// The rows as they came, with NaN for those that are not finite, while all are kept; not fed while
  /// `few` holds.
  private var rows: [[Double]] = []
  /// How many finite numbers are in `rows`.
  private var kept = 0
  /// Whether `rows` is one array of finite numbers, ascending.
  private var isSorted = false
  /// What is known of numbers that are too many to be kept.
  private(set) var sketch: QuantileSketch?

  /// The finite numbers up to which all are kept.
  private var exactLimit: Int
  private let seed: UInt64

  /// - Parameters:
  ///   - exactLimit: The finite numbers up to which all are kept.
  ///   - seed: The seed of the sketch.
  init(exactLimit: Int, seed: UInt64) {
    few = FewValues()
    self.exactLimit = exactLimit
    self.seed = seed
  }

  /// What was read from a file: few values, or a sketch, which may hold all values.
  init(few: FewValues, sketch: QuantileSketch?, options: DatasetProfile.Options) {
    self.init(exactLimit: options.exactValues, seed: options.seed)
    self.few = few
    guard let sketch else { return }
    if sketch.isExact {
      (rows, kept, isSorted) = ([sketch.sorted], sketch.count, true)
    } else {
      self.sketch = sketch
    }
  }

  /// What has to be done with the rows of a batch.
  enum Phase: Sendable, Hashable {
    /// Count their different values.
    case counting
    /// Keep them.
    case keeping
    /// Nothing before their turn comes.
    case sketching
  }

  /// What has to be done with further rows.
  var phase: Phase { sketch != nil ? .sketching : few.isFull ? .keeping : .counting }

  /// Whether order statistics and counts are those of all rows.
  package var isExact: Bool { sketch?.isExact ?? true }

  /// The largest error of a rank as a share of the rows; 0 when exact.
  package var rankError: Double { sketch?.rankError ?? 0 }

  /// How many finite numbers there were.
  var count: Int { few.isFull ? sketch?.count ?? kept : few.count }

  /// The numbers, ascending, and the rows that each stands for.
  package var values: WeightedValues {
    few.isFull ? WeightedValues(wholeSketch.weightedValues) : WeightedValues(few.sorted)
  }

  /// A sketch, with all numbers in it while they are kept.
  var wholeSketch: QuantileSketch {
    if let sketch { return sketch }
    return QuantileSketch(
      exactLimit: max(exactLimit, kept), seed: seed, stream: 0,
      sorted: isSorted ? rows[0] : KLLLevels.sorted(NumberChunks(rows), count: kept))
  }

  /// What was found out about the rows of a batch.
  struct Part: Sendable {
    /// Their different values, if they were counted and are few.
    fileprivate var few: FewValues?
    /// A copy of the rows.
    fileprivate var copy: [Double]?
    /// How many of them are finite.
    fileprivate let finite: Int

    /// Whether others are infinite.
    fileprivate let hasInfinities: Bool

    /// Looks at rows, of which so many are of each kind.
    init(_ rows: UnsafeBufferPointer<Double>, _ kinds: drift_number_kinds, _ phase: Phase) {
      finite = Int(kinds.finite)
      hasInfinities = Int(kinds.finite + kinds.nans) < rows.count
      if phase == .counting { few = FewValues(counting: rows) }
      if phase != .sketching, few == nil { copy = copied(rows) }
    }

    /// A copy of the rows, with NaN for infinities: these are counted elsewhere.
    fileprivate func copied(_ rows: UnsafeBufferPointer<Double>) -> [Double] {
      var copy = Array(rows)
      if hasInfinities {
        for index in copy.indices where copy[index].isInfinite { copy[index] = .nan }
      }
      return copy
    }
  }

  /// Adds the rows of a batch. What becomes of them does not depend on what its part was made for.
  mutating func add(_ batch: UnsafeBufferPointer<Double>, _ part: Part) {
    if !few.isFull {
      guard let counted = part.few ?? FewValues(counting: batch) else {
        giveFew()
        return keep(batch, part)
      }
      few.merge(counted)
      if few.isFull { giveFew() }
      return
    }
    keep(batch, part)
  }

  /// Takes a sketch that went on from that of this one.
  mutating func take(_ sketch: QuantileSketch) { self.sketch = sketch }

  /// Adds the rows of another one.
  mutating func merge(_ other: NumberDistribution) {
    exactLimit = min(exactLimit, other.exactLimit)
    if !few.isFull, !other.few.isFull {
      few.merge(other.few)
      if few.isFull { giveFew() }
      return
    }
    if !few.isFull { giveFew() }
    if !other.few.isFull { return give(other.few) }
    if let theirs = other.sketch {
      makeSketch()
      sketch?.merge(theirs)
      return
    }
    for chunk in other.rows { keep(chunk, finite: nil) }
    kept += sketch == nil ? other.kept : 0
    isSorted = false
    bound(to: exactLimit)
  }

  /// Keeps at most so many finite numbers from now on, and a sketch of more.
  mutating func bound(to limit: Int) {
    exactLimit = min(exactLimit, limit)
    if few.isFull, kept > exactLimit { makeSketch() }
  }

  private mutating func keep(_ batch: UnsafeBufferPointer<Double>, _ part: Part) {
    if sketch != nil {
      sketch?.add(batch)
      return
    }
    guard part.finite > 0 else { return }
    keep(part.copy ?? part.copied(batch), finite: part.finite)
    bound(to: exactLimit)
  }

  private mutating func keep(_ chunk: [Double], finite: Int?) {
    if sketch != nil {
      chunk.withUnsafeBufferPointer { sketch?.add($0) }
    } else {
      rows.append(chunk)
      kept += finite ?? 0
      isSorted = false
    }
  }

  private mutating func giveFew() {
    let counted = few
    few.close()
    give(counted)
  }

  /// Adds the rows of values that were counted.
  private mutating func give(_ counted: FewValues) {
    let count = counted.count
    guard count > 0 else { return }
    if sketch == nil, kept + count <= exactLimit {
      return keep(counted.rows, finite: count)
    }
    makeSketch()
    // A value may have any number of rows.
    sketch?.merge(
      QuantileSketch(counted: counted.sorted, exactLimit: exactLimit, seed: seed, stream: 0))
  }

  /// Gives up the rows.
  private mutating func makeSketch() {
    guard sketch == nil else { return }
    let numbers = NumberChunks(rows)
    let work = PieceWork()
    sketch = QuantileSketch(
      of: numbers, tally: NumberTally(numbers, work: work), exactLimit: exactLimit, seed: seed,
      stream: 0, work: work)
    (rows, kept, isSorted) = ([], 0, false)
  }
}

extension NumberDistribution {
  /// Chooses bins, if all values are known, and keeps at most so many values from now on.
  ///
  /// - Parameters:
  ///   - options: Which bins, and how many values are kept.
  ///   - tally: What was found in the column.
  ///   - infinities: Infinities among the rows.
  ///   - wantsBins: Whether bins are to be chosen.
  ///   - work: How to work.
  /// - Returns: Bins, and the rows in them, infinities among them; nil when not all values are known.
  mutating func settle(
    _ options: DatasetProfile.Options, tally: NumberTally,
    infinities: (negative: Int, positive: Int), wantsBins: Bool, work: PieceWork
  ) -> FrozenBins? {
    var picked: PickedColumn?
    if few.isFull, sketch == nil, kept > options.keptValues {
      let ranks = wantsBins ? options.binning.ranks(count: kept) : []
      picked = PickedColumn(
        NumberChunks(rows), tally: tally, ranks: ranks, seed: seed, stream: 0, work: work)
    }
    let bins =
      wantsBins
      ? bins(options, tally: tally, infinities: infinities, column: picked?.column, work: work)
      : nil
    if let picked {
      sketch = QuantileSketch(of: picked, tally: tally, exactLimit: exactLimit)
      (rows, kept, isSorted) = ([], 0, false)
    } else {
      thin(keeping: options.keptValues, tally: tally, work: work)
    }
    return bins
  }

  private func bins(
    _ options: DatasetProfile.Options, tally: NumberTally,
    infinities: (negative: Int, positive: Int), column: BucketedColumn?, work: PieceWork
  ) -> FrozenBins? {
    guard isExact else { return nil }
    let binning: NumericBinning
    var cells: BinCounter.Cells
    if few.isFull, sketch == nil {
      // Selection instead of a sort.
      let numbers = NumberChunks(rows)
      binning = NumericBinning(
        fitting: numbers, tally: tally, method: options.binning,
        minimumCount: options.minimumCount, column: column, work: work)
      let counter = binning.counter
      cells = column.flatMap { counter.cells(of: $0) } ?? counter.cells(of: numbers, work: work)
    } else {
      let values = values
      binning = NumericBinning(
        fitting: values, deviation: tally.moments.standardDeviation, method: options.binning,
        minimumCount: options.minimumCount)
      cells = binning.counter.cells(of: values, infinities: (0, 0))
    }
    cells[0] += Int64(infinities.negative)
    cells[cells.count - 1] += Int64(infinities.positive)
    return FrozenBins(
      binning: binning, method: options.binning, minimumCount: options.minimumCount, cells: cells)
  }

  /// Gives up exactness where more values than these would have to be kept, and sorts what is.
  private mutating func thin(keeping most: Int, tally: NumberTally, work: PieceWork) {
    guard few.isFull, sketch == nil else { return }
    let numbers = NumberChunks(rows)
    if kept > most {
      sketch = QuantileSketch(
        of: numbers, tally: tally, exactLimit: exactLimit, seed: seed, stream: 0, work: work)
      (rows, kept, isSorted) = ([], 0, false)
    } else if !isSorted {
      (rows, isSorted) = ([KLLLevels.sorted(numbers, count: kept)], true)
    }
  }
}

extension NumberDistribution: Hashable {
  /// Whether both would be encoded to the same bytes.
  package static func == (left: Self, right: Self) -> Bool {
    left.few == right.few && (!left.few.isFull || left.wholeSketch == right.wholeSketch)
  }

  /// Feeds the counts.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(few)
    hasher.combine(count)
  }
}
