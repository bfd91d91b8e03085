internal import CTextKernels

/// How often each level (distinct text) of a column occurs.
///
/// An open-addressing table with linear probing; the bytes of all levels lie in one array, so that
/// counting a level that was seen before allocates nothing.
///
/// Levels may be made to collide. A fast hash counts as long as levels are found near the slot where
/// they belong; when one is not, which chance hardly does, the table goes over to SipHash-1-3, whose key
/// nobody knows. So no level is ever looked for in more than a few slots. Keys are random, and no result
/// depends on them.
package struct LevelTally: Sendable {
  /// Cells without a value; they are no level.
  package internal(set) var missing = 0

  private var levels: [drift_level] = []
  private var text: [UInt8] = []
  /// Index of a level plus 1, or 0 for a free slot. A power of two in size, at most half full.
  private var slots = [UInt32](repeating: 0, count: 16)
  private var key: drift_level_key

  /// How far from its slot a new level may be put by the fast hash. In a table that is half full a
  /// stretch of so many slots is taken with a probability of 2e-11 (Knuth, "The Art of Computer
  /// Programming 3", 6.4).
  private static let mostProbes = 128

  /// An empty tally.
  package init() {
    self.init(key: (.random(in: .min ... .max), .random(in: .min ... .max)))
  }

  /// An empty tally with a key that is known: for tests.
  package init(key: (UInt64, UInt64), isStrong: Bool = false) {
    self.key = drift_level_key(first: key.0, second: key.1, is_strong: isStrong)
  }

  /// Whether levels are hashed by SipHash.
  package var isStrong: Bool { key.is_strong }

  /// How many slots are looked at, at most, to find a level.
  /// - Complexity: O(k) for k levels, as long as it is few.
  package var mostProbes: Int {
    slots.indices.reduce(0) { most, slot in
      guard slots[slot] != 0 else { return most }
      return max(most, distance(to: slot, from: levels[Int(slots[slot]) - 1].hash) + 1)
    }
  }

  /// How far a slot is from where a level of that hash belongs.
  private func distance(to slot: Int, from hash: UInt64) -> Int {
    (slot &- Int(truncatingIfNeeded: hash)) & (slots.count - 1)
  }

  /// The number of distinct levels.
  package var distinctCount: Int { levels.count }

  /// Cells with a value. O(k) for k levels.
  package var total: Int { levels.reduce(0) { $0 + Int($1.count) } }

  /// Counts a level once.
  package mutating func add(_ level: ByteString) {
    level.bytes.withUnsafeBufferPointer { add($0) }
  }

  /// Counts a level. O(its length) on average.
  mutating func add(_ level: UnsafeBufferPointer<UInt8>, count: Int64 = 1) {
    let hash = drift_hash_level(key, level.baseAddress, level.count)
    let slot = withTable { drift_find_level($0, level.baseAddress, level.count, hash) }
    if slots[slot] != 0 {
      levels[Int(slots[slot]) - 1].count += count
      return
    }
    levels.append(
      drift_level(hash: hash, start: text.count, length: level.count, count: count))
    text.append(contentsOf: level)
    slots[slot] = UInt32(levels.count)
    // Slots are those of the table as it was when the level was looked for.
    let isFar = distance(to: slot, from: hash) > Self.mostProbes
    if levels.count * 2 > slots.count { place(in: slots.count * 2) }
    if isFar, !key.is_strong { strengthen() }
  }

  /// Counts the cells of a column in the first rows.
  mutating func add(
    _ rows: drift_rows, count: Int, column: Int, delimiter: UInt8, missingValues: MissingValues,
    scratch: inout [UInt8]
  ) {
    var row = 0
    var empty: Int64 = 0
    while true {
      row = withCounts { drift_count_levels($0, rows, row, count, column, &empty) }
      guard row < count else { break }
      let cell = drift_cell_at(rows, row, column, delimiter)
      cell.withText(&scratch) { text in
        if missingValues.contains(text) { missing += 1 } else { add(text) }
      }
      row += 1
    }
    missing += Int(empty)
  }

  /// Adds what another tally has counted.
  mutating func merge(_ other: LevelTally) {
    missing += other.missing
    other.text.withUnsafeBufferPointer { text in
      for level in other.levels {
        add(
          UnsafeBufferPointer(rebasing: text[level.start..<level.start + level.length]),
          count: level.count)
      }
    }
  }

  /// How often a level occurs.
  package func count(of level: ByteString) -> Int {
    level.bytes.withUnsafeBufferPointer { bytes in
      let hash = drift_hash_level(key, bytes.baseAddress, bytes.count)
      let slot = withTable { drift_find_level($0, bytes.baseAddress, bytes.count, hash) }
      return slots[slot] == 0 ? 0 : Int(levels[Int(slots[slot]) - 1].count)
    }
  }

  /// The levels, the most frequent first, equally frequent ones in byte order.
  /// - Complexity: O(k log k) for k levels.
  package func sortedLevels() -> [(level: ByteString, count: Int)] {
    levels
      .map { (ByteString(Array(text[$0.start..<$0.start + $0.length])), Int($0.count)) }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
  }

  /// The bytes of all levels together.
  package var textSize: Int { text.count }

  /// Calls `body` once with every level and how often it occurs, in no particular order.
  package func forEachLevel(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    text.withUnsafeBufferPointer { text in
      for level in levels {
        body(
          UnsafeBufferPointer(rebasing: text[level.start..<level.start + level.length]),
          Int(level.count))
      }
    }
  }

  /// Hands the table to C, for looking only.
  private func withTable(_ body: (drift_level_table) -> Int) -> Int {
    levels.withUnsafeBufferPointer { table(UnsafeMutablePointer(mutating: $0.baseAddress), body) }
  }

  /// Hands the table to C, for counting.
  private mutating func withCounts(_ body: (drift_level_table) -> Int) -> Int {
    var counted = levels
    levels = []
    defer { levels = counted }
    return counted.withUnsafeMutableBufferPointer { table($0.baseAddress, body) }
  }

  private func table(
    _ levels: UnsafeMutablePointer<drift_level>?, _ body: (drift_level_table) -> Int
  ) -> Int {
    text.withUnsafeBufferPointer { text in
      slots.withUnsafeBufferPointer { slots in
        guard let first = slots.baseAddress else { return 0 }
        return body(
          drift_level_table(
            levels: levels, text: text.baseAddress, slots: first,
            mask: UInt64(slots.count - 1), key: key))
      }
    }
  }

  /// Hashes all levels anew, by SipHash.
  private mutating func strengthen() {
    key.is_strong = true
    text.withUnsafeBufferPointer { text in
      for index in levels.indices {
        let level = UnsafeBufferPointer(
          rebasing: text[levels[index].start..<levels[index].start + levels[index].length])
        levels[index].hash = drift_hash_level(key, level.baseAddress, level.count)
      }
    }
    place(in: slots.count)
  }

  /// Puts all levels into so many slots.
  private mutating func place(in count: Int) {
    slots = [UInt32](repeating: 0, count: count)
    let mask = slots.count - 1
    for (index, level) in levels.enumerated() {
      var slot = Int(truncatingIfNeeded: level.hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index + 1)
    }
  }
}

extension drift_cell {
  /// Calls `body` with the cell's text: doubled quotes are made single.
  func withText<Result>(
    _ scratch: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let written = UnsafeBufferPointer(start: bytes, count: count)
    guard has_doubled_quotes else { return body(written) }
    scratch.removeAll(keepingCapacity: true)
    var next = 0
    while next < written.count {
      scratch.append(written[next])
      next += written[next] == UInt8(ascii: "\"") ? 2 : 1
    }
    return scratch.withUnsafeBufferPointer { body($0) }
  }
}
