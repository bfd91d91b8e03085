internal import DriftColumns

extension RowAccumulator {
  /// An accumulator of data that are checked: their rows are counted by the bins of a baseline, and
  /// nothing is kept of their numbers but the rows that are drawn.
  ///
  /// - Parameters:
  ///   - columns: The numeric columns with what counts their rows, points in time among them.
  ///   - times: Those of them that are points in time.
  ///   - sampledRows: How many rows are drawn, independently of those of the baseline.
  ///   - seed: The seed of everything random.
  ///   - work: The instructions to work with.
  package init(
    counting columns: [(name: String, counter: BinCounter)], times: [String] = [], sampledRows: Int,
    seed: UInt64,
    work: PieceWork
  ) {
    var options = DatasetProfile.Options()
    options.sampledRows = sampledRows
    options.seed = seed
    self.init(
      columns.map(\.name), times, columns.map { KnownBins($0.counter) }, options, segment: "",
      stream: Sampling.Side.current.rawValue, tellsInfinities: false, work: work)
  }
}
