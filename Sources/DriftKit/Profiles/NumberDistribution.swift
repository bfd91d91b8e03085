/// How the finite numbers of a column are distributed: exactly as long as that is small, else as a
/// sketch.
struct NumberDistribution: Sendable, Hashable {
  /// The different values with their rows, while there are few: then nothing is ever lost, however
  /// many rows there are.
  private(set) var few: FewValues
  /// All values, or what a sketch keeps of them; not fed while `few` holds.
  private(set) var sketch: QuantileSketch

  /// - Parameters:
  ///   - exactLimit: The values up to which all are kept.
  ///   - seed: The seed of the sketch.
  init(exactLimit: Int, seed: UInt64) {
    few = FewValues()
    sketch = QuantileSketch(exactLimit: exactLimit, seed: seed, stream: 0)
  }

  init(few: FewValues, sketch: QuantileSketch) {
    self.few = few
    self.sketch = sketch
  }

  /// Whether there are too many different values to count each.
  var isVaried: Bool { few.isFull }

  /// Whether order statistics and counts are those of all rows.
  var isExact: Bool { !few.isFull || sketch.isExact }

  /// The largest error of a rank as a share of the rows; 0 when exact.
  var rankError: Double { isExact ? 0 : sketch.rankError }

  /// The values, ascending, and the rows that each stands for.
  var values: WeightedValues {
    few.isFull ? WeightedValues(sketch.weightedValues) : WeightedValues(few.sorted)
  }

  /// Adds the finite ones of some rows.
  mutating func add(_ rows: UnsafeBufferPointer<Double>) {
    var rows = rows
    if !few.isFull {
      let rest = few.add(rows)
      guard few.isFull else { return }
      give(few.takeAll())
      rows = UnsafeBufferPointer(rebasing: rows[rest...])
    }
    sketch.add(rows)
  }

  /// Adds the finite ones of some rows, whose different values were counted already if they are few.
  mutating func add(_ rows: UnsafeBufferPointer<Double>, few counted: FewValues) {
    guard !few.isFull, !counted.isFull else { return add(rows) }
    few.merge(counted)
    if few.isFull { give(few.takeAll()) }
  }

  /// Adds the rows of another one.
  mutating func merge(_ other: NumberDistribution) {
    if !few.isFull && !other.few.isFull {
      few.merge(other.few)
      if few.isFull { give(few.takeAll()) }
      return
    }
    if !few.isFull {
      give(few.takeAll())
      few.close()
    }
    if other.few.isFull {
      sketch.merge(other.sketch)
    } else {
      give(other.few.sorted)
    }
  }

  fileprivate mutating func give(_ values: [(value: Double, weight: Int)]) {
    for item in values {
      // Part by part: a value may have any number of rows.
      var rest = item.weight
      let part = [Double](repeating: item.value, count: min(rest, 4096))
      while rest > 0 {
        let count = min(rest, part.count)
        part.withUnsafeBufferPointer {
          sketch.add(UnsafeBufferPointer(rebasing: $0[..<count]))
        }
        rest -= count
      }
    }
  }
}

/// The different values of a column with their rows, up to a limit.
struct FewValues: Sendable, Hashable {
  /// How many different values are counted.
  static let limit = 1024

  private var counts: [UInt64: Int] = [:]
  /// Whether there were more.
  private(set) var isFull = false

  init() {}

  /// - Parameter items: Different finite values with positive rows.
  init(_ items: [(value: Double, weight: Int)]) {
    for item in items { counts[(item.value + 0).bitPattern] = item.weight }
  }

  /// Counts the finite rows, up to the one that is too many.
  ///
  /// - Returns: How many rows were counted.
  mutating func add(_ rows: UnsafeBufferPointer<Double>) -> Int {
    // Runs of one value, as in columns that are mostly zero, cost one look-up.
    var last = UInt64.max
    var run = 0
    defer { if run > 0 { counts[last, default: 0] += run } }
    for (index, value) in rows.enumerated() where value.isFinite {
      // -0 counts as 0.
      let bits = (value + 0).bitPattern
      if bits == last {
        run += 1
        continue
      }
      if run > 0 { counts[last, default: 0] += run }
      run = 0
      if counts.count >= Self.limit, counts[bits] == nil {
        isFull = true
        return index
      }
      last = bits
      run = 1
    }
    return rows.count
  }

  mutating func merge(_ other: FewValues) {
    for (bits, count) in other.counts { counts[bits, default: 0] += count }
    if counts.count > Self.limit { isFull = true }
  }

  /// The counts so far, which are forgotten.
  mutating func takeAll() -> [(value: Double, weight: Int)] {
    defer { counts = [:] }
    return sorted
  }

  /// Says that there were more.
  mutating func close() { isFull = true }

  /// The values, ascending, with their rows.
  var sorted: [(value: Double, weight: Int)] {
    counts.map { (value: Double(bitPattern: $0.key), weight: $0.value) }
      .sorted { $0.value < $1.value }
  }
}

extension NumberDistribution {
  /// Bins for the values, and the rows in them; `finish` adds those of the infinities.
  func bins(
    _ options: DatasetProfile.Options, tally: NumberTally, work: PieceWork,
    finish: (BinCounter, BinCounter.Cells) -> BinCounter.Cells
  ) -> FrozenBins {
    let binning: NumericBinning
    let cells: BinCounter.Cells
    if few.isFull {
      // Selection instead of a sort.
      let numbers = NumberChunks(sketch.values)
      binning = NumericBinning(
        fitting: numbers, tally: tally, method: options.binning,
        minimumCount: options.minimumCount, work: work)
      cells = binning.counter.cells(of: numbers, work: work)
    } else {
      binning = NumericBinning(
        fitting: values, method: options.binning, minimumCount: options.minimumCount)
      cells = binning.counter.cells(of: values, infinities: (0, 0))
    }
    return FrozenBins(
      binning: binning, method: options.binning, minimumCount: options.minimumCount,
      cells: finish(binning.counter, cells))
  }

  /// Gives up exactness where more values than these would have to be kept.
  mutating func thin(keeping most: Int, seed: UInt64) {
    guard few.isFull, sketch.isExact, sketch.count > most else { return }
    var thinned = QuantileSketch(exactLimit: most, seed: seed, stream: 0)
    sketch.values.withUnsafeBufferPointer { thinned.add($0) }
    sketch = thinned
  }
}
