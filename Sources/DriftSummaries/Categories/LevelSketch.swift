package import DriftColumns

/// How often each level of a stream occurs, in bounded memory; exact as long as there are few levels.
///
/// Up to `levelLimit` levels with up to `byteLimit` bytes in all, every count is exact. Beyond that
/// the rare ones are dropped: those that occur no more often than some number, such that half as
/// many levels with half as many bytes remain. A level that comes again is counted anew, and may have
/// come before up to that number of times, its `uncertainty`; one that was never dropped, as frequent
/// ones are not, is counted exactly for ever. No count is too high, none is too low by more than the
/// level's uncertainty, which is `countError` at most, and every level that occurs more often than
/// that is there.
///
/// A count with its uncertainty, less `countError`, is what Misra and Gries count (many levels at a
/// time): their bound holds. As long as the levels have at most `byteLimit` / `levelLimit` bytes on
/// average, `countError` is at most `count` / (`levelLimit` / 2 + 1): with the default limits, every
/// level with a share of 1 / 32,768 or more of all rows is there.
///
/// When levels are dropped, a sample of all levels is kept besides, each with its exact count: `sample`.
///
/// Sketches of parts are merged to one of the whole, with the same bound. Exact ones give the same
/// sketch in whatever order they are merged. Two sketches are equal when their encoded bytes are: the
/// limits are not part of either.
///
/// Sources: Misra & Gries, "Finding repeated elements", 1982; Manku & Motwani, "Approximate frequency
/// counts over data streams", VLDB 2002, for the uncertainty of single levels; Agarwal, Cormode,
/// Huang, Phillips, Wei & Yi, "Mergeable summaries", PODS 2012, theorem 2.2.
package struct LevelSketch: Sendable {
  /// The limit of levels unless told otherwise.
  package static let defaultLevelLimit = 1 << 16
  /// The limit of bytes unless told otherwise.
  package static let defaultByteLimit = 16 << 20
  /// The largest limit that has an effect.
  private static let mostLimit = 1 << 30

  /// Up to how many levels every count is exact.
  package private(set) var levelLimit: Int
  /// Up to how many bytes in all levels every count is exact.
  package private(set) var byteLimit: Int

  /// How many rows there are, with levels kept or dropped.
  package private(set) var count = 0
  /// By how much any count may be too low: 0 when exact.
  package private(set) var countError = 0
  /// How many different levels there are at least; exactly so many when exact.
  package var distinctAtLeast: Int { max(distinctBefore, table.count) }

  package private(set) var table = LevelTable()
  /// How many there were when some were dropped.
  private(set) var distinctBefore = 0
  /// Some of all levels, rare ones too, when some were dropped; nil when all are exact, and when it is
  /// not known, as it was too large.
  package private(set) var sample: LevelSample?

  /// No levels.
  ///
  /// - Parameters:
  ///   - levelLimit: Up to how many levels every count is exact; from 2 to 2^30.
  ///   - byteLimit: Up to how many bytes in all of them; at most 2^30.
  package init(levelLimit: Int = defaultLevelLimit, byteLimit: Int = defaultByteLimit) {
    self.levelLimit = max(2, min(levelLimit, Self.mostLimit))
    self.byteLimit = max(0, min(byteLimit, Self.mostLimit))
  }

  /// A sketch in some state, which must be valid.
  package init(
    levelLimit: Int, byteLimit: Int, count: Int, countError: Int, distinctBefore: Int,
    table: LevelTable, sample: LevelSample?
  ) {
    self.init(levelLimit: levelLimit, byteLimit: byteLimit)
    self.count = count
    self.countError = countError
    self.distinctBefore = distinctBefore
    self.table = table
    self.sample = sample
  }

  /// Whether every count is exact.
  package var isExact: Bool { countError == 0 }

  /// The levels that are kept, each with its count, which is not too high.
  /// - Complexity: O(levels).
  package var counts: [Level: Int] { table.counts }

  /// How often a level occurs, less up to its uncertainty; 0 for one that is not kept.
  package func count(of level: Level) -> Int { table.count(of: level) }

  /// By how much the count of a level may be too low.
  package func uncertainty(of level: Level) -> Int {
    level.bytes.withUnsafeBufferPointer { table.uncertainty(of: $0) } ?? countError
  }

  /// Some of all levels, with their exact counts: those of one of 2^shift. Nil when none were dropped.
  /// - Complexity: O(levels of the sample).
  package var sampled: (shift: Int, counts: [Level: Int])? {
    sample.map { ($0.shift, $0.table.counts) }
  }

  /// Calls `body` with every level that is kept, in no particular order, and its count.
  package func forEachLevel(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    table.forEach(body)
  }

  /// Counts a level so many times; not at all if that is not positive.
  /// - Complexity: O(bytes), amortised.
  package mutating func add(_ level: UnsafeBufferPointer<UInt8>, count times: Int = 1) {
    note(level, count: times)
    prune()
  }

  /// Counts levels, of which none is dropped before all are counted: what becomes of them does not
  /// depend on their order.
  ///
  /// - Parameter forEachLevel: Hands out levels, each with how many times it is counted.
  package mutating func add(
    forEachLevel: ((UnsafeBufferPointer<UInt8>, Int) -> Void) -> Void
  ) {
    forEachLevel { note($0, count: $1) }
    prune()
  }

  private mutating func note(_ level: UnsafeBufferPointer<UInt8>, count times: Int) {
    guard times > 0 else { return }
    count += times
    table.add(level, count: times, before: countError)
    sample?.add(level, count: times)
  }

  /// Counts a level so many times; not at all if that is not positive.
  package mutating func add(_ level: Level, count times: Int = 1) {
    level.bytes.withUnsafeBufferPointer { add($0, count: times) }
  }

  /// Counts the levels of a column; rows without a value are counted nowhere.
  package mutating func add(_ counts: LevelCounts) {
    add { body in counts.table.forEach { body($0, $1) } }
  }

  /// Adds the counts of another sketch. The lower ones of both limits hold from now on.
  /// - Complexity: O(levels of the other one), amortised.
  package mutating func merge(_ other: LevelSketch) {
    levelLimit = min(levelLimit, other.levelLimit)
    byteLimit = min(byteLimit, other.byteLimit)
    count += other.count
    distinctBefore = max(distinctBefore, other.distinctBefore)
    sample = LevelSample.merged(
      (sample, table, isExact), (other.sample, other.table, other.isExact))
    table.merge(other.table, dropped: countError, droppedByOther: other.countError)
    countError += other.countError
    prune()
  }

  /// Keeps no more than so many levels, with so many bytes in all, from now on.
  package mutating func bound(levels: Int, bytes: Int) {
    levelLimit = min(levelLimit, max(2, levels))
    byteLimit = min(byteLimit, max(0, bytes))
    prune()
  }

  /// Drops rare levels if there are too many.
  private mutating func prune() {
    let (levels, bytes) = sampleLimits
    if sample?.bound(levels: levels, bytes: bytes) == false { sample = nil }
    guard table.count > levelLimit || table.byteCount > byteLimit else { return }
    if isExact { sample = LevelSample(of: table, levels: levels, bytes: bytes) }
    distinctBefore = max(distinctBefore, table.count)
    countError = least
    table = table.keeping(moreOftenThan: countError)
  }

  /// How many levels the sample has at most, and their bytes.
  private var sampleLimits: (levels: Int, bytes: Int) {
    (min(max(levelLimit / 8, 16), 1 << 15), max(byteLimit / 8, 64))
  }

  /// The lowest number of times such that the levels that may occur more often are half as many as
  /// allowed.
  /// - Complexity: O(levels log result).
  private var least: Int {
    func isEnough(_ times: Int) -> Bool {
      let rest = table.size(moreOftenThan: times)
      return rest.levels <= levelLimit / 2 && rest.bytes <= byteLimit / 2
    }
    var low = countError
    var step = 1
    while !isEnough(low + step) { (low, step) = (low + step, 2 * step) }
    var high = low + step
    // `high` is enough, `low` is not.
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

extension LevelSketch: Hashable {
  /// Whether both would be encoded to the same bytes.
  package static func == (left: Self, right: Self) -> Bool {
    guard left.count == right.count, left.countError == right.countError,
      left.distinctAtLeast == right.distinctAtLeast, left.table.count == right.table.count,
      left.sample == right.sample
    else { return false }
    var isEqual = true
    left.table.forEachWithUncertainty { level, count, before in
      isEqual =
        isEqual && before == right.table.uncertainty(of: level)
        && count == right.table.count(of: level)
    }
    return isEqual
  }

  /// Feeds the numbers of rows and levels.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(countError)
    hasher.combine(table.count)
  }
}
