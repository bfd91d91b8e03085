internal import CDriftKernels

/// Sums over permutations by table look-up: for four rows of a block at a time the sums of all 16
/// subsets are tabulated, and a permutation picks one by four bits of its memberships.
///
/// A block of 64 x 64 values costs a permutation 128 additions of 8 lanes where the product takes
/// 512 multiplications and additions; on whole numbers both give the same sums.
///
/// Source: Arlazarov, Dinic, Kronrod & Faradzev, "On economical construction of the transitive
/// closure of a directed graph", 1970 (the "method of the four Russians").
struct PermutationLookup: TileSums {
  let buffers: BlockBuffers<Float>
  private(set) var quadratic: [Int128]
  private let memory: LookupMemory
  private let loops: KernelLoops

  init(tileBlocks: Int, memberships: Memberships, loops: KernelLoops) {
    buffers = BlockBuffers(tileBlocks: 1)
    memory = LookupMemory(
      tileBlocks: tileBlocks, permutations: min(memberships.count, Self.mostPermutations))
    quadratic = Array(repeating: 0, count: memberships.groupCount * 64)
    self.loops = loops
  }

  /// The permutations that are taken at a time: their lanes stay in the second-level cache.
  private static let mostPermutations = 32 * 64

  func take(
    _ i: Int, _ j: Int, in tile: Tiles.Tile, rows: Int, columns: Int,
    rowSums: UnsafeMutablePointer<Int64>, columnSums: UnsafeMutablePointer<Int64>
  ) {
    loops.c.lookup_block(
      buffers.kernel, Int32(rows), Int32(columns), memory.block(tile.place(i, j)), rowSums,
      columnSums)
  }

  mutating func add(_ tile: Tiles.Tile, starts: [Int], memberships: Memberships) {
    for first in stride(from: 0, to: memberships.count, by: Self.mostPermutations) {
      let count = min(Self.mostPermutations, memberships.count - first)
      turn(tile.rows, starts, memberships, first, count, into: memory.rowMembers)
      turn(tile.columns, starts, memberships, first, count, into: memory.columnMembers)
      addChunk(tile, first: first, count: count)
    }
  }

  /// The memberships of whole blocks of units, a word a permutation.
  private func turn(
    _ blocks: Range<Int>, _ starts: [Int], _ memberships: Memberships, _ first: Int, _ count: Int,
    into members: (Int) -> UnsafeMutablePointer<UInt64>
  ) {
    memberships.words.withUnsafeBufferPointer { words in
      guard let words = words.baseAddress else { return }
      for block in blocks {
        let units = Int32(starts[block + 1] - starts[block])
        for group in 0..<((count + 63) / 64) {
          drift_turn_bits(
            words + (first / 64 + group) * memberships.unitCount + starts[block], units,
            members(block - blocks.lowerBound) + group * 64)
        }
      }
    }
  }

  private mutating func addChunk(_ tile: Tiles.Tile, first: Int, count: Int) {
    var pending = 0
    func flush(weight: Int64) {
      guard pending > 0 else { return }
      loops.c.lookup_totals(memory.lanes, Int64(count), weight, memory.totals)
      pending = 0
    }
    func add(_ i: Int, _ j: Int) {
      loops.c.lookup_add(
        memory.block(tile.place(i, j)), memory.rowMembers(i - tile.rows.lowerBound),
        memory.columnMembers(j - tile.columns.lowerBound), Int64(count), memory.table,
        memory.lanes)
      pending += 1
    }
    tile.forEachPair { i, j in
      guard i != j else { return }
      add(i, j)
      if pending == DRIFT_LOOKUP_BLOCKS { flush(weight: 2) }
    }
    flush(weight: 2)
    for i in tile.rows where tile.columns.contains(i) {
      add(i, i)
      if pending == DRIFT_LOOKUP_BLOCKS { flush(weight: 1) }
    }
    flush(weight: 1)
    for p in 0..<count {
      quadratic[first + p] += Int128(memory.totals[p])
      memory.totals[p] = 0
    }
  }
}

/// The scratch memory of one worker's look-ups.
///
/// `@unchecked Sendable`: a worker has its own, nobody else sees it until the worker has ended.
private final class LookupMemory: @unchecked Sendable {
  let table: UnsafeMutablePointer<Int32>
  /// Lanes and totals of each permutation.
  let lanes: UnsafeMutablePointer<Int32>
  let totals: UnsafeMutablePointer<Int64>
  private let tile: UnsafeMutablePointer<Int32>
  private let members: UnsafeMutablePointer<UInt64>
  private let tileBlocks: Int
  private let wordCount: Int

  init(tileBlocks: Int, permutations: Int) {
    self.tileBlocks = tileBlocks
    wordCount = (permutations + 63) / 64 * 64
    table = .zeros(DRIFT_LOOKUP_TABLE_BYTES / MemoryLayout<Int32>.stride)
    lanes = .zeros(wordCount * DRIFT_LOOKUP_LANES)
    totals = .zeros(wordCount)
    tile = .zeros(RowBlocks.blockArea * tileBlocks * tileBlocks)
    members = .zeros(2 * tileBlocks * wordCount)
  }

  deinit {
    table.deallocate()
    lanes.deallocate()
    totals.deallocate()
    tile.deallocate()
    members.deallocate()
  }

  func block(_ place: Int) -> UnsafeMutablePointer<Int32> { tile + place * RowBlocks.blockArea }

  func rowMembers(_ block: Int) -> UnsafeMutablePointer<UInt64> { members + block * wordCount }

  func columnMembers(_ block: Int) -> UnsafeMutablePointer<UInt64> {
    rowMembers(tileBlocks + block)
  }
}

extension UnsafeMutablePointer where Pointee: Numeric {
  /// Memory for some numbers, all zero, that begins a cache line.
  static func zeros(_ count: Int) -> UnsafeMutablePointer {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Pointee>.stride, alignment: 64
    ).bindMemory(to: Pointee.self, capacity: max(1, count))
    memory.initialize(repeating: 0, count: count)
    return memory
  }
}
