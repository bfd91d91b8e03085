internal import CColumnKernels
package import DriftColumns

/// Summarises rows batch by batch, as they are read: those of a table that is profiled, and those that
/// are checked against a baseline.
///
/// `profile` and `catchUp` may be called on many threads, `collect` by one at a time and in the order
/// of the rows. Copies share what is not added to sketches yet: only one of them may collect.
package struct RowAccumulator: Sendable {
  /// What `profile` found in the numbers of a batch.
  package struct Batch: Sendable {
    /// The rows that make whole blocks.
    fileprivate let whole: Range<Int>
    /// The tallies of these, one column after the other.
    fileprivate var blocks: [NumberTally] = []
    /// By column; none where nothing but rows by bin is kept.
    fileprivate var positiveInfinities: [Int] = []
    /// By column with a distribution.
    fileprivate var values: [NumberDistribution.Part] = []
    /// The cells of all rows, one column after the other: with many columns and few rows an array for
    /// each would cost more than the numbers in it.
    fileprivate var cells: BinCounter.Cells
    fileprivate var sampled: SampledRows.Batch?
  }

  /// The rest of what is known of a column once all rows were read.
  package enum ColumnEnd: Sendable {
    /// Of a numeric column: how many of the cells without a number hold something else.
    case numbers(unparseable: Int)
    /// The same of a column of points in time.
    case times(unparseable: Int)
    /// The levels of a categorical column, and the rows without one.
    case levels(LevelSketch, missing: Int)
  }

  /// The names of the columns of numbers and of points in time, in the order in which `profile` and
  /// `collect` take them.
  package let numericColumns: [String]
  /// Which of them have numbers, by place: their values are kept of the rows that are drawn.
  private let sampledColumns: [Int]

  private let options: DatasetProfile.Options
  /// What profiling does with the values of each column; it hears of it sooner or later.
  private let phases: ColumnPhases
  private let segment: String
  private let work: PieceWork
  /// How rows are counted by bin, by numeric column; nil where bins are chosen from the values.
  private let known: [KnownBins?]
  /// The columns whose values are kept, in whatever form, to choose bins from them.
  private let distributed: [Int]
  /// Whether infinities of either sign are told apart.
  private let tellsInfinities: Bool
  /// Where the cells of each column are among those of all.
  private let places: [Range<Int>]

  private var tallies: [NumberStream]
  private var positiveInfinities: [Int]
  /// None where bins were given: then the rows in these are all that is needed.
  private var distributions: [NumberDistribution?]
  /// By numeric column: what goes into its sketch, once there is one.
  private let backlogs: [SketchBacklog]
  private var cells: BinCounter.Cells
  private var sampled: SampledRows?
  private var values: [[Double]]

  /// An accumulator of a table, or a part of one, that is profiled.
  ///
  /// - Parameters:
  ///   - numericColumns: The names of the numeric columns, points in time among them.
  ///   - times: Those of them that are points in time.
  ///   - options: What is kept.
  ///   - segment: What tells this part of a table from the others; the order of the rows of merged
  ///     profiles is that of these names. Nil for a whole table: its rows are drawn as a check draws
  ///     them from the rows of a baseline.
  ///   - edges: A profile whose bins the rows are counted by; nil to choose bins.
  ///   - work: The instructions to work with.
  package init(
    numericColumns: [String], times: [String] = [], options: DatasetProfile.Options,
    segment: String?,
    edges: DatasetProfile?, work: PieceWork
  ) {
    let chosen = edges?.chosenBinnings ?? [:]
    let known = numericColumns.map { name -> KnownBins? in
      if let binning = chosen[Level(name)] { return KnownBins(binning, method: nil) }
      return options.knownBinning(ofColumn: name).map {
        KnownBins($0, method: options.forColumn(name).binning)
      }
    }
    self.init(
      numericColumns, times, known, options, segment: segment ?? "",
      stream: Self.stream(of: segment),
      tellsInfinities: true, work: work)
  }

  /// An accumulator, `stream` being what tells the draws of its rows from others.
  init(
    _ numericColumns: [String], _ times: [String], _ known: [KnownBins?],
    _ options: DatasetProfile.Options,
    segment: String, stream: UInt64, tellsInfinities: Bool, work: PieceWork
  ) {
    self.numericColumns = numericColumns
    let times = Set(times.map { Level($0) })
    sampledColumns = numericColumns.indices.filter { !times.contains(Level(numericColumns[$0])) }
    self.known = known
    self.options = options
    self.segment = segment
    self.tellsInfinities = tellsInfinities
    self.work = work
    phases = ColumnPhases(count: numericColumns.count)
    distributed = known.indices.filter { known[$0] == nil }
    var places: [Range<Int>] = []
    for bins in known {
      let start = places.last?.upperBound ?? 0
      places.append(start..<start + (bins?.counter.cellCount ?? 0))
    }
    self.places = places
    cells = BinCounter.Cells(repeating: 0, count: places.last?.upperBound ?? 0)
    tallies = numericColumns.map { _ in NumberStream() }
    positiveInfinities = numericColumns.map { _ in 0 }
    distributions = known.map {
      $0 == nil ? NumberDistribution(exactLimit: options.exactValues, seed: options.seed) : nil
    }
    backlogs = distributed.map { _ in SketchBacklog() }
    values = sampledColumns.map { _ in [] }
    // Without numbers nothing would be kept of a row.
    guard options.sampledRows > 0, !sampledColumns.isEmpty else { return }
    sampled = SampledRows(
      size: options.sampledRows, seed: options.seed, stream: stream, purpose: .rowSample)
  }

  /// A number for a name: parts of a table draw their rows independently.
  private static func stream(of segment: String?) -> UInt64 {
    guard let segment else { return Sampling.Side.baseline.rawValue }
    return FNV1a(segment.utf8).value
  }

  /// Looks at the numbers of a batch.
  ///
  /// - Parameters:
  ///   - columns: The rows of each numeric column.
  ///   - firstRow: The number of rows before the batch.
  ///   - rowCount: How many rows it has.
  /// - Returns: What `collect` takes.
  package func profile(
    _ columns: [UnsafeBufferPointer<Double>], firstRow: Int, rowCount: Int
  ) -> Batch {
    var batch = Batch(
      whole: NumberStream.wholeBlocks(firstRow: firstRow, rowCount: rowCount),
      cells: BinCounter.Cells(repeating: 0, count: cells.count))
    let limit = phases.sampleLimit
    batch.sampled = sampled?.batch(of: firstRow..<firstRow + rowCount, below: limit)
    let phases = distributed.isEmpty ? [] : phases.value
    for (index, rows) in columns.enumerated() {
      let blocks = NumberStream.tallies(
        UnsafeBufferPointer(rebasing: rows[batch.whole]), work: work)
      batch.blocks += blocks
      if tellsInfinities {
        let kinds = NumberKinds.count(rows, whole: batch.whole, blocks, work)
        batch.positiveInfinities.append(Int(kinds.positive_infinities))
        if known[index] == nil {
          batch.values.append(NumberDistribution.Part(rows, kinds, phases[index]))
        }
      }
      guard let counter = known[index]?.counter else { continue }
      batch.cells.withUnsafeMutableBufferPointer { cells in
        counter.count(
          rows, into: UnsafeMutableBufferPointer(rebasing: cells[places[index]]), work: work)
      }
    }
    return batch
  }

  /// Adds a batch to those before it.
  ///
  /// - Parameters:
  ///   - batch: What `profile` found in these rows.
  ///   - columns: The rows of each numeric column.
  ///   - count: How many rows there are.
  package mutating func collect(
    _ batch: Batch, _ columns: [UnsafeBufferPointer<Double>], rowCount count: Int
  ) {
    let blockCount = batch.whole.count / Moments.blockSize
    for (index, rows) in columns.enumerated() {
      tallies[index].append(
        rows, whole: batch.whole,
        blocks: batch.blocks[(index * blockCount)..<((index + 1) * blockCount)], work: work)
    }
    for (index, count) in batch.positiveInfinities.enumerated() {
      positiveInfinities[index] += count
    }
    for (place, index) in distributed.enumerated() {
      collect(batch.values[place], columns[index], index, backlogs[place])
    }
    for cell in cells.indices { cells[cell] += batch.cells[cell] }
    guard let candidates = batch.sampled, let chosen = sampled?.take(count, candidates) else {
      return
    }
    for (index, column) in sampledColumns.enumerated() {
      let rows = columns[column]
      if chosen.count == count {
        values[index].append(contentsOf: rows)
        continue
      }
      values[index] += [Double](unsafeUninitializedCapacity: chosen.count) { some, initialized in
        for (place, row) in chosen.enumerated() {
          some.initializeElement(at: place, to: rows[row])
        }
        initialized = chosen.count
      }
    }
    if sampled?.isFull == true { thin() }
  }

  private mutating func collect(
    _ part: NumberDistribution.Part, _ rows: UnsafeBufferPointer<Double>, _ index: Int,
    _ backlog: SketchBacklog
  ) {
    guard distributions[index]?.sketch == nil else { return backlog.append(rows) }
    distributions[index]?.add(rows, part)
    if let phase = distributions[index]?.phase { phases.note(index, phase) }
    if let sketch = distributions[index]?.sketch { backlog.begin(sketch) }
  }

  /// Adds to sketches what was collected. To be called after `collect`, on any thread and while others
  /// collect: what waits takes memory.
  package func catchUp() {
    for backlog in backlogs { backlog.catchUp() }
  }

  private mutating func thin() {
    guard let kept = sampled?.thin() else { return }
    phases.note(sampleLimit: sampled?.limit)
    for index in values.indices {
      values[index].withUnsafeMutableBufferPointer { values in
        // They ascend: nothing is written over before it is read.
        for (place, row) in kept.enumerated() { values[place] = values[row] }
      }
      values[index].removeLast(values[index].count - kept.count)
    }
  }

  /// The profile, when all rows were collected. Its bins are not chosen yet.
  ///
  /// - Parameters:
  ///   - columns: All columns in order, and what else is known of them.
  ///   - details: What was noticed in each of them; empty when that is nothing.
  ///   - unread: The names of the columns that were not read.
  ///   - rowCount: How many rows there are.
  /// - Returns: The profile.
  package consuming func finish(
    _ columns: [(name: String, end: ColumnEnd)], details: [ColumnDetails] = [],
    unread: [String] = [], rowCount: Int
  ) -> DatasetProfile {
    thin()
    for (index, backlog) in zip(distributed, backlogs) {
      if let sketch = backlog.whole { distributions[index]?.take(sketch) }
    }
    let places = Dictionary(
      numericColumns.enumerated().map { (Level($1), $0) }, uniquingKeysWith: { first, _ in first })
    var profiled: [ColumnProfile] = []
    for (place, (name, end)) in columns.enumerated() {
      let index = places[Level(name)]
      let content: ColumnProfile.Content? =
        switch end {
        case .levels(let sketch, let missing): .levels(LevelSummary(sketch, missing: missing))
        case .numbers(let unparseable):
          index.map { .numbers(summary($0, unparseable: unparseable)) }
        case .times(let unparseable): index.map { .times(summary($0, unparseable: unparseable)) }
        }
      guard let content else { continue }
      profiled.append(
        ColumnProfile(
          name: name, content: content,
          details: details.isEmpty ? ColumnDetails() : details[place]))
    }
    return DatasetProfile(
      rowCount: rowCount, columns: profiled, sample: rowSample, segments: [segment],
      unread: unread)
  }

  private func summary(_ index: Int, unparseable: Int) -> NumberSummary {
    let counts = Array(cells[places[index]])
    let frozen = known[index]?.frozen(counts, minimumCount: options.minimumCount)
    return NumberSummary(
      tally: tallies[index].finished(work: work), unparseable: unparseable,
      positiveInfinities: positiveInfinities[index], distribution: distributions[index],
      frozen: frozen,
      counted: frozen == nil
        ? known[index].map { NumberSummary.Counted(counter: $0.counter, cells: counts) } : nil)
  }

  private var rowSample: RowSampleProfile? {
    guard options.sampledRows > 0 else { return nil }
    let rows = zip(sampled?.candidates ?? [], sampled?.candidateKeys ?? []).map {
      RowSampleProfile.Row(key: $1, segment: 0, row: $0)
    }
    return RowSampleProfile(
      size: options.sampledRows, names: sampledColumns.map { numericColumns[$0] },
      segments: rows.isEmpty ? [] : [segment],
      rows: rows, values: values)
  }
}
