extension DatasetProfile {
  /// A profile of no rows by whose bins other rows can be counted.
  ///
  /// - Parameter binnings: The bins of numeric columns, by name.
  package init(binnings: [(name: String, binning: NumericBinning)]) {
    let columns = binnings.map { name, binning in
      ColumnProfile(
        name: name,
        content: .numbers(
          NumberSummary(
            tally: NumberTally(), unparseable: 0, positiveInfinities: 0,
            frozen: FrozenBins(
              binning: binning, method: nil, minimumCount: 0, cells: binning.counter.noCells))))
    }
    self.init(rowCount: 0, columns: columns, sample: nil, segments: [])
  }
}
