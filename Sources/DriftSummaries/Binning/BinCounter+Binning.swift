extension BinCounter {
  /// The cells of a column that was put in order; nil when the order does not tell them.
  package func cells(of column: BucketedColumn) -> Cells? {
    var cells = noCells
    var before = 0
    for cell in cells.indices {
      guard let end = cell < cutCount ? column.count(below: cuts[cell]) : column.count else {
        return nil
      }
      cells[cell] = Int64(end - before)
      before = end
    }
    return cells
  }
}

extension NumericBinning {
  /// Counts numbers by these bins.
  package var counter: BinCounter {
    BinCounter(
      cuts: edgeCuts + atomLowers + atomUppers, binCount: bins.count, bin: { bin(of: $0) })
  }
}
