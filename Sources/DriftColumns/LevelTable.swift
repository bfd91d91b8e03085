internal import Glibc

/// Levels with their counts: the bytes of all levels in one array, found by hashing.
///
/// A dictionary of levels would hold each in an array of its own, and take seconds for a column of
/// a million identifiers. The hash is that of the process (`Hasher`), seeded at random against input
/// made to collide; no result depends on it.
package struct LevelTable: Sendable {
  private struct Entry: Sendable {
    let hash: Int
    let start: Int
    let length: Int
    var count: Int
    /// How often the level may have come before it was counted here.
    var before: Int
  }

  private var entries: [Entry] = []
  private var text: [UInt8] = []
  /// The upper half of the hash and, below it, the index of an entry plus 1; 0 for a free slot. A
  /// power of two in size, at most half full. Other levels in the way are told from their hash, as
  /// entries are mostly not in the cache.
  private var slots = [UInt64](repeating: 0, count: 16)

  /// No levels.
  package init() {}

  /// How many different levels there are.
  package var count: Int { entries.count }

  /// How many rows they have in all.
  package var rows: Int { entries.reduce(0) { $0 + $1.count } }

  /// How many bytes they have in all.
  package var byteCount: Int { text.count }

  /// Makes room for so many levels with so many bytes in all.
  package mutating func reserve(levels: Int, bytes: Int) {
    entries.reserveCapacity(levels)
    text.reserveCapacity(bytes)
    var size = slots.count
    while size < 2 * levels { size *= 2 }
    if size > slots.count { resize(to: size) }
  }

  /// Counts a level so many times. One that is not there may have come up to `before` times before.
  package mutating func add(_ level: UnsafeBufferPointer<UInt8>, count: Int, before: Int = 0) {
    let hash = Self.hash(level)
    let slot = slot(of: level, hash: hash)
    if let index = Self.index(slots[slot]) {
      entries[index].count += count
      return
    }
    append(
      level,
      Entry(hash: hash, start: text.count, length: level.count, count: count, before: before),
      slot: slot)
  }

  private mutating func append(
    _ level: UnsafeBufferPointer<UInt8>, _ entry: Entry, slot: Int
  ) {
    entries.append(entry)
    text.append(contentsOf: level)
    slots[slot] = Self.slot(hash: entry.hash, index: entries.count - 1)
    if entries.count * 2 > slots.count { resize(to: 2 * slots.count) }
  }

  /// How often a level occurs.
  package func count(of level: Level) -> Int {
    level.bytes.withUnsafeBufferPointer { count(of: $0) }
  }

  /// How often a level occurs.
  package func count(of level: UnsafeBufferPointer<UInt8>) -> Int {
    Self.index(slots[slot(of: level, hash: Self.hash(level))]).map { entries[$0].count } ?? 0
  }

  /// How often a level may have come besides; nil when it is not there.
  package func uncertainty(of level: UnsafeBufferPointer<UInt8>) -> Int? {
    Self.index(slots[slot(of: level, hash: Self.hash(level))]).map { entries[$0].before }
  }

  /// Adds the counts of another table. A level that is in one of both only may have come so often
  /// in the other one.
  package mutating func merge(_ other: LevelTable, dropped: Int, droppedByOther: Int) {
    for index in entries.indices { entries[index].before += droppedByOther }
    other.forEachEntry(atLeast: 1) { level, entry in
      let hash = entry.hash
      let slot = slot(of: level, hash: hash)
      if let index = Self.index(slots[slot]) {
        entries[index].count += entry.count
        entries[index].before += entry.before - droppedByOther
        return
      }
      append(
        level,
        Entry(
          hash: hash, start: text.count, length: level.count, count: entry.count,
          before: entry.before + dropped), slot: slot)
    }
  }

  /// The levels that may occur more often than so many times.
  package func keeping(moreOftenThan least: Int) -> LevelTable {
    var kept = LevelTable()
    forEachEntry(atLeast: 1) { level, entry in
      guard entry.count + entry.before > least else { return }
      kept.append(
        level,
        Entry(
          hash: entry.hash, start: kept.text.count, length: level.count, count: entry.count,
          before: entry.before), slot: kept.slot(of: level, hash: entry.hash))
    }
    return kept
  }

  /// How many levels may occur more often than so many times, and their bytes.
  package func size(moreOftenThan least: Int) -> (levels: Int, bytes: Int) {
    var size = (levels: 0, bytes: 0)
    for entry in entries where entry.count + entry.before > least {
      size.levels += 1
      size.bytes += entry.length
    }
    return size
  }

  /// Calls `body` with every level, its count and how often it may have come besides.
  package func forEachWithUncertainty(
    _ body: (UnsafeBufferPointer<UInt8>, _ count: Int, _ before: Int) -> Void
  ) {
    forEachEntry(atLeast: 1) { body($0, $1.count, $1.before) }
  }

  /// Calls `body` with every level that occurs at least so often, its count and its count in another
  /// table.
  package func forEach(
    atLeast least: Int = 1, countedIn other: LevelTable,
    _ body: (_ level: UnsafeBufferPointer<UInt8>, _ count: Int, _ otherCount: Int) -> Void
  ) {
    forEachEntry(atLeast: least) { bytes, entry in
      let index = Self.index(other.slots[other.slot(of: bytes, hash: entry.hash)])
      body(bytes, entry.count, index.map { other.entries[$0].count } ?? 0)
    }
  }

  /// Calls `body` with every level that occurs at least so often and its count.
  package func forEach(atLeast least: Int = 1, _ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
    forEachEntry(atLeast: least) { body($0, $1.count) }
  }

  /// The levels with their counts.
  package var counts: [Level: Int] {
    var counts = [Level: Int](minimumCapacity: count)
    forEach { counts[Level(bytes: Array($0))] = $1 }
    return counts
  }

  /// How many levels occur exactly so often.
  package func levels(occurring times: Int) -> Int { entries.count { $0.count == times } }

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
    while let index = Self.index(slots[slot]) {
      if slots[slot] == Self.slot(hash: hash, index: index), isEqual(level, entries[index]) {
        break
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// What a slot holds.
  private static func slot(hash: Int, index: Int) -> UInt64 {
    UInt64(bitPattern: Int64(hash)) & 0xFFFF_FFFF_0000_0000 | UInt64(index + 1)
  }

  /// The index in a slot; nil for a free one.
  private static func index(_ slot: UInt64) -> Int? {
    slot == 0 ? nil : Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1
  }

  private func isEqual(_ level: UnsafeBufferPointer<UInt8>, _ entry: Entry) -> Bool {
    guard entry.length == level.count else { return false }
    guard let base = level.baseAddress else { return true }
    return text.withUnsafeBufferPointer { text in
      guard let known = text.baseAddress else { return level.isEmpty }
      return memcmp(known + entry.start, base, level.count) == 0
    }
  }

  private mutating func resize(to size: Int) {
    slots = [UInt64](repeating: 0, count: size)
    let mask = size - 1
    for (index, entry) in entries.enumerated() {
      var slot = entry.hash & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Self.slot(hash: entry.hash, index: index)
    }
  }

  private static func hash(_ level: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(level))
    return hasher.finalize()
  }
}
