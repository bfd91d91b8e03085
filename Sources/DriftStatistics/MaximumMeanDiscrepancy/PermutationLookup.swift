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
  private let scratch: LookupScratch
  private let memory: LookupMemory
  private let loops: KernelLoops
  /// Blocks that were added since the lanes were emptied.
  private var pending = 0

  /// The most permutations that are taken at a time: the lanes of all kernels stay in the second-level
  /// cache.
  static let mostPermutations = 2_048

  private init(_ scratch: LookupScratch, permutations: Int, loops: KernelLoops) {
    self.scratch = scratch
    self.loops = loops
    memory = LookupMemory(permutations: permutations)
    quadratic = Array(repeating: 0, count: permutations)
  }

  static func none(
    kernels: Int, tileBlocks: Int, memberships: Memberships, loops: KernelLoops
  ) -> [Self] {
    let scratch = LookupScratch()
    return (0..<kernels).map { _ in
      PermutationLookup(scratch, permutations: memberships.count, loops: loops)
    }
  }

  /// Blocks must be 64 units each, the last one apart: their bits are used as they are packed.
  mutating func take(
    _ values: UnsafePointer<Int32>, _ i: Int, _ j: Int, in tile: Tiles.Tile, rows: Int,
    columns: Int, memberships: Memberships, rowSums: UnsafeMutablePointer<Int64>,
    columnSums: UnsafeMutablePointer<Int64>
  ) {
    // What a larger block left behind the last row and column has no members.
    loops.c.lookup_block(
      values, Int32(rows), Int32(columns), scratch.block, rowSums, columnSums)
    if i == j { empty(weight: 2) }
    loops.c.lookup_add(
      scratch.block, memberships.block(i), memberships.block(j), Int64(quadratic.count),
      scratch.table, memory.lanes)
    pending += 1
    if i == j {
      empty(weight: 1)
    } else if pending == DRIFT_LOOKUP_BLOCKS {
      empty(weight: 2)
    }
  }

  private mutating func empty(weight: Int64) {
    guard pending > 0 else { return }
    loops.c.lookup_totals(memory.lanes, Int64(quadratic.count), weight, memory.totals)
    pending = 0
  }

  mutating func add(_ tile: Tiles.Tile, starts: [Int], memberships: Memberships) {
    empty(weight: 2)
    for p in quadratic.indices {
      quadratic[p] += Int128(memory.totals[p])
      memory.totals[p] = 0
    }
  }
}

/// The scratch memory of one worker's look-ups, for all kernels.
///
/// `@unchecked Sendable`: a worker has its own, nobody else sees it until the worker has ended.
private final class LookupScratch: @unchecked Sendable {
  let table: UnsafeMutablePointer<Int32>
  /// A block of kernel values.
  let block: UnsafeMutablePointer<Int32>

  init() {
    table = .zeros(DRIFT_LOOKUP_TABLE_BYTES / MemoryLayout<Int32>.stride)
    block = .zeros(RowBlocks.blockArea)
  }

  deinit {
    table.deallocate()
    block.deallocate()
  }
}

/// Lanes and totals of each permutation, for one worker and kernel.
///
/// `@unchecked Sendable`: a worker has its own, nobody else sees it until the worker has ended.
private final class LookupMemory: @unchecked Sendable {
  let lanes: UnsafeMutablePointer<Int32>
  let totals: UnsafeMutablePointer<Int64>

  init(permutations: Int) {
    lanes = .zeros(permutations * DRIFT_LOOKUP_LANES)
    totals = .zeros(permutations)
  }

  deinit {
    lanes.deallocate()
    totals.deallocate()
  }
}
