/// Some consecutive units and all blocks of their rows: no other band adds to their sums.
struct UnitBand: Sendable {
  let blocks: Range<Int>
  let units: Range<Int>
  /// The unit of every row of the test.
  let unitOfRow: [Int32]
  let unitCount: Int

  /// Bands of at least `tileBlocks` blocks, where the units allow it.
  static func bands(rows: RowBlocks, units: PermutationUnits, tileBlocks: Int) -> [UnitBand] {
    let unitOfRow = units.sizes.enumerated().flatMap {
      Array(repeating: Int32($0.offset), count: $0.element)
    }
    var bands: [UnitBand] = []
    var first = 0
    for block in 1...rows.blockCount {
      let end = rows.starts[block]
      let isLast = block == rows.blockCount
      // A band ends where a unit ends.
      guard isLast || unitOfRow[end] != unitOfRow[end - 1] else { continue }
      guard isLast || block - first >= tileBlocks else { continue }
      let lower = Int(unitOfRow[rows.starts[first]])
      bands.append(
        UnitBand(
          blocks: first..<block, units: lower..<(Int(unitOfRow[end - 1]) + 1),
          unitOfRow: unitOfRow, unitCount: units.count))
      first = block
    }
    return bands
  }

  /// The kernel summed over (unit of the band, unit of the band or behind it):
  /// `units.count` x (`unitCount` - `units.lowerBound`), row-major.
  func sums<Scalar: KernelScalar>(
    _ precision: Scalar.Type, rows: RowBlocks, gamma: Double
  ) -> [Int64] {
    let buffers = BlockBuffers<Scalar>(tileBlocks: 1)
    let width = unitCount - units.lowerBound
    var sums = [Int64](repeating: 0, count: units.count * width)
    let start = rows.starts[blocks.lowerBound]
    let relative = unitOfRow[start...].map { $0 - Int32(units.lowerBound) }
    relative.withUnsafeBufferPointer { relative in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let first = relative.baseAddress, let sums = sums.baseAddress else { return }
        for i in blocks {
          for j in i..<rows.blockCount {
            Scalar.kernel(
              rows, i, j, gamma: gamma, products: buffers.products, into: buffers.kernel)
            func add(columns: Int) {
              Scalar.unitSums(
                buffers.kernel, rows: rows.size(i), columns: columns,
                rowUnits: first + (rows.starts[i] - start),
                columnUnits: first + (rows.starts[j] - start), stride: width, into: sums)
            }
            add(columns: rows.size(j))
            // A unit that goes on behind its block: the pair stands for its mirror image too.
            if i != j { add(columns: sharedColumns(i, j, rows: rows)) }
          }
        }
      }
    }
    return sums
  }

  /// How many rows of block `j` belong to the unit that fills block `i`.
  private func sharedColumns(_ i: Int, _ j: Int, rows: RowBlocks) -> Int {
    let unit = unitOfRow[rows.starts[i + 1] - 1]
    return (rows.starts[j]..<rows.starts[j + 1]).prefix { unitOfRow[$0] == unit }.count
  }
}
