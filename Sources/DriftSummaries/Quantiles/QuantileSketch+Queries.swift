internal import DriftColumns

extension QuantileSketch {
  /// The values at some ranks, as they would stand among all values in order, from 0. A rank
  /// outside is taken for the nearest one. None if there are no values.
  ///
  /// In a sketch that is not exact, the value at rank r has a rank of r +- `rankError` x `count`;
  /// the first and the last value are exact.
  /// - Complexity: O(1) for each rank of an exact sketch after `settle`, else O(n) in all; O(k) for
  ///   a sketch that is not exact.
  package func values(at ranks: [Int]) -> [Double] {
    guard let minimum, let maximum, !ranks.isEmpty else { return [] }
    guard let levels else {
      let sorted = sorted
      return ranks.map { sorted[max(0, min($0, sorted.count - 1))] }
    }
    let numbers = WeightedNumbers(levels)
    return ranks.map { rank in
      if rank <= 0 { return minimum }
      if rank >= count - 1 { return maximum }
      return numbers.value(at: rank)
    }
  }

  /// How many values are less than each edge: those left of a cut of `BinCounter`, as bins are
  /// [lower, upper). 0 for NaN.
  ///
  /// In a sketch that is not exact, a count is off by at most `rankError` x `count`. All of them are
  /// in order, and those at the minimum, at the maximum and outside are exact in so far as they say
  /// whether there are none, some or only such values.
  /// - Complexity: As of `values(at:)`, and O(log n) for each edge.
  package func countsBelow(_ edges: [Double]) -> [Int] {
    counts(edges) { value, edge in value < edge }
  }

  /// How many values are less than each edge or equal to it. Everything else as `countsBelow`.
  package func countsAtMost(_ edges: [Double]) -> [Int] {
    counts(edges) { value, edge in value <= edge }
  }

  private func counts(_ edges: [Double], _ isCounted: (_ value: Double, _ edge: Double) -> Bool)
    -> [Int]
  {
    guard let minimum, let maximum else { return edges.map { _ in 0 } }
    guard let levels else {
      let sorted = sorted
      return edges.map { edge in sorted.partitioningIndex { !isCounted($0, edge) } }
    }
    let numbers = WeightedNumbers(levels)
    return edges.map { edge in
      guard isCounted(minimum, edge) else { return 0 }
      guard !isCounted(maximum, edge) else { return count }
      return max(1, min(numbers.count { !isCounted($0, edge) }, count - 1))
    }
  }
}

extension QuantileSketch: Hashable {
  /// Whether both would be encoded to the same bytes.
  package static func == (left: Self, right: Self) -> Bool {
    guard left.count == right.count, left.minimum == right.minimum,
      left.maximum == right.maximum
    else { return false }
    return switch (left.levels, right.levels) {
    case (nil, nil): left.sorted == right.sorted
    case (let own?, let other?): own == other
    default: false
    }
  }

  /// Feeds the count and the range.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(minimum)
    hasher.combine(maximum)
  }
}

extension KLLLevels: Equatable {
  /// The values of a level in order; the first one is not sorted until it is full.
  func sorted(_ level: Int) -> [Double] {
    var values = levels[level]
    if level == 0 { SortedNumbers.sort(&values) }
    return values
  }

  /// Whether both would be encoded to the same bytes.
  package static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.offsets == right.offsets && left.sampler == right.sampler
      && left.coins.salt == right.coins.salt && left.coins.draws == right.coins.draws
      && left.levels.count == right.levels.count
      && left.levels.indices.allSatisfy { left.sorted($0) == right.sorted($0) }
  }
}
