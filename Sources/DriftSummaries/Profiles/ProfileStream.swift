internal import CColumnKernels
internal import DriftColumns

/// Profiles a table batch by batch, as it is read.
///
/// `profile` and `catchUp` may be called on many threads, `collect` by one at a time and in the order
/// of the rows. Copies share what is not added to sketches yet: only one of them may collect.
package struct ProfileStream: Sendable {
  /// What `profile` found in the numbers of a batch.
  package struct Batch: Sendable {
    fileprivate let whole: Range<Int>
    fileprivate var blocks: [NumberTally] = []
    fileprivate var positiveInfinities: [Int] = []
    fileprivate var values: [NumberDistribution.Part?] = []
    fileprivate var cells: [BinCounter.Cells?]
    fileprivate var sampled: SampledRows.Batch?
  }

  /// The rest of what is known of a column once all rows were read.
  package enum ColumnEnd: Sendable {
    /// Of a numeric column: how many of the cells without a number hold something else.
    case numbers(unparseable: Int)
    /// The levels of a categorical column, and the rows without one.
    case levels(LevelSketch, missing: Int)
  }

  /// The names of the numeric columns, in the order in which `profile` and `collect` take them.
  package let numericColumns: [String]

  private let options: DatasetProfile.Options
  /// What profiling does with the values of each column; it hears of it sooner or later.
  private let phases: ColumnPhases
  private let segment: String
  private let work: PieceWork
  /// Bins of another profile, or between given edges, by numeric column.
  private let binnings: [NumericBinning?]
  /// How bins between given edges were chosen; nil for those of another profile.
  private let methods: [NumericBinning.Method?]
  private let counters: [BinCounter?]

  private var tallies: [NumberStream]
  private var positiveInfinities: [Int]
  /// None where bins were given: then the rows in these are all that is needed.
  private var distributions: [NumberDistribution?]
  /// By numeric column: what goes into its sketch, once there is one.
  private let backlogs: [SketchBacklog]
  private var cells: [BinCounter.Cells?]
  private var rowCount = 0
  private var sampled: SampledRows?
  private var values: [[Double]]

  /// An empty stream.
  ///
  /// - Parameters:
  ///   - numericColumns: The names of the numeric columns.
  ///   - options: What is kept.
  ///   - segment: What tells this part of a table from the others; the order of the rows of merged
  ///     profiles is that of these names. Nil for a whole table: its rows are drawn as a check draws
  ///     them from the rows of a baseline.
  ///   - edges: A profile whose bins the rows are counted by; nil to choose bins.
  ///   - work: The instructions to work with.
  package init(
    numericColumns: [String], options: DatasetProfile.Options, segment: String?,
    edges: DatasetProfile?, work: PieceWork
  ) {
    self.numericColumns = numericColumns
    self.options = options
    self.segment = segment ?? ""
    self.work = work
    phases = ColumnPhases(count: numericColumns.count)
    let chosen = edges?.chosenBinnings ?? [:]
    methods = numericColumns.map { name in
      guard chosen[Level(name)] == nil,
        options.knownBinning(ofColumn: name) != nil
      else { return nil }
      return options.forColumn(name).binning
    }
    let binnings = numericColumns.map {
      chosen[Level($0)] ?? options.knownBinning(ofColumn: $0)
    }
    self.binnings = binnings
    counters = binnings.map { $0?.counter }
    tallies = numericColumns.map { _ in NumberStream() }
    positiveInfinities = numericColumns.map { _ in 0 }
    distributions = binnings.map { binning in
      binning == nil
        ? NumberDistribution(exactLimit: options.exactValues, seed: options.seed) : nil
    }
    backlogs = numericColumns.map { _ in SketchBacklog() }
    cells = counters.map { $0?.noCells }
    values = numericColumns.map { _ in [] }
    // Without numbers nothing would be kept of a row.
    guard options.sampledRows > 0, !numericColumns.isEmpty else { return }
    sampled = SampledRows(
      size: options.sampledRows, seed: options.seed, stream: Self.stream(of: segment),
      purpose: .rowSample)
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
      cells: counters.map { $0?.noCells })
    let limit = phases.sampleLimit
    batch.sampled = sampled?.batch(of: firstRow..<firstRow + rowCount, below: limit)
    let phases = phases.value
    for (index, rows) in columns.enumerated() {
      let blocks = NumberStream.tallies(
        UnsafeBufferPointer(rebasing: rows[batch.whole]), work: work)
      batch.blocks += blocks
      let kinds = Self.kinds(rows, whole: batch.whole, blocks, work)
      batch.positiveInfinities.append(Int(kinds.positive_infinities))
      batch.values.append(
        binnings[index] == nil ? NumberDistribution.Part(rows, kinds, phases[index]) : nil)
      guard let counter = counters[index] else { continue }
      batch.cells[index]?.withUnsafeMutableBufferPointer {
        counter.count(rows, into: $0, work: work)
      }
    }
    return batch
  }

  /// The kinds of numbers in some rows, of which those in whole blocks were tallied.
  private static func kinds(
    _ rows: UnsafeBufferPointer<Double>, whole: Range<Int>, _ blocks: [NumberTally],
    _ work: PieceWork
  ) -> drift_number_kinds {
    var found = kinds(UnsafeBufferPointer(rebasing: rows[..<whole.lowerBound]), work)
    let last = kinds(UnsafeBufferPointer(rebasing: rows[whole.upperBound...]), work)
    found.finite += last.finite
    found.nans += last.nans
    found.positive_infinities += last.positive_infinities
    for block in blocks {
      // Tallies do not tell one infinity from the other.
      guard block.infinities == 0 else { return kinds(rows, work) }
      found.finite += Int64(block.moments.count)
      found.nans += Int64(block.nans)
    }
    return found
  }

  private static func kinds(_ rows: UnsafeBufferPointer<Double>, _ work: PieceWork)
    -> drift_number_kinds
  {
    guard let base = rows.baseAddress else { return drift_number_kinds() }
    return drift_count_kinds(work.instructionSet, base, Int64(rows.count))
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
      positiveInfinities[index] += batch.positiveInfinities[index]
      if let part = batch.values[index] { collect(part, rows, index) }
      if let more = batch.cells[index] {
        for (cell, count) in more.enumerated() { cells[index]?[cell] += count }
      }
    }
    rowCount += count
    guard let candidates = batch.sampled, let chosen = sampled?.take(count, candidates) else {
      return
    }
    for (index, rows) in columns.enumerated() {
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
    _ part: NumberDistribution.Part, _ rows: UnsafeBufferPointer<Double>, _ index: Int
  ) {
    guard distributions[index]?.sketch == nil else {
      return backlogs[index].append(rows)
    }
    distributions[index]?.add(rows, part)
    if let phase = distributions[index]?.phase { phases.note(index, phase) }
    if let sketch = distributions[index]?.sketch { backlogs[index].begin(sketch) }
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
  ///   - rowCount: How many rows there are.
  /// - Returns: The profile.
  package consuming func finish(
    _ columns: [(name: String, end: ColumnEnd)], rowCount: Int
  ) -> DatasetProfile {
    thin()
    for (index, backlog) in backlogs.enumerated() {
      if let sketch = backlog.whole { distributions[index]?.take(sketch) }
    }
    let places = Dictionary(
      numericColumns.enumerated().map { (Level($1), $0) }, uniquingKeysWith: { first, _ in first })
    var profiled: [ColumnProfile] = []
    for (name, end) in columns {
      switch end {
      case .levels(let sketch, let missing):
        let levels = LevelSummary(sketch, missing: missing)
        profiled.append(ColumnProfile(name: name, content: .levels(levels)))
      case .numbers(let unparseable):
        guard let index = places[Level(name)] else { continue }
        profiled.append(
          ColumnProfile(name: name, content: .numbers(summary(index, unparseable: unparseable))))
      }
    }
    return DatasetProfile(
      rowCount: rowCount, columns: profiled, sample: rowSample, segments: [segment])
  }

  private func summary(_ index: Int, unparseable: Int) -> NumberSummary {
    var frozen: FrozenBins?
    if let binning = binnings[index], let cells = cells[index] {
      let method = methods[index]
      frozen = FrozenBins(
        binning: binning, method: method, minimumCount: method == nil ? 0 : options.minimumCount,
        cells: cells)
    }
    return NumberSummary(
      tally: tallies[index].finished(work: work), unparseable: unparseable,
      positiveInfinities: positiveInfinities[index], distribution: distributions[index],
      frozen: frozen)
  }

  private var rowSample: RowSampleProfile? {
    guard options.sampledRows > 0 else { return nil }
    let rows = zip(sampled?.candidates ?? [], sampled?.candidateKeys ?? []).map {
      RowSampleProfile.Row(key: $1, segment: 0, row: $0)
    }
    return RowSampleProfile(
      size: options.sampledRows, names: numericColumns, segments: rows.isEmpty ? [] : [segment],
      rows: rows, values: values)
  }
}
