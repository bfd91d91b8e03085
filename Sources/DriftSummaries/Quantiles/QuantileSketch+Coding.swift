extension QuantileSketch {
  private static let exactKind: UInt8 = 0
  private static let levelsKind: UInt8 = 1
  /// So few values are read that a thousand sketches can be merged without overflow.
  private static let mostCount = 1 << 50

  /// Appends the sketch: 8 bytes for each value of an exact one, or less if values repeat; some
  /// 0.2 MB for any other.
  ///
  /// Little endian. A byte says whether the values follow (0), ascending, or the levels (1): count,
  /// minimum, maximum, salt and number of random choices, the sampler's shift, seen, and, if that is
  /// not 0, candidate and next; how many levels; of each the offset and the values, ascending.
  /// Counts are LEB128. Lists begin with twice their length, plus 1 if each number is followed by
  /// how often it is there.
  package func encode(into bytes: inout [UInt8]) {
    guard let levels, let minimum, let maximum else {
      bytes.append(Self.exactKind)
      bytes.append(sortedDoubles: sorted)
      return
    }
    bytes.append(Self.levelsKind)
    bytes.append(number: levels.count)
    bytes.append(double: minimum)
    bytes.append(double: maximum)
    bytes.append(word: levels.coins.salt)
    bytes.append(word: levels.coins.draws)
    let sampler = levels.sampler
    bytes.append(UInt8(sampler.shift))
    bytes.append(number: sampler.seen)
    if sampler.seen > 0 {
      bytes.append(double: sampler.candidate)
      bytes.append(number: sampler.next)
    }
    bytes.append(number: levels.levels.count)
    for level in levels.levels.indices {
      bytes.append(levels.offsets[level])
      bytes.append(sortedDoubles: levels.sorted(level))
    }
  }

  /// Reads an encoded sketch.
  ///
  /// - Parameters:
  ///   - bytes: Begins with the sketch, which is removed, unless there is an error.
  ///   - exactLimit: As when the sketch was made; an exact one with more values is refused.
  ///   - seed: What further random choices depend on.
  ///   - stream: Which stream of the seed they are from.
  /// - Throws: `SketchError` when the bytes are not those of a sketch.
  package init(
    decoding bytes: inout ArraySlice<UInt8>, exactLimit: Int = defaultExactLimit, seed: UInt64,
    stream: UInt64
  ) throws(SketchError) {
    var reader = SketchReader(bytes)
    try self.init(from: &reader, exactLimit: exactLimit, seed: seed, stream: stream)
    bytes = reader.rest
  }

  /// The same from a reader, which says how much memory the values may take.
  init(
    from reader: inout SketchReader, exactLimit: Int, seed: UInt64, stream: UInt64
  ) throws(SketchError) {
    let start = reader.rest.startIndex
    switch try reader.byte("the kind of a quantile sketch") {
    case Self.exactKind:
      let limit = Self(exactLimit: exactLimit, seed: seed, stream: stream).exactLimit
      let values = try reader.sortedDoubles("values", atMost: limit)
      self.init(exactLimit: exactLimit, seed: seed, stream: stream, sorted: values)
    case Self.levelsKind:
      let count = try reader.number("the count of values", atMost: Self.mostCount)
      let minimum = try reader.double("the minimum")
      let maximum = try reader.double("the maximum")
      guard minimum <= maximum else {
        throw reader.malformed("the minimum \(minimum) is above the maximum \(maximum)")
      }
      let coins = SketchCoins(
        seed: seed, stream: stream, salt: try reader.word("the salt"),
        draws: try reader.word("the number of random choices"))
      let levels = try KLLLevels(&reader, count: count, range: minimum...maximum, coins: coins)
      self.init(exactLimit: exactLimit, levels: levels, range: minimum...maximum)
    case let kind:
      throw reader.malformed(
        at: start,
        "a quantile sketch of kind \(kind), known are 0 and 1; the file is damaged or of a later "
          + "version")
    }
  }
}

extension KLLLevels {
  /// Reads levels and checks that they are what some values lead to.
  fileprivate init(
    _ reader: inout SketchReader, count: Int, range: ClosedRange<Double>, coins: SketchCoins
  ) throws(SketchError) {
    let shift = Int(try reader.byte("the sampler's shift"))
    guard shift <= Self.mostShift else {
      throw reader.malformed("a shift of \(shift), the most expected is \(Self.mostShift)")
    }
    let seen = try reader.number("the sampler's count", atMost: 1 << shift - 1)
    var sampler = QuantileSampler(shift: shift, candidate: 0, seen: 0, next: 0)
    if seen > 0 {
      sampler = QuantileSampler(
        shift: shift, candidate: try reader.double("the sampler's value"), seen: seen,
        next: try reader.number("the sampler's next place", atMost: 1 << shift + 1))
    }
    guard sampler.isValid, seen == 0 || range.contains(sampler.candidate) else {
      throw reader.malformed("the sampler contradicts itself or the range of values")
    }
    let levelCount = try reader.number(
      "the number of levels", atMost: Self.mostCountShift - shift)
    guard levelCount > 0 else { throw reader.malformed("there are no levels") }
    var levels: [[Double]] = []
    var offsets: [UInt8] = []
    var sum = seen
    for level in 0..<levelCount {
      let offset = try reader.byte("the offset of a level")
      let values = try reader.sortedDoubles(
        "values of level \(level)",
        atMost: level == 0 ? Self.bufferCapacity - 1 : Self.topCapacity - 1)
      let (weight, isTooLarge) = values.count.multipliedReportingOverflow(by: 1 << (shift + level))
      let (total, isMore) = sum.addingReportingOverflow(weight)
      guard offset <= 2, !isTooLarge, !isMore, total <= count,
        range.contains(values.first ?? range.lowerBound),
        range.contains(values.last ?? range.lowerBound)
      else {
        throw reader.malformed(
          "level \(level) has an unknown offset, or its values stand for more than all \(count), "
            + "or lie outside the range")
      }
      sum = total
      levels.append(values)
      offsets.append(offset)
    }
    guard sum == count, count > 0 else {
      throw reader.malformed("the levels stand for \(sum) values, expected \(count), more than 0")
    }
    self.init(
      count: count, levels: levels, offsets: offsets, sampler: sampler, coins: coins)
  }
}
