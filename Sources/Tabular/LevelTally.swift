import Glibc

/// How often each level (distinct text) of a column occurs.
///
/// An open-addressing table with linear probing; the bytes of all levels lie in one array, so that
/// counting a level that was seen before allocates nothing. The hash is seeded at random, against
/// input made to collide; no result depends on it.
package struct LevelTally: Sendable {
  private struct Entry {
    var hash: UInt64
    var start: Int
    var length: Int
    var count: Int
  }

  /// Cells without a value; they are no level.
  package internal(set) var missing = 0

  /// Cells with a value.
  package private(set) var total = 0

  private var entries: [Entry] = []
  private var text: [UInt8] = []
  /// Index of an entry plus 1, or 0 for a free slot. A power of two in size, at most half full.
  private var slots = [UInt32](repeating: 0, count: 16)
  private let seed: UInt64

  /// An empty tally.
  package init() {
    seed = .random(in: .min ... .max)
  }

  /// The number of distinct levels.
  package var distinctCount: Int { entries.count }

  /// Counts a level once.
  package mutating func add(_ level: ByteString) {
    level.bytes.withUnsafeBufferPointer { add($0) }
  }

  /// Counts a level once. O(its length) on average.
  mutating func add(_ level: UnsafeBufferPointer<UInt8>) {
    total += 1
    let hash = hash(level)
    let slot = slot(of: level, hash: hash)
    if slots[slot] != 0 {
      entries[Int(slots[slot]) - 1].count += 1
      return
    }
    entries.append(Entry(hash: hash, start: text.count, length: level.count, count: 1))
    text.append(contentsOf: level)
    slots[slot] = UInt32(entries.count)
    if entries.count * 2 > slots.count { grow() }
  }

  /// How often a level occurs.
  package func count(of level: ByteString) -> Int {
    level.bytes.withUnsafeBufferPointer { bytes in
      let slot = slots[slot(of: bytes, hash: hash(bytes))]
      return slot == 0 ? 0 : entries[Int(slot) - 1].count
    }
  }

  /// The levels, the most frequent first, equally frequent ones in byte order.
  /// - Complexity: O(k log k) for k levels.
  package func sortedLevels() -> [(level: ByteString, count: Int)] {
    entries
      .map { (ByteString(Array(text[$0.start..<$0.start + $0.length])), $0.count) }
      .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
  }

  /// The bytes of all levels together.
  package var textSize: Int { text.count }

  /// Calls `body` once with every level and how often it occurs, in no particular order.
  package func forEachLevel(_ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    text.withUnsafeBufferPointer { text in
      for entry in entries {
        body(
          UnsafeBufferPointer(rebasing: text[entry.start..<entry.start + entry.length]),
          entry.count)
      }
    }
  }

  /// The slot that holds the level, or the free one where it belongs.
  private func slot(of level: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash && entry.length == level.count && isEqual(level, entry) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isEqual(_ level: UnsafeBufferPointer<UInt8>, _ entry: Entry) -> Bool {
    guard let base = level.baseAddress else { return entry.length == 0 }
    return text.withUnsafeBytes { all in
      guard let known = all.baseAddress else { return level.isEmpty }
      return memcmp(known + entry.start, base, level.count) == 0
    }
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index + 1)
    }
  }

  /// Eight bytes at a time, each folded in by a full 64 x 64 bit product.
  private func hash(_ level: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let bytes = UnsafeRawBufferPointer(level)
    var hash = seed ^ UInt64(truncatingIfNeeded: bytes.count)
    var next = 0
    while next + 8 <= bytes.count {
      hash = Self.fold(hash ^ bytes.loadUnaligned(fromByteOffset: next, as: UInt64.self))
      next += 8
    }
    var tail: UInt64 = 0
    while next < bytes.count {
      tail = tail << 8 | UInt64(bytes[next])
      next += 1
    }
    return Self.fold(hash ^ tail)
  }

  @inline(__always)
  private static func fold(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
