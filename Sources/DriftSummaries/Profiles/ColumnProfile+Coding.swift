internal import DriftColumns

extension ColumnProfile {
  package func encode(into writer: inout BinaryWriter) {
    writer.write(name)
    switch content {
    case .numbers(let numbers):
      writer.write(UInt8(0))
      numbers.encode(into: &writer)
    case .levels(let levels):
      writer.write(UInt8(1))
      writer.write(levels.missing)
      writer.write(levels.sketch)
    case .times(let times):
      writer.write(UInt8(2))
      times.encode(into: &writer)
    }
    details.encode(into: &writer)
  }

  /// What a column takes in memory besides what is counted where it is read.
  private static let size = 1024

  init(from reader: inout BinaryReader, rowCount: Int) throws(DriftError) {
    try reader.charge(Self.size)
    name = try reader.string()
    let rows: Int
    switch try reader.byte() {
    case let byte where byte == 0 || byte == 2:
      let numbers = try NumberSummary(from: &reader)
      rows = numbers.tally.rows
      content = byte == 0 ? .numbers(numbers) : .times(numbers)
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
    details = try ColumnDetails(from: &reader)
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
    guard nans + infinities + moments.count == rows, positiveInfinities <= infinities,
      unparseable <= nans
    else { throw .contradictingCounts }
    distribution = try NumberDistribution.read(from: &reader, count: moments.count)
    // Loops that put values into buckets of the range look at no bounds.
    guard distribution.map({ $0.spans(moments) }) ?? true else {
      throw .damagedProfile("the values of a column are not in their range")
    }
    frozen = try reader.bool() ? try FrozenBins(from: &reader) : nil
    guard frozen != nil || distribution != nil else {
      throw .damagedProfile("nothing is known of the values of a column")
    }
    if let frozen, !frozen.holds(Int64(rows - nans)) {
      throw .damagedProfile("the bins of a column do not hold its rows")
    }
  }
}

extension Moments {
  fileprivate func encode(into writer: inout BinaryWriter) {
    writer.write(count)
    // A profile is made of rows, of which the third is known.
    for part in [preciseMean, scaledSecondMoment, scaledThirdMoment ?? DoubleDouble(0)] {
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
    let third = DoubleDouble(try reader.double(), try reader.double())
    let exponent = try reader.int()
    let (minimum, maximum) = (try reader.double(), try reader.double())
    guard count > 0 else {
      self.init()
      return
    }
    let isSound =
      mean.high.isFinite && second.high.isFinite && second.high >= 0 && third.high.isFinite
      && minimum.isFinite && maximum.isFinite && minimum <= maximum
      && Self.exponentLimits.contains(exponent)
    guard isSound else { throw .damagedProfile("the moments of a column are not numbers") }
    // The exponent is that of the largest value, so that squares neither overflow nor vanish when
    // moments are merged.
    let largest = max(minimum.magnitude, maximum.magnitude)
    let unit = Self.powerOfTwo(-exponent)
    let width = maximum * unit - minimum * unit
    // Differences of means are divided by the variance, which different values have: the two
    // extremes alone have a second moment of width^2 / 2, less what was rounded.
    guard exponent == Self.exponent(covering: largest), mean.high.magnitude <= 2 * largest,
      second.high <= 0x1p52 * Double(count), second.high >= width * width / 8,
      // No deviation is wider than the range, but for rounding.
      third.high.magnitude <= 2 * width * second.high
    else { throw .damagedProfile("the moments of a column do not fit its values") }
    self.init(
      count: count, mean: mean, scaledSecondMoment: second, scaledThirdMoment: third,
      exponent: exponent, range: minimum...maximum)
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
    for numbers in [
      binning.edges, binning.edgeCuts, binning.atoms, binning.atomLowers, binning.atomUppers,
    ] {
      writer.write(numbers)
    }
    let ranks = binning.ranks.cuts(of: binning.counter)
    writer.write(ranks.cuts)
    for end in [ranks.upperEnd, ranks.lowerEnd] {
      writer.write(end != nil)
      writer.write(end ?? 0)
    }
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
    let (edges, edgeCuts) = (try reader.doubles(), try reader.doubles())
    let (atoms, lowers, uppers) = (
      try reader.doubles(), try reader.doubles(), try reader.doubles()
    )
    let rankCuts = try reader.doubles()
    let (hasUpper, upper) = (try reader.bool(), try reader.double())
    let (hasLower, lower) = (try reader.bool(), try reader.double())
    // What bins and cuts take besides.
    try reader.charge(128 * (edges.count + atoms.count + rankCuts.count))
    let cells = try reader.ints()
    for values in [edges, edgeCuts, atoms, lowers, uppers, rankCuts, [lower], [upper]] {
      let ascends = zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
      guard ascends, !values.contains(where: \.isNaN) else {
        throw .damagedProfile("the edges of bins do not ascend")
      }
    }
    guard edges.count == edgeCuts.count, atoms.count == lowers.count, atoms.count == uppers.count,
      zip(edges, edgeCuts).allSatisfy({ $0.isFinite && $1 <= $0 }),
      atoms.indices.allSatisfy({ lowers[$0] <= atoms[$0] && atoms[$0] < uppers[$0] })
    else { throw .damagedProfile("bins are not cut where their edges are") }
    let binning = NumericBinning(
      frozen: zip(edges, edgeCuts).map { .init(name: $0, cut: $1) },
      atoms: atoms.indices.map {
        .init(name: atoms[$0], lower: lowers[$0], upper: uppers[$0])
      }, isSingleValues: isSingleValues,
      ranks: RankCuts(
        rankCuts, upperEnd: hasUpper ? upper : nil, lowerEnd: hasLower ? lower : nil))
    guard cells.count == binning.counter.cellCount else {
      throw .damagedProfile("the counts of bins do not fit the bins")
    }
    self.init(binning: binning, method: method, minimumCount: minimumCount, cells: cells)
  }

  /// Whether the cells have so many rows in all. Their sum might overflow.
  fileprivate func holds(_ rows: Int64) -> Bool {
    var rest = rows
    for cell in cells {
      guard cell >= 0, cell <= rest else { return false }
      rest -= cell
    }
    return rest == 0
  }
}

extension DriftError {
  static let contradictingCounts = damagedProfile(
    "the counts of a column contradict each other")
}
