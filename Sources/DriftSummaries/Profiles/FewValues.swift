internal import CColumnKernels

/// The different finite values of a column with their rows, up to a limit.
package struct FewValues: Sendable, Hashable {
  /// How many different values are counted.
  static let limit = 1024

  /// The values, ascending, 0 for -0; none when there were too many.
  private(set) var values: [Double] = []
  /// The rows of each.
  private(set) var counts: [Int] = []
  /// Whether there were more.
  private(set) var isFull = false

  init() {}

  /// - Parameter items: Different finite values, ascending, with positive rows.
  init(_ items: [(value: Double, weight: Int)]) {
    values = items.map(\.value)
    counts = items.map(\.weight)
  }

  /// Counts rows; nil when they have too many different values, which is known as soon as one more
  /// is seen.
  init?(counting rows: UnsafeBufferPointer<Double>) {
    var slots = 64
    while slots <= 2 * Self.limit { slots *= 2 }
    var values = [Double](repeating: 0, count: slots)
    var counts = [Int64](repeating: 0, count: slots)
    let isFew = values.withUnsafeMutableBufferPointer { values in
      counts.withUnsafeMutableBufferPointer { counts in
        var set = drift_value_set(
          values: values.baseAddress, counts: counts.baseAddress, slots: Int64(slots), used: 0,
          limit: Int64(Self.limit), multiplier: .random(in: .min ... .max) | 1)
        guard let base = rows.baseAddress else { return true }
        return drift_count_different(&set, base, Int64(rows.count)) == 0
      }
    }
    guard isFew else { return nil }
    let used = counts.indices.filter { counts[$0] > 0 }.sorted { values[$0] < values[$1] }
    self.values = used.map { values[$0] + 0 }
    self.counts = used.map { Int(counts[$0]) }
  }

  /// How many rows were counted.
  var count: Int { counts.reduce(0, +) }

  /// Adds other counts.
  /// - Complexity: O(values of both).
  mutating func merge(_ other: FewValues) {
    guard values != other.values else {
      for index in counts.indices { counts[index] += other.counts[index] }
      return
    }
    var merged = FewValues()
    var (own, their) = (0, 0)
    while own < values.count || their < other.values.count {
      let isOwn = own < values.count
      let isTheirs = their < other.values.count
      let takesOwn = isOwn && (!isTheirs || values[own] <= other.values[their])
      let takesTheirs = isTheirs && (!isOwn || other.values[their] <= values[own])
      merged.values.append(takesOwn ? values[own] : other.values[their])
      merged.counts.append(
        (takesOwn ? counts[own] : 0) + (takesTheirs ? other.counts[their] : 0))
      own += takesOwn ? 1 : 0
      their += takesTheirs ? 1 : 0
    }
    self = merged
    isFull = values.count > Self.limit
  }

  /// All rows, value by value.
  var rows: [Double] {
    var rows: [Double] = []
    rows.reserveCapacity(count)
    for (value, count) in zip(values, counts) {
      rows.append(contentsOf: repeatElement(value, count: count))
    }
    return rows
  }

  /// Forgets the counts and says that there were more.
  mutating func close() { (values, counts, isFull) = ([], [], true) }

  /// The values, ascending, with their rows.
  var sorted: [(value: Double, weight: Int)] { zip(values, counts).map { (value: $0, weight: $1) } }
}
