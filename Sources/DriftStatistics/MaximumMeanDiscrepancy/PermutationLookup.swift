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
  typealias Scalar = Float

  private(set) var quadratic: [Int128]
  private let memory: LookupMemory
  private let loops: KernelLoops

  init(tileBlocks: Int, memberships: Memberships, loops: KernelLoops) {
    memory = LookupMemory(
      tileBlocks: tileBlocks, permutations: min(memberships.count, Self.mostPermutations))
    quadratic = Array(repeating: 0, count: memberships.count)
    self.loops = loops
  }

  /// The permutations that are taken at a time: their lanes stay in the second-level cache.
  private static let mostPermutations = 32 * 64

  func take(
    _ values: UnsafePointer<Int32>, _ i: Int, _ j: Int, in tile: Tiles.Tile, rows: Int,
    columns: Int,
    rowSums: UnsafeMutablePointer<Int64>, columnSums: UnsafeMutablePointer<Int64>
  ) {
    loops.c.lookup_block(
      values, Int32(rows), Int32(columns), memory.block(tile.place(i, j)), rowSums, columnSums)
  }

  /// Blocks must be 64 units each, the last one apart: their bits are used as they are packed.
  mutating func add(_ tile: Tiles.Tile, starts: [Int], memberships: Memberships) {
    for first in stride(from: 0, to: memberships.count, by: Self.mostPermutations) {
      addChunk(
        tile, first: first, count: min(Self.mostPermutations, memberships.count - first),
        memberships)
    }
  }

  private mutating func addChunk(
    _ tile: Tiles.Tile, first: Int, count: Int, _ memberships: Memberships
  ) {
    var pending = 0
    func flush(weight: Int64) {
      guard pending > 0 else { return }
      loops.c.lookup_totals(memory.lanes, Int64(count), weight, memory.totals)
      pending = 0
    }
    func add(_ i: Int, _ j: Int) {
      loops.c.lookup_add(
        memory.block(tile.place(i, j)), memberships.block(i) + first,
        memberships.block(j) + first, Int64(count), memory.table, memory.lanes)
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

  init(tileBlocks: Int, permutations: Int) {
    table = .zeros(DRIFT_LOOKUP_TABLE_BYTES / MemoryLayout<Int32>.stride)
    lanes = .zeros(permutations * DRIFT_LOOKUP_LANES)
    totals = .zeros(permutations)
    tile = .zeros(RowBlocks.blockArea * tileBlocks * tileBlocks)
  }

  deinit {
    table.deallocate()
    lanes.deallocate()
    totals.deallocate()
    tile.deallocate()
  }

  func block(_ place: Int) -> UnsafeMutablePointer<Int32> { tile + place * RowBlocks.blockArea }
}
