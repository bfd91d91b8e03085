extension ColumnProfile {
  func encode(into writer: inout BinaryWriter) {
    writer.write(name)
    switch content {
    case .numbers(let numbers):
      writer.write(UInt8(0))
      numbers.encode(into: &writer)
    case .levels(let levels):
      writer.write(UInt8(1))
      writer.write(levels.missing)
      writer.write(levels.sketch)
    }
  }

  init(from reader: inout BinaryReader, rowCount: Int) throws(DriftError) {
    name = try reader.string()
    let rows: Int
    switch try reader.byte() {
    case 0:
      let numbers = try NumberSummary(from: &reader)
      rows = numbers.tally.rows
      content = .numbers(numbers)
    case 1:
      let missing = try reader.rows()
      let levels = LevelSummary(try reader.levels(), missing: missing)
      rows = levels.rows
      content = .levels(levels)
    default: throw .damagedProfile("a column is of no known kind")
    }
    guard rows == rowCount else {
      throw .damagedProfile("'\(name)' has not as many rows as the table")
    }
  }
}

extension NumberSummary {
  fileprivate func encode(into writer: inout BinaryWriter) {
    writer.write(tally.rows)
    writer.write(tally.nans)
    writer.write(tally.infinities)
    writer.write(positiveInfinities)
    writer.write(unparseable)
    tally.moments.encode(into: &writer)
    if let distribution {
      distribution.encode(into: &writer)
    } else {
      writer.write(NumberDistribution.unknown)
    }
    writer.write(frozen != nil)
    frozen?.encode(into: &writer)
  }

  fileprivate init(from reader: inout BinaryReader) throws(DriftError) {
    let rows = try reader.rows()
    let nans = try reader.rows()
    let infinities = try reader.rows()
    positiveInfinities = try reader.rows()
    unparseable = try reader.rows()
    let moments = try Moments(from: &reader)
    tally = NumberTally(rows: rows, nans: nans, infinities: infinities, moments: moments)
    distribution = try NumberDistribution.read(from: &reader)
    guard nans + infinities + moments.count == rows, positiveInfinities <= infinities,
      unparseable <= nans, distribution.map({ $0.count == moments.count }) ?? true
    else { throw .damagedProfile("the counts of a column contradict each other") }
    frozen = try reader.bool() ? try FrozenBins(from: &reader) : nil
    guard frozen != nil || distribution != nil else {
      throw .damagedProfile("nothing is known of the values of a column")
    }
    if let frozen, frozen.cells.reduce(0, &+) != Int64(rows - nans) {
      throw .damagedProfile("the bins of a column do not hold its rows")
    }
  }
}

extension Moments {
  fileprivate func encode(into writer: inout BinaryWriter) {
    writer.write(count)
    for part in [preciseMean, scaledSecondMoment] {
      writer.write(part.high)
      writer.write(part.low)
    }
    writer.write(exponent)
    writer.write(minimum ?? 0)
    writer.write(maximum ?? 0)
  }

  fileprivate init(from reader: inout BinaryReader) throws(DriftError) {
    let count = try reader.rows()
    let mean = DoubleDouble(try reader.double(), try reader.double())
    let second = DoubleDouble(try reader.double(), try reader.double())
    let exponent = try reader.int()
    let (minimum, maximum) = (try reader.double(), try reader.double())
    guard count > 0 else {
      self.init()
      return
    }
    let isSound =
      mean.high.isFinite && second.high.isFinite && second.high >= 0 && minimum.isFinite
      && maximum.isFinite && minimum <= maximum && abs(exponent) <= 1100
      && Self.exponentLimits.contains(exponent)
    guard isSound else { throw .damagedProfile("the moments of a column are not numbers") }
    self.init(
      count: count, mean: mean, scaledSecondMoment: second, exponent: exponent,
      range: minimum...maximum)
  }
}

extension FrozenBins {
  fileprivate func encode(into writer: inout BinaryWriter) {
    switch method {
    case nil: writer.write(UInt8(0))
    case .quantile(let bins):
      writer.write(UInt8(1))
      writer.write(bins)
    case .uniform(let bins):
      writer.write(UInt8(2))
      writer.write(bins)
    case .edges(let edges):
      writer.write(UInt8(3))
      writer.write(edges)
    }
    writer.write(minimumCount)
    writer.write(binning.isSingleValues)
    writer.write(binning.edges)
    writer.write(binning.atoms)
    writer.write(cells)
  }

  fileprivate init(from reader: inout BinaryReader) throws(DriftError) {
    let method: NumericBinning.Method?
    switch try reader.byte() {
    case 0: method = nil
    case 1: method = .quantile(bins: try reader.rows())
    case 2: method = .uniform(bins: try reader.rows())
    case 3: method = .edges(try reader.doubles())
    default: throw .damagedProfile("bins of no known kind")
    }
    let minimumCount = try reader.int()
    let isSingleValues = try reader.bool()
    let edges = try reader.doubles()
    let atoms = try reader.doubles()
    let cells = try reader.ints()
    for values in [edges, atoms] {
      let ascends = zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
      guard ascends, values.allSatisfy({ $0.isFinite }) else {
        throw .damagedProfile("the edges of bins do not ascend")
      }
    }
    let binning = NumericBinning(
      frozenEdges: edges, atoms: atoms, isSingleValues: isSingleValues)
    guard cells.count == binning.counter.cellCount, cells.allSatisfy({ $0 >= 0 && $0 < 1 << 56 })
    else { throw .damagedProfile("the counts of bins do not fit the bins") }
    self.init(binning: binning, method: method, minimumCount: minimumCount, cells: cells)
  }
}

extension NumberDistribution {
  private static let fewValues: UInt8 = 0
  private static let sketched: UInt8 = 1
  /// There is no distribution.
  fileprivate static let unknown: UInt8 = 2

  fileprivate func encode(into writer: inout BinaryWriter) {
    guard !few.isFull else {
      writer.write(Self.sketched)
      writer.write(wholeSketch)
      return
    }
    writer.write(Self.fewValues)
    writer.write(few.values.count)
    for item in few.sorted {
      writer.write(item.value)
      writer.write(item.weight)
    }
  }

  fileprivate static func read(
    from reader: inout BinaryReader
  ) throws(DriftError) -> NumberDistribution? {
    let options = DatasetProfile.Options()
    switch try reader.byte() {
    case fewValues:
      return NumberDistribution(
        few: try FewValues(from: &reader), sketch: nil, options: options)
    case sketched:
      var few = FewValues()
      few.close()
      return NumberDistribution(few: few, sketch: try reader.sketch(options), options: options)
    case unknown: return nil
    default: throw .damagedProfile("the values of a column are of no known kind")
    }
  }
}

extension FewValues {
  fileprivate init(from reader: inout BinaryReader) throws(DriftError) {
    var items: [(value: Double, weight: Int)] = []
    let count = try reader.count(bytesEach: 16)
    guard count <= FewValues.limit else { throw .damagedProfile("too many single values") }
    for _ in 0..<count {
      let item = (value: try reader.double() + 0, weight: try reader.rows())
      let ascends = items.last.map { $0.value < item.value } ?? true
      guard item.value.isFinite, item.weight > 0, ascends else {
        throw .damagedProfile("single values are not counts")
      }
      items.append(item)
    }
    self.init(items)
  }
}
