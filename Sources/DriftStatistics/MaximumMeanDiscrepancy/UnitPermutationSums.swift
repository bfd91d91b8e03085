internal import Parallel

/// Permutes whole units of rows: the kernel is summed over pairs of units, a band of units at a
/// time, and every permutation runs on those sums, of which there are far fewer.
///
/// Source: Domingo-Enrich, Dwivedi & Mackey, "Cheap Permutation Testing", 2025.
enum UnitPermutationSums {
  /// Adds up a shard of the kernels for every permutation; `tileBlocks` are the blocks of units along
  /// one side of a tile.
  ///
  /// - Returns: The sums of every permutation, for each kernel.
  /// - Throws: What `progress` throws.
  /// - Complexity: O(N^2 d + U^2 P) time for N rows in U units; memory for the sums of a band with
  ///   all units, a thread.
  static func compute<Scalar: KernelScalar>(
    _ precision: Scalar.Type, rows: RowBlocks, units: PermutationUnits, kernels: KernelFamily,
    memberships: Memberships, tileBlocks: Int, shard: MaximumMeanDiscrepancy.Shard, threads: Int,
    progress: (Double) throws -> Void
  ) throws -> [KernelSums] {
    let unitOfRow = units.sizes.enumerated().flatMap {
      Array(repeating: Int32($0.offset), count: $0.element)
    }
    let all = UnitBand.bands(
      rows: rows, unitOfRow: unitOfRow, unitCount: units.count, kernels: kernels.members.count)
    let bands = shard.share(of: all.count).map { all[$0] }
    // A band has few units as a rule.
    let most = bands.map(\.units.count).max() ?? 1
    let rowBlocks = min(tileBlocks, most / RowBlocks.blockSize + 1)
    let shift = shift(largestUnit: units.sizes.max() ?? 1, bits: Scalar.fineBits)
    let states = try Workers.run(
      count: bands.count, threads: threads,
      makeState: {
        State<Scalar>(
          unitCount: units.count, kernels: kernels.members.count, memberships: memberships,
          rowBlocks: rowBlocks, tileBlocks: tileBlocks, loops: rows.loops)
      },
      progress: { try progress(Double($0) / Double(bands.count)) },
      body: { state, index in
        let band = bands[index]
        let sums = band.sums(
          state.buffers, rows: rows, unitOfRow: unitOfRow, unitCount: units.count, kernels: kernels)
        for kernel in kernels.members.indices {
          state.kernels[kernel].add(
            UnitSums(
              units: band.units, unitCount: units.count, values: sums, kernel: kernel,
              shift: shift),
            memberships: memberships)
        }
      })
    return kernels.members.indices.map { kernel in
      sums(states.map { $0.kernels[kernel] }, memberships, bits: Scalar.fineBits - shift)
    }
  }

  private static func sums(_ states: [KernelState], _ memberships: Memberships, bits: Int)
    -> KernelSums
  {
    var quadratic = [Int128](repeating: 0, count: memberships.count)
    var unitSums = [Int64](repeating: 0, count: memberships.unitCount)
    for state in states {
      for (p, value) in state.product.quadratic.enumerated() { quadratic[p] += value }
      for (unit, value) in state.unitSums.enumerated() { unitSums[unit] += value }
    }
    return KernelSums(
      quadratic: quadratic, linear: KernelSums.linear(unitSums, memberships),
      total: unitSums.reduce(0) { $0 + Int128($1) }, bits: bits)
  }

  /// How many binary digits a sum over two units must lose to stay below 2^41, so that 64 x 64 of
  /// them are added in double precision without an error.
  static func shift(largestUnit: Int, bits: Int) -> Int {
    // A kernel value less the centre is below 1.
    let digits = Int.bitWidth - (largestUnit * largestUnit).leadingZeroBitCount
    return max(0, digits + bits - 41)
  }

  /// What one worker adds up.
  private struct State<Scalar: KernelScalar>: Sendable {
    let buffers = BlockBuffers<Scalar>(tileBlocks: 1)
    var kernels: [KernelState]

    init(
      unitCount: Int, kernels: Int, memberships: Memberships, rowBlocks: Int, tileBlocks: Int,
      loops: KernelLoops
    ) {
      // One kernel after the other: their tiles need memory for one.
      let shared = BlockBuffers<Double>(rowBlocks: rowBlocks, columnBlocks: tileBlocks)
      self.kernels = (0..<kernels).map { _ in
        KernelState(
          unitCount: unitCount, tileBlocks: tileBlocks,
          product: PermutationProduct(shared, memberships: memberships, loops: loops))
      }
    }
  }

  /// What one worker adds up of a kernel.
  private struct KernelState: Sendable {
    var product: PermutationProduct<Double>
    var unitSums: [Int64]
    let tileBlocks: Int

    init(unitCount: Int, tileBlocks: Int, product: PermutationProduct<Double>) {
      self.product = product
      unitSums = Array(repeating: 0, count: unitCount)
      self.tileBlocks = tileBlocks
    }

    /// Adds the sums of a band with itself and with all units behind it.
    mutating func add(_ sums: UnitSums, memberships: Memberships) {
      sums.addTotals(to: &unitSums)
      let starts = sums.blockStarts
      for rows in Self.chunks(0..<sums.rowBlocks, tileBlocks) {
        for columns in Self.chunks(rows.lowerBound..<(starts.count - 1), tileBlocks) {
          let tile = Tiles.Tile(rows: rows, columns: columns)
          tile.forEachPair { i, j in
            sums.copy(
              rows: starts[i]..<starts[i + 1], columns: starts[j]..<starts[j + 1],
              into: product.factor(i, j, in: tile))
          }
          product.add(tile, starts: starts, memberships: memberships)
        }
      }
    }

    private static func chunks(_ range: Range<Int>, _ size: Int) -> [Range<Int>] {
      stride(from: range.lowerBound, to: range.upperBound, by: size).map {
        $0..<min($0 + size, range.upperBound)
      }
    }
  }
}
