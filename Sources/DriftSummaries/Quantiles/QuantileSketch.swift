internal import CColumnKernels

/// The order statistics of a stream of numbers in bounded memory, exact as long as they are few.
///
/// Up to `exactLimit` values are kept, and everything is exact. With more of them it becomes a KLL
/// sketch, whose estimates of ranks are off by at most `rankError` of all values, with a probability
/// of 99.9 % for all ranks at once, whatever the values and their order; `KLLLevels` says why.
///
/// Sketches of the parts of a column are merged to one of the column. Exact ones give the same
/// sketch in whatever order they are merged, equal to that of the whole column. The random choices
/// of the others are a function of the seed, the stream and the values in the order in which they
/// came; how values are cut into calls of `add` does not matter.
///
/// Two sketches are equal when their encoded bytes are: the seed, the stream and the limit are not
/// part of either. -0 counts as 0.
///
/// Memory: 8 bytes for each value up to `exactLimit`, then about 0.2 MB however many come.
///
/// Source: Karnin, Lang & Liberty, "Optimal quantile approximation in streams", FOCS 2016.
package struct QuantileSketch: Sendable {
  /// The limit unless told otherwise.
  package static let defaultExactLimit = 1 << 17
  /// The largest limit that has an effect.
  private static let mostExact = 1 << 30

  /// Up to how many values everything is exact.
  package private(set) var exactLimit: Int
  /// What random choices depend on.
  package let seed: UInt64
  /// Which stream of the seed random choices are from.
  package let stream: UInt64

  /// All values, as long as there are no `levels`.
  private(set) var values: [Double] = []
  /// Whether `values` ascend.
  private var isSorted = true
  /// The values once they are too many.
  private(set) var levels: KLLLevels?
  private var low = Double.infinity
  private var high = -Double.infinity

  /// No values.
  ///
  /// - Parameters:
  ///   - exactLimit: Up to how many values everything is exact; at most 2^30.
  ///   - seed: What random choices depend on.
  ///   - stream: Which stream of the seed they are from. Sketches that are merged may share it.
  package init(exactLimit: Int = defaultExactLimit, seed: UInt64, stream: UInt64) {
    self.exactLimit = max(0, min(exactLimit, Self.mostExact))
    self.seed = seed
    self.stream = stream
  }

  /// All values, ascending.
  init(exactLimit: Int, seed: UInt64, stream: UInt64, sorted values: [Double]) {
    self.init(exactLimit: exactLimit, seed: seed, stream: stream)
    self.values = values
    low = values.first ?? low
    high = values.last ?? high
  }

  /// Levels in some state, which must be valid.
  init(exactLimit: Int, levels: KLLLevels, range: ClosedRange<Double>) {
    self.init(exactLimit: exactLimit, seed: levels.coins.seed, stream: levels.coins.stream)
    self.levels = levels
    (low, high) = (range.lowerBound, range.upperBound)
  }

  /// How many values have come.
  package var count: Int { levels?.count ?? values.count }

  /// Whether every answer is exact.
  package var isExact: Bool { levels == nil }

  /// The smallest value, always exact; nil if there is none.
  package var minimum: Double? { count > 0 ? low : nil }

  /// The largest value, always exact; nil if there is none.
  package var maximum: Double? { count > 0 ? high : nil }

  /// By how much ranks and counts may be off, as a share of `count`: 0, or 0.001 with a probability
  /// of 99.9 % for all ranks at once.
  package var rankError: Double { isExact ? 0 : KLLLevels.rankError }

  /// Adds the finite ones of some values; all others are counted nowhere.
  /// - Complexity: O(1) for each value, amortised.
  package mutating func add(_ values: UnsafeBufferPointer<Double>) {
    guard !values.isEmpty else { return }
    let size = min(values.count, KLLLevels.bufferCapacity)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { finite in
      guard let source = values.baseAddress, let target = finite.baseAddress else { return }
      for start in stride(from: 0, to: values.count, by: size) {
        let end = min(start + size, values.count)
        let count = drift_gather_finite(
          source + start, Int64(end - start), target, &low, &high)
        add(finite: UnsafeBufferPointer(start: target, count: Int(count)))
      }
    }
  }

  private mutating func add(finite values: UnsafeBufferPointer<Double>) {
    guard levels == nil else {
      levels?.add(values)
      return
    }
    let kept = min(exactLimit - self.values.count, values.count)
    append(values[..<kept])
    guard kept < values.count else { return }
    makeLevels()
    levels?.add(UnsafeBufferPointer(rebasing: values[kept...]))
  }

  /// Adds the values of another sketch. The lower one of both limits holds from now on.
  /// - Complexity: O(n) for an exact one, else O(k).
  package mutating func merge(_ other: QuantileSketch) {
    low = min(low, other.low)
    high = max(high, other.high)
    exactLimit = min(exactLimit, other.exactLimit)
    switch (levels, other.levels) {
    case (nil, nil):
      append(other.values[...])
      if values.count > exactLimit { makeLevels() }
    case (nil, var theirs?):
      sorted.withUnsafeBufferPointer { theirs.add($0) }
      values = []
      levels = theirs
    case (_?, nil):
      other.sorted.withUnsafeBufferPointer { levels?.add($0) }
    case (_?, let theirs?):
      levels?.merge(theirs)
    }
  }

  /// Sorts the values, so that questions to an exact sketch need not do so each time.
  package mutating func settle() {
    guard !isSorted else { return }
    SortedNumbers.sort(&values)
    isSorted = true
  }

  /// All values of an exact sketch, ascending.
  var sorted: [Double] {
    guard !isSorted else { return values }
    var sorted = values
    SortedNumbers.sort(&sorted)
    return sorted
  }

  private mutating func append(_ more: some RandomAccessCollection<Double>) {
    guard !more.isEmpty else { return }
    let needed = values.count + more.count
    if needed > values.capacity {
      // Twice the room as usual, but none that is never used.
      values.reserveCapacity(max(needed, min(2 * values.capacity, exactLimit)))
    }
    values.append(contentsOf: more)
    isSorted = values.count == 1
  }

  private mutating func makeLevels() {
    settle()
    levels = KLLLevels(sorted: values, seed: seed, stream: stream)
    values = []
  }
}
