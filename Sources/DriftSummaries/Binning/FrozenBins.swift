/// Bins of a numeric column and the rows in each, counted row by row.
package struct FrozenBins: Sendable, Hashable {
  package let binning: NumericBinning
  /// How the bins were chosen; nil when they are those of another profile.
  package let method: NumericBinning.Method?
  /// Rows that a value of a baseline of few values needed to get a bin.
  package let minimumCount: Int
  /// Rows by cell of the bins' counter.
  private(set) var cells: BinCounter.Cells

  init(
    binning: NumericBinning, method: NumericBinning.Method?, minimumCount: Int,
    cells: BinCounter.Cells
  ) {
    self.binning = binning
    self.method = method
    self.minimumCount = minimumCount
    self.cells = cells
  }

  /// Whether the bins follow from the values that were counted.
  var isChosen: Bool {
    switch method {
    case .quantile, .uniform: true
    case .edges, nil: false
    }
  }

  /// The rows of both; nil when their bins differ. Those who had them from the other one say nothing
  /// of how they were chosen.
  func merged(with other: FrozenBins) -> FrozenBins? {
    guard binning == other.binning, cells.count == other.cells.count else { return nil }
    var result = method == nil ? other : self
    result.cells = cells
    for cell in cells.indices { result.cells[cell] += other.cells[cell] }
    return result
  }
}

extension BinCounter {
  /// The cells of values that stand for rows, and of infinities.
  /// - Complexity: O(items log bins).
  package func cells(of values: WeightedValues, infinities: (negative: Int, positive: Int)) -> Cells
  {
    var cells = noCells
    for item in values.items { cells[cell(of: item.value)] += Int64(item.weight) }
    cells[0] += Int64(infinities.negative)
    cells[cellCount - 1] += Int64(infinities.positive)
    return cells
  }
}
