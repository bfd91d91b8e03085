/// Some of the levels of a column, chosen by their bytes alone, with all their rows.
///
/// A level is among them when the upper `shift` bits of a hash of its bytes are 0: one of 2^shift levels,
/// in every table the same ones. So whether one of them is in another table too is known, and how often
/// it occurs, however many levels there are. When they become too many, `shift` grows: who stays was
/// there from the first row on, and every count is exact.
///
/// Samples of parts are merged to that of the whole, in whatever order: the hash is the same one in
/// every process. So whoever chooses the levels can choose which of them are in the sample, and with
/// that what it says of rare ones; frequent ones are counted apart from it. They can also fill it with
/// levels that no `shift` drops: a sample that cannot be bounded is given up, `bound` says.
///
/// Source: Gibbons, "Distinct sampling for highly-accurate answers to distinct values queries and event
/// reports", VLDB 2001. The hash is FNV-1a, mixed as MurmurHash3 ends.
package struct LevelSample: Sendable {
  /// One of 2^shift levels is in the sample.
  package private(set) var shift: Int
  /// The levels in it.
  package private(set) var table: LevelTable

  /// The largest `shift`.
  package static let mostShift = 63

  /// Some of the levels of a table, of which none was ever dropped: no more than so many, with so many
  /// bytes in all; nil when there is no such sample.
  package init?(of table: LevelTable, levels: Int, bytes: Int) {
    self.init(shift: 0, table: table)
    guard bound(levels: levels, bytes: bytes) else { return nil }
  }

  /// A sample in some state, which must be valid.
  package init(shift: Int, table: LevelTable) {
    self.shift = shift
    self.table = table
  }

  /// Whether a level is one of those that are chosen.
  package func chooses(_ level: UnsafeBufferPointer<UInt8>) -> Bool {
    Self.chooses(level, shift: shift)
  }

  /// Whether a level is one of 2^shift.
  package static func chooses(_ level: UnsafeBufferPointer<UInt8>, shift: Int) -> Bool {
    shift == 0 || hash(level) >> UInt64(64 - shift) == 0
  }

  /// Counts a level so many times if it is chosen.
  package mutating func add(_ level: UnsafeBufferPointer<UInt8>, count: Int) {
    if chooses(level) { table.add(level, count: count) }
  }

  /// Adds the levels of a table, of which none was ever dropped.
  package mutating func add(_ other: LevelTable) {
    other.forEach { add($0, count: $1) }
  }

  /// Adds another sample.
  package mutating func merge(_ other: LevelSample) {
    if shift < other.shift { thin(to: other.shift) }
    add(other.table)
  }

  /// A part of a column: its sample, its levels, and whether none of them was ever dropped.
  package typealias Part = (sample: LevelSample?, table: LevelTable, isExact: Bool)

  /// The sample of two parts; nil when both are exact, and when one of them has none that should.
  package static func merged(_ one: Part, _ other: Part) -> LevelSample? {
    switch (one.isExact, other.isExact) {
    case (true, true): return nil
    case (true, false): return merged(other, one)
    case (false, true):
      var sample = one.sample
      sample?.add(other.table)
      return sample
    case (false, false):
      guard var sample = one.sample, let more = other.sample else { return nil }
      sample.merge(more)
      return sample
    }
  }

  /// Keeps no more than so many levels, with so many bytes in all.
  ///
  /// - Returns: False when there is no such sample.
  /// - Complexity: O(1) unless there are more, else O(levels).
  package mutating func bound(levels: Int, bytes: Int) -> Bool {
    guard table.count > levels || table.byteCount > bytes else { return true }
    // How many levels are in which samples only up to each shift.
    var sizes = [(levels: Int, bytes: Int)](repeating: (0, 0), count: Self.mostShift + 1)
    table.forEach { level, _ in
      let last = min(Self.hash(level).leadingZeroBitCount, Self.mostShift)
      sizes[last].levels += 1
      sizes[last].bytes += level.count
    }
    var rest = (levels: table.count, bytes: table.byteCount)
    var next = 0
    while next < Self.mostShift, rest.levels > levels || rest.bytes > bytes {
      rest.levels -= sizes[next].levels
      rest.bytes -= sizes[next].bytes
      next += 1
    }
    guard rest.levels <= levels, rest.bytes <= bytes else { return false }
    thin(to: max(shift, next))
    return true
  }

  private mutating func thin(to shift: Int) {
    self.shift = shift
    var kept = LevelTable()
    table.forEach { level, count in
      if chooses(level) { kept.add(level, count: count) }
    }
    table = kept
  }

  private static func hash(_ level: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = FNV1a(level).value
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 33
  }
}

extension LevelSample: Equatable {
  /// Whether the same levels are in both, as often.
  package static func == (left: Self, right: Self) -> Bool {
    guard left.shift == right.shift, left.table.count == right.table.count else { return false }
    var isEqual = true
    left.table.forEach(countedIn: right.table) { _, count, other in
      isEqual = isEqual && count == other
    }
    return isEqual
  }
}
