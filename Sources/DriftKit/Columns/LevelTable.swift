internal import Glibc

/// Levels with their counts: the bytes of all levels in one array, found by hashing.
///
/// A dictionary of levels would hold each in an array of its own, and take seconds for a column of
/// a million identifiers. The hash is that of the process (`Hasher`), seeded at random against input
/// made to collide; no result depends on it.
struct LevelTable: Sendable {
  private struct Entry: Sendable {
    let hash: Int
    let start: Int
    let length: Int
    var count: Int
  }

  private var entries: [Entry] = []
  private var text: [UInt8] = []
  /// Index of an entry plus 1, or 0 for a free slot. A power of two in size, at most half full.
  private var slots = [UInt32](repeating: 0, count: 16)

  /// How many different levels there are.
  var count: Int { entries.count }

  /// Makes room for so many levels with so many bytes in all.
  mutating func reserve(levels: Int, bytes: Int) {
    entries.reserveCapacity(levels)
    text.reserveCapacity(bytes)
    var size = slots.count
    while size < 2 * levels { size *= 2 }
    if size > slots.count { resize(to: size) }
  }

  /// Counts a level so many times.
  mutating func add(_ level: UnsafeBufferPointer<UInt8>, count: Int) {
    let hash = Self.hash(level)
    let slot = slot(of: level, hash: hash)
    if slots[slot] != 0 {
      entries[Int(slots[slot]) - 1].count += count
      return
    }
    entries.append(Entry(hash: hash, start: text.count, length: level.count, count: count))
    text.append(contentsOf: level)
    slots[slot] = UInt32(entries.count)
    if entries.count * 2 > slots.count { resize(to: 2 * slots.count) }
  }

  /// How often a level occurs.
  func count(of level: Level) -> Int {
    level.bytes.withUnsafeBufferPointer { bytes in
      let slot = slots[slot(of: bytes, hash: Self.hash(bytes))]
      return slot == 0 ? 0 : entries[Int(slot) - 1].count
    }
  }

  /// Calls `body` with every level that occurs at least so often, its count and its count in another
  /// table.
  func forEach(
    atLeast least: Int = 1, countedIn other: LevelTable,
    _ body: (_ level: UnsafeBufferPointer<UInt8>, _ count: Int, _ otherCount: Int) -> Void
  ) {
    forEachEntry(atLeast: least) { bytes, entry in
      let slot = other.slots[other.slot(of: bytes, hash: entry.hash)]
      body(bytes, entry.count, slot == 0 ? 0 : other.entries[Int(slot) - 1].count)
    }
  }

  /// Calls `body` with every level that occurs at least so often and its count.
  func forEach(atLeast least: Int = 1, _ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    forEachEntry(atLeast: least) { body($0, $1.count) }
  }

  /// How many levels occur exactly so often.
  func levels(occurring times: Int) -> Int { entries.count { $0.count == times } }

  private func forEachEntry(
    atLeast least: Int, _ body: (UnsafeBufferPointer<UInt8>, Entry) -> Void
  ) {
    text.withUnsafeBufferPointer { text in
      for entry in entries where entry.count >= least {
        body(
          UnsafeBufferPointer(rebasing: text[entry.start..<entry.start + entry.length]), entry)
      }
    }
  }

  /// The slot that holds the level, or the free one where it belongs.
  private func slot(of level: UnsafeBufferPointer<UInt8>, hash: Int) -> Int {
    let mask = slots.count - 1
    var slot = hash & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash && entry.length == level.count && isEqual(level, entry) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isEqual(_ level: UnsafeBufferPointer<UInt8>, _ entry: Entry) -> Bool {
    guard let base = level.baseAddress else { return entry.length == 0 }
    return text.withUnsafeBufferPointer { text in
      guard let known = text.baseAddress else { return level.isEmpty }
      return memcmp(known + entry.start, base, level.count) == 0
    }
  }

  private mutating func resize(to size: Int) {
    slots = [UInt32](repeating: 0, count: size)
    let mask = size - 1
    for (index, entry) in entries.enumerated() {
      var slot = entry.hash & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(index + 1)
    }
  }

  private static func hash(_ level: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(level))
    return hasher.finalize()
  }
}
