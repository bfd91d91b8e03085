/// The kernel summed over pairs of units: symmetric, whole numbers in units of 2^-`bits`.
struct UnitMatrix: Sendable {
  let unitCount: Int
  let bits: Int
  /// `unitCount` x `unitCount`, row-major; every value is below 2^41, so that 64 x 64 of them are
  /// added in double precision without an error.
  let values: [Double]

  init(unitCount: Int, bands: [[Int64]], bits: Int) {
    let largest = bands.reduce(0) { max($0, $1.reduce(0) { max($0, $1.magnitude) }) }
    let digits = UInt64.bitWidth - UInt64(largest).leadingZeroBitCount
    let shift = max(0, digits - 40)
    var values = [Double](repeating: 0, count: unitCount * unitCount)
    var unit = 0
    for band in bands {
      let width = unitCount - unit
      for offset in 0..<(band.count / width) {
        for column in offset..<width {
          let value = Double((band[offset * width + column] + (1 << shift) / 2) >> shift)
          values[(unit + offset) * unitCount + unit + column] = value
          values[(unit + column) * unitCount + unit + offset] = value
        }
      }
      unit += band.count / width
    }
    self.unitCount = unitCount
    self.bits = bits - shift
    self.values = values
  }

  /// The sums of every permutation.
  /// - Complexity: O(U^2 P).
  func permutationSums(memberships: Memberships, tileBlocks: Int, threads: Int) throws
    -> KernelSums
  {
    let size = RowBlocks.blockSize
    let starts = Array(stride(from: 0, to: unitCount, by: size)) + [unitCount]
    let tiles = Tiles(blocks: starts.count - 1, tileBlocks: tileBlocks).tiles
    let states = try Workers.run(
      count: tiles.count, threads: threads,
      makeState: {
        PermutationProduct<Double>(tileBlocks: tileBlocks, memberships: memberships)
      },
      body: { product, index in
        let tile = tiles[index]
        tile.forEachPair { i, j in
          copy(
            rows: starts[i]..<starts[i + 1], columns: starts[j]..<starts[j + 1],
            into: product.factor(i, j, in: tile))
        }
        product.add(tile, starts: starts, memberships: memberships)
      })
    let rowSums = (0..<unitCount).map { unit in
      values[(unit * unitCount)..<((unit + 1) * unitCount)].reduce(0) { $0 + Int64($1) }
    }
    var quadratic = [Int128](repeating: 0, count: memberships.groupCount * size)
    for state in states {
      for (p, value) in state.quadratic.enumerated() { quadratic[p] += value }
    }
    return KernelSums(
      quadratic: quadratic, linear: KernelSums.linear(rowSums, memberships),
      total: rowSums.reduce(0) { $0 + Int128($1) }, bits: bits)
  }

  private func copy(
    rows: Range<Int>, columns: Range<Int>, into block: UnsafeMutablePointer<Double>
  ) {
    for (i, row) in rows.enumerated() {
      for (j, column) in columns.enumerated() {
        block[i * RowBlocks.blockSize + j] = values[row * unitCount + column]
      }
    }
  }
}
