extension KLLLevels {
  /// The levels of values that were counted, without looking at each row of them.
  ///
  /// A value stands on every level whose power of 2 is in its count, and on the upmost one as often
  /// as needed: nothing is drawn for it, and ranks are exact. Then levels that are too full are
  /// compacted as usual.
  ///
  /// Error. With at most 2,048 values the levels that are compacted at once are four or more below
  /// the upmost one, where a value stands for less than n / 2^16: next to nothing of what
  /// `KLLLevels` allows. With n from 4,096 to 10,239 there is one level, and one compaction of
  /// single rows.
  ///
  /// - Parameters:
  ///   - items: Different finite values, ascending, none of them -0, with positive counts.
  ///   - seed: What random choices depend on.
  ///   - stream: Which stream of the seed they are from.
  /// - Complexity: O(items log n), however often each value is there.
  init(counted items: [(value: Double, weight: Int)], seed: UInt64, stream: UInt64) {
    let count = items.reduce(0) { $0 + $1.weight }
    let height = Self.height(count: count)
    var levels: [[Double]] = Array(repeating: [], count: height + 1)
    var words: [UInt64] = []
    for (value, weight) in items {
      for level in 0..<height where weight >> level & 1 == 1 { levels[level].append(value) }
      levels[height].append(contentsOf: repeatElement(value, count: weight >> height))
      words += [value.bitPattern, UInt64(weight)]
    }
    self.init(
      count: count, levels: levels, offsets: Array(repeating: 2, count: height + 1),
      sampler: QuantileSampler(),
      coins: SketchCoins(seed: seed, stream: stream, salt: SketchCoins.salt(ofWords: words)))
    settle()
  }
}

extension QuantileSketch {
  /// A sketch of values that were counted, as if each had been added as often as it is there.
  ///
  /// - Parameters:
  ///   - items: Different finite values, ascending, none of them -0, with positive counts, fewer
  ///     than 2^62 in all.
  ///   - exactLimit: The most values that may be merged to an exact sketch.
  ///   - seed: What random choices depend on.
  ///   - stream: Which stream of the seed random choices are from.
  /// - Complexity: O(items log n).
  package init(
    counted items: [(value: Double, weight: Int)], exactLimit: Int, seed: UInt64, stream: UInt64
  ) {
    guard let first = items.first, let last = items.last else {
      self.init(exactLimit: exactLimit, seed: seed, stream: stream)
      return
    }
    self.init(
      exactLimit: exactLimit, levels: KLLLevels(counted: items, seed: seed, stream: stream),
      range: first.value...last.value)
  }
}
