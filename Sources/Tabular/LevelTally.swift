internal import CTextKernels

/// How often each level (distinct text) of a column occurs.
///
/// An open-addressing table with linear probing; the bytes of all levels lie in one array, so that
/// counting a level that was seen before allocates nothing. The hash is seeded at random, against
/// input made to collide; no result depends on it.
package struct LevelTally: Sendable {
  /// Cells without a value; they are no level.
  package internal(set) var missing = 0

  private var levels: [drift_level] = []
  private var text: [UInt8] = []
  /// Index of a level plus 1, or 0 for a free slot. A power of two in size, at most half full.
  private var slots = [UInt32](repeating: 0, count: 16)
  private let seed: UInt64

  /// An empty tally.
  package init() {
    seed = .random(in: .min ... .max)
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
    let hash = drift_hash_level(seed, level.baseAddress, level.count)
    let slot = withTable { drift_find_level($0, level.baseAddress, level.count, hash) }
    if slots[slot] != 0 {
      levels[Int(slots[slot]) - 1].count += count
      return
    }
    levels.append(
      drift_level(hash: hash, start: text.count, length: level.count, count: count))
    text.append(contentsOf: level)
    slots[slot] = UInt32(levels.count)
    if levels.count * 2 > slots.count { grow() }
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
      let hash = drift_hash_level(seed, bytes.baseAddress, bytes.count)
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
            mask: UInt64(slots.count - 1), seed: seed))
      }
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
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
