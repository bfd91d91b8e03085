/// The kernel summed over (unit of a band, unit of the band or behind it), as whole numbers.
struct UnitSums {
  let units: Range<Int>
  let unitCount: Int
  /// For each kernel `units.count` x (`unitCount` - `units.lowerBound`), row-major; right where the
  /// column is not before the row.
  let values: [Int64]
  /// Which kernel's these are.
  let kernel: Int
  /// Binary digits that are rounded away.
  let shift: Int

  /// Where blocks of units begin: first those of the band, then those behind it.
  var blockStarts: [Int] {
    let size = RowBlocks.blockSize
    return Array(stride(from: units.lowerBound, to: units.upperBound, by: size))
      + Array(stride(from: units.upperBound, to: unitCount, by: size)) + [unitCount]
  }

  /// How many of the blocks are the band's.
  var rowBlocks: Int { (units.count + RowBlocks.blockSize - 1) / RowBlocks.blockSize }

  private func value(_ unit: Int, _ other: Int) -> Int64 {
    let (row, column) = (min(unit, other), max(unit, other))
    let width = unitCount - units.lowerBound
    let line = kernel * units.count + row - units.lowerBound
    let sum = values[line * width + column - units.lowerBound]
    return shift == 0 ? sum : (sum + 1 << (shift - 1)) >> shift
  }

  /// Adds every pair to the totals of both its units, a pair of equal units once.
  func addTotals(to totals: inout [Int64]) {
    for unit in units {
      totals[unit] += value(unit, unit)
      for other in (unit + 1)..<max(unitCount, unit + 1) {
        let sum = value(unit, other)
        totals[unit] += sum
        totals[other] += sum
      }
    }
  }

  /// Copies the sums of two blocks of units as factors of the product.
  func copy(rows: Range<Int>, columns: Range<Int>, into block: UnsafeMutablePointer<Double>) {
    for (i, row) in rows.enumerated() {
      for (j, column) in columns.enumerated() {
        block[i * RowBlocks.blockSize + j] = Double(value(row, column))
      }
    }
  }
}
