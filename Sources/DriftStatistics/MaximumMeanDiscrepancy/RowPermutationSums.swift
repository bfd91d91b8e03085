internal import Parallel

/// Permutes single rows: one pass over the tiles of the kernel matrix, each summed for all
/// permutations while it is at hand.
enum RowPermutationSums {
  /// Adds up a shard of the kernels for every permutation. The first `firstCount` rows are the first
  /// sample's, `tileBlocks` the blocks along one side of a tile.
  ///
  /// - Returns: The sums of every permutation, for each kernel.
  /// - Throws: What `progress` throws.
  /// - Complexity: O(N^2 (d + P)) time for N rows of d values and P permutations; memory for a tile
  ///   a thread and N P / 8 bytes.
  static func compute<Sums: TileSums>(
    _ way: Sums.Type, rows: RowBlocks, firstCount: Int, kernels: KernelFamily,
    memberships: Memberships, tileBlocks: Int, shard: MaximumMeanDiscrepancy.Shard, threads: Int,
    progress: (Double) throws -> Void
  ) throws -> [KernelSums] {
    let all = Tiles(blocks: rows.blockCount, atMost: tileBlocks).tiles
    let tileBlocks = all.map(\.rows.count).max() ?? 1
    let tiles = shard.share(of: all.count).map { all[$0] }
    let states = try Workers.run(
      count: tiles.count, threads: threads,
      makeState: {
        State<Sums>(
          rows: rows, kernels: kernels, memberships: memberships, tileBlocks: tileBlocks)
      },
      progress: { try progress(Double($0) / Double(tiles.count)) },
      body: { state, index in
        state.add(
          tiles[index], rows: rows, firstCount: firstCount, memberships: memberships)
      })
    return kernels.members.indices.map { kernel in
      sums(states.map { $0.kernels[kernel] }, memberships: memberships)
    }
  }

  private static func sums<Sums: TileSums>(
    _ states: [KernelState<Sums>], memberships: Memberships
  ) -> KernelSums {
    var result = KernelSums(
      quadratic: Array(repeating: 0, count: memberships.count), linear: [], total: 0,
      bits: Sums.Scalar.productBits)
    var rowSums = [Int64](repeating: 0, count: memberships.unitCount)
    var observed = KernelSums.Observed()
    for state in states {
      for (p, value) in state.sums.quadratic.enumerated() { result.quadratic[p] += value }
      for (row, value) in state.rowSums.enumerated() { rowSums[row] += value }
      observed.add(state.observed)
    }
    result.linear = KernelSums.linear(rowSums, memberships)
    result.total = rowSums.reduce(0) { $0 + Int128($1) }
    result.observed = observed
    result.observedBits = Sums.Scalar.fineBits
    return result
  }

  /// What one worker adds up.
  private struct State<Sums: TileSums>: Sendable {
    var kernels: [KernelState<Sums>]
    private let members: [KernelFamily.Member]
    private let buffers = BlockBuffers<Sums.Scalar>(tileBlocks: 1)
    private let starts: [Int]

    init(rows: RowBlocks, kernels: KernelFamily, memberships: Memberships, tileBlocks: Int) {
      members = kernels.members
      self.kernels = Sums.none(
        kernels: members.count, tileBlocks: tileBlocks, memberships: memberships, loops: rows.loops
      ).map { KernelState(sums: $0, rowCount: rows.rowCount) }
      starts = (0..<rows.blockCount).map { rows.start($0) } + [rows.rowCount]
    }

    mutating func add(
      _ tile: Tiles.Tile, rows: RowBlocks, firstCount: Int, memberships: Memberships
    ) {
      tile.forEachPair { i, j in
        Sums.Scalar.distances(rows, i, j, buffers)
        for (kernel, member) in members.enumerated() {
          Sums.Scalar.kernel(rows, i, j, member, buffers)
          kernels[kernel].add(
            buffers.kernel, i, j, tile: tile, rows: rows, firstCount: firstCount, memberships)
        }
      }
      for kernel in kernels.indices {
        kernels[kernel].sums.add(tile, starts: starts, memberships: memberships)
      }
    }
  }

  /// What one worker adds up of a kernel.
  private struct KernelState<Sums: TileSums>: Sendable {
    var sums: Sums
    var rowSums: [Int64]
    var observed = KernelSums.Observed()

    init(sums: Sums, rowCount: Int) {
      self.sums = sums
      rowSums = Array(repeating: 0, count: rowCount)
    }

    /// Adds the kernel values of a pair of blocks.
    mutating func add(
      _ values: UnsafePointer<Sums.Scalar.Fixed>, _ i: Int, _ j: Int, tile: Tiles.Tile,
      rows: RowBlocks, firstCount: Int, _ memberships: Memberships
    ) {
      let (height, width) = (rows.size(i), rows.size(j))
      let (rowStart, columnStart) = (rows.start(i), rows.start(j))
      var sums = sums
      rowSums.withUnsafeMutableBufferPointer { totals in
        guard let totals = totals.baseAddress else { return }
        // A diagonal block holds both halves already: its column sums are not wanted.
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: width) { columns in
          columns.initialize(repeating: 0)
          guard let columnSums = columns.baseAddress else { return }
          sums.take(
            values, i, j, in: tile, rows: height, columns: width, memberships: memberships,
            rowSums: totals + rowStart, columnSums: columnSums)
          guard i != j else { return }
          for column in 0..<width { totals[columnStart + column] += columns[column] }
        }
      }
      self.sums = sums
      var totals: (Int64, Int64, Int64) = (0, 0, 0)
      withUnsafeMutablePointer(to: &totals) { totals in
        totals.withMemoryRebound(to: Int64.self, capacity: 3) { totals in
          Sums.Scalar.sampleTotals(
            values, rows: height, columns: width,
            rowSplit: rows.rows(of: i, before: firstCount),
            columnSplit: rows.rows(of: j, before: firstCount), into: totals, rows.loops)
        }
      }
      let weight: Int128 = i == j ? 1 : 2
      observed.add(
        KernelSums.Observed(
          first: weight * Int128(totals.0), between: Int128(totals.1),
          second: weight * Int128(totals.2)))
    }
  }
}
