package import DriftColumns

extension QuantileSketch {
  /// A sketch of a column that is in memory, made at once: with less work than value by value.
  ///
  /// - Parameters:
  ///   - numbers: The column; only its finite numbers count, fewer than 2^31.
  ///   - tally: What was found in it: the number of finite numbers, and their range.
  ///   - exactLimit: The most values that may be merged to an exact sketch.
  ///   - seed: What random choices depend on.
  ///   - stream: Which stream of the seed random choices are from.
  ///   - work: The instructions to work with.
  /// - Complexity: O(n).
  package init(
    of numbers: NumberChunks, tally: NumberTally, exactLimit: Int, seed: UInt64, stream: UInt64,
    work: PieceWork
  ) {
    let moments = tally.moments
    guard let low = moments.minimum, let high = moments.maximum else {
      self.init(exactLimit: exactLimit, seed: seed, stream: stream)
      return
    }
    let levels =
      PickedColumn(numbers, tally: tally, ranks: [], seed: seed, stream: stream, work: work)
      .map { KLLLevels($0) }
      ?? KLLLevels(
        sorted: KLLLevels.sorted(numbers, count: moments.count), seed: seed, stream: stream)
    // -0 is 0.
    self.init(exactLimit: exactLimit, levels: levels, range: (low + 0)...(high + 0))
  }

  /// The same of a column that was put in order.
  init(of picked: PickedColumn, tally: NumberTally, exactLimit: Int) {
    let moments = tally.moments
    self.init(
      exactLimit: exactLimit, levels: KLLLevels(picked),
      range: ((moments.minimum ?? 0) + 0)...((moments.maximum ?? 0) + 0))
  }
}
