internal import DriftColumns

extension LevelSketch {
  /// Without a sample, which exact ones have none of, and with one.
  private static let kinds: ClosedRange<UInt8> = 2...3
  /// So few rows are read that a thousand sketches can be merged without overflow.
  private static let mostCount = 1 << 50

  /// Appends the sketch.
  ///
  /// A byte 2, or 3 with a sample of all levels, then numbers as LEB128: rows, error of counts, least
  /// number of different levels, levels; of each, in the order of bytes, how many bytes it shares with
  /// the one before, how many follow, those bytes, its count and, unless the error is 0, its
  /// uncertainty. Of a sample the shift, and levels as before without uncertainties.
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(sample == nil ? Self.kinds.lowerBound : Self.kinds.upperBound)
    bytes.append(number: count)
    bytes.append(number: countError)
    bytes.append(number: distinctAtLeast)
    table.encode(into: &bytes, withUncertainty: !isExact)
    guard let sample else { return }
    bytes.append(number: sample.shift)
    sample.table.encode(into: &bytes, withUncertainty: false)
  }

  /// Reads an encoded sketch.
  ///
  /// - Parameters:
  ///   - bytes: Begins with the sketch, which is removed, unless there is an error.
  ///   - levelLimit: As when the sketch was made; one with more levels is refused.
  ///   - byteLimit: As when the sketch was made; one with more bytes in all levels is refused.
  /// - Throws: `SketchError` when the bytes are not those of a sketch.
  package init(
    decoding bytes: inout ArraySlice<UInt8>, levelLimit: Int = defaultLevelLimit,
    byteLimit: Int = defaultByteLimit
  ) throws(SketchError) {
    var reader = SketchReader(bytes)
    try self.init(from: &reader, levelLimit: levelLimit, byteLimit: byteLimit)
    bytes = reader.rest
  }

  /// The same from a reader, which says how much memory the levels may take.
  package init(from reader: inout SketchReader, levelLimit: Int, byteLimit: Int) throws(SketchError)
  {
    let limits = Self(levelLimit: levelLimit, byteLimit: byteLimit)
    let start = reader.rest.startIndex
    let kind = try reader.byte("the kind of a sketch of levels")
    guard Self.kinds.contains(kind) else {
      throw reader.malformed(
        at: start,
        "a sketch of levels of kind \(kind), known are 2 and 3; the file is damaged or of a later "
          + "version")
    }
    let count = try reader.number("the count of rows", atMost: Self.mostCount)
    let error = try reader.number("the error of counts", atMost: count)
    let distinct = try reader.number("the number of different levels", atMost: count)
    let table = try LevelTable(
      &reader, limits: limits, count: count, countError: error, isWhole: error == 0)
    let isExact = error == 0
    guard isExact ? distinct == table.count : distinct >= table.count else {
      throw reader.malformed(
        "\(distinct) different levels, expected \(isExact ? "" : "at least ")\(table.count), "
          + "which are listed")
    }
    var sample: LevelSample?
    if kind == Self.kinds.upperBound {
      guard !isExact else {
        throw reader.malformed("a sample of levels of which none was dropped, expected none")
      }
      sample = try LevelSample(&reader, limits: limits, of: table, count: count, countError: error)
    }
    self.init(
      levelLimit: levelLimit, byteLimit: byteLimit, count: count, countError: error,
      distinctBefore: isExact ? 0 : distinct, table: table, sample: sample)
  }
}

extension LevelSample {
  /// Reads a sample of the levels of which a table holds the frequent ones.
  fileprivate init(
    _ reader: inout SketchReader, limits: LevelSketch, of known: LevelTable, count: Int,
    countError: Int
  ) throws(SketchError) {
    let shift = try reader.number("the shift of a sample", atMost: Self.mostShift)
    let table = try LevelTable(
      &reader, limits: limits, count: count, countError: 0, isWhole: false)
    var isSound = true
    table.forEach { level, count in
      let least = known.count(of: level)
      let room = known.uncertainty(of: level) ?? countError
      isSound =
        isSound && Self.chooses(level, shift: shift) && least <= count && count <= least + room
    }
    guard isSound else {
      throw reader.malformed("a sample of levels that contradicts the counts of levels")
    }
    self.init(shift: shift, table: table)
  }
}

extension LevelTable {
  /// What a level takes besides its bytes: an entry and up to four slots.
  private static let bytesPerLevel = 80

  /// Appends the levels in the order of their bytes.
  fileprivate func encode(into bytes: inout [UInt8], withUncertainty: Bool) {
    var levels: [(level: Level, count: Int, before: Int)] = []
    levels.reserveCapacity(count)
    forEachWithUncertainty { levels.append((Level(bytes: Array($0)), $1, $2)) }
    levels.sort { $0.level < $1.level }
    bytes.append(number: levels.count)
    var last: [UInt8] = []
    for (level, count, before) in levels {
      let shared = zip(level.bytes, last).prefix { $0 == $1 }.count
      bytes.append(number: shared)
      bytes.append(number: level.bytes.count - shared)
      bytes += level.bytes[shared...]
      bytes.append(number: count)
      if withUncertainty { bytes.append(number: before) }
      last = level.bytes
    }
  }

  /// Reads levels, each greater than the one before, and their counts, which add up to `count`, or
  /// to no more than that if they are not the whole.
  fileprivate init(
    _ reader: inout SketchReader, limits: LevelSketch, count: Int, countError: Int, isWhole: Bool
  ) throws(SketchError) {
    self.init()
    let levels = try reader.number("the number of levels", atMost: limits.levelLimit)
    // Three bytes is the least that one takes.
    let possible = min(levels, reader.rest.count / 3)
    try reader.charge(Self.bytesPerLevel * possible, "levels")
    reserve(levels: possible, bytes: 0)
    var sum = 0
    var last: [UInt8] = []
    for index in 0..<levels {
      let what = "level \(index)"
      let shared = try reader.number("what \(what) shares", atMost: last.count)
      let size = try reader.number(
        "the size of \(what)", atMost: limits.byteLimit - byteCount - shared)
      // An array that grows has twice the room.
      try reader.charge(2 * (shared + size), what)
      let level = last[..<shared] + (try reader.bytes(size, what))
      let times = try reader.number("the count of \(what)", atMost: count - sum)
      guard times > 0, index == 0 || last.lexicographicallyPrecedes(level) else {
        throw reader.malformed("\(what) is there 0 times or not after the one before")
      }
      let before =
        countError > 0
        ? try reader.number("the uncertainty of \(what)", atMost: countError) : 0
      guard countError == 0 || times + before > countError else {
        throw reader.malformed(
          "\(what) occurs \(times + before) times at most, no more than the error \(countError)")
      }
      last = Array(level)
      last.withUnsafeBufferPointer { add($0, count: times, before: before) }
      sum += times
    }
    guard !isWhole || sum == count else {
      throw reader.malformed("the levels have \(sum) rows, expected \(count)")
    }
  }
}
