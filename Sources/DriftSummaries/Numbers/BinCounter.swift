internal import CColumnKernels
internal import CInstructionSets
package import DriftColumns

/// Counts numbers by bin.
///
/// The line of numbers is cut into cells [cut, next cut), each of which lies in one bin or in none:
/// a bin of a single value is a cell too, as doubles are discrete. So one loop, over a handful of
/// cuts, counts bins of any kind.
package struct BinCounter: Sendable, Hashable {
  /// How many rows lie in each cell. They can be added up over the parts of a column.
  package typealias Cells = [Int64]

  /// Ascending, followed by NaN as the search wants it.
  package let cuts: [Double]
  /// How many cuts there are.
  let cutCount: Int
  /// The bin of each cell; negative for a cell outside all bins.
  private let bins: [Int32]
  private let binCount: Int
  /// Where to look for cells, if there are many.
  private let index: CellIndex?

  /// - Parameters:
  ///   - given: Where bins begin and end, in any order, with duplicates.
  ///   - binCount: How many bins there are.
  ///   - bin: The bin of a number, the same for all from one cut to the next.
  init(cuts given: some Sequence<Double>, binCount: Int, bin: (Double) -> Int?) {
    var distinct: [Double] = []
    for cut in given.filter({ !$0.isNaN }).sorted() where distinct.last != cut {
      distinct.append(cut)
    }
    bins = ([-.infinity] + distinct).map { Int32(bin($0) ?? -1) }
    cutCount = distinct.count
    self.binCount = binCount
    var length = 1
    while length - 1 < cutCount + CellIndex.mostSteps { length *= 2 }
    cuts = distinct + [Double](repeating: .nan, count: max(1, length - 1) - cutCount)
    index = CellIndex(cuts: cuts, count: cutCount)
  }

  /// Counts single numbers, ascending and different; all others are in no bin.
  init(singleValues values: [Double]) {
    self.init(cuts: values + values.map(\.nextUp), binCount: values.count) { value in
      var (low, high) = (0, values.count)
      while low < high {
        let middle = low + (high - low) / 2
        if values[middle] < value { low = middle + 1 } else { high = middle }
      }
      return low < values.count && values[low] == value ? low : nil
    }
  }

  /// Whether the cuts and what they separate are the same; behind the cuts there are NaN.
  package static func == (left: Self, right: Self) -> Bool {
    left.cuts.prefix(left.cutCount) == right.cuts.prefix(right.cutCount) && left.bins == right.bins
      && left.binCount == right.binCount
  }

  /// Feeds the cuts.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(cuts.prefix(cutCount))
    hasher.combine(binCount)
  }

  /// How many cells there are.
  package var cellCount: Int { bins.count }

  /// No rows.
  package var noCells: Cells { Cells(repeating: 0, count: cellCount) }

  /// Adds the rows of a buffer to as many cells as there are; NaN lies in no cell.
  /// - Complexity: O(n) for a few bins, O(n log bins) for many.
  package func count(
    _ values: UnsafeBufferPointer<Double>, into cells: UnsafeMutableBufferPointer<Int64>,
    work: PieceWork
  ) {
    guard let base = values.baseAddress, let target = cells.baseAddress,
      cells.count == cellCount
    else { return }
    if let index {
      return index.count(
        values, cuts: cuts, into: target, instructionSet: work.instructionSet)
    }
    drift_count_cells(
      work.instructionSet, base, Int64(values.count), cuts, Int64(cutCount), target)
  }

  /// The cell of a number that is not NaN.
  package func cell(of value: Double) -> Int {
    var (low, high) = (0, cutCount)
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The bounds of a cell, infinite at the ends.
  package func bounds(ofCell cell: Int) -> (lower: Double, upper: Double) {
    (cell > 0 ? cuts[cell - 1] : -.infinity, cell < cutCount ? cuts[cell] : .infinity)
  }

  /// The cells of a column.
  package func cells(of numbers: NumberChunks, work: PieceWork) -> Cells {
    let parts = work.parts(of: numbers.pieceCount)
    let counted = work.map(count: parts.count) { part in
      var cells = noCells
      cells.withUnsafeMutableBufferPointer { cells in
        for piece in parts[part] {
          numbers.withPiece(piece) { count($0, into: cells, work: work) }
        }
      }
      return cells
    }
    return counted.dropFirst().reduce(into: counted[0]) { cells, part in
      for cell in cells.indices { cells[cell] += part[cell] }
    }
  }

  /// How many rows lie in each bin.
  package func counts(ofCells cells: Cells) -> [Int] {
    var counts = [Int](repeating: 0, count: binCount)
    for (cell, bin) in zip(cells, bins) where bin >= 0 { counts[Int(bin)] += Int(cell) }
    return counts
  }

  /// How many of the values lie in each bin.
  package func counts(of values: [Double]) -> [Int] {
    counts(ofCells: cells(of: NumberChunks(values), work: PieceWork()))
  }
}
