internal import DriftColumns

/// Ascending numbers that stand for some values each.
struct WeightedNumbers {
  /// The numbers, ascending.
  private(set) var values: [Double] = []
  /// What each stands for.
  private(set) var weights: [Int] = []
  /// How many values the numbers up to each stand for.
  private var sums: [Int] = []

  /// The values of a sketch.
  /// - Complexity: O(k), as levels grow by half from one to the next.
  init(_ levels: KLLLevels) {
    let sampler = levels.sampler
    if sampler.seen > 0 { merge([sampler.candidate], weight: sampler.seen) }
    for (index, level) in levels.levels.enumerated() {
      var level = level
      if index == 0 { SortedNumbers.sort(&level) }
      merge(level, weight: levels.weight << index)
    }
    var sum = 0
    sums = weights.map {
      sum += $0
      return sum
    }
  }

  /// How many values all stand for.
  var total: Int { sums.last ?? 0 }

  /// The number at a rank from 0, less than `total`.
  func value(at rank: Int) -> Double {
    values[sums.partitioningIndex { $0 > rank }]
  }

  /// How many values those numbers stand for that come before the first one in `isBeyond`.
  func count(until isBeyond: (Double) -> Bool) -> Int {
    let index = values.partitioningIndex(where: isBeyond)
    return index > 0 ? sums[index - 1] : 0
  }

  private mutating func merge(_ other: [Double], weight: Int) {
    guard !other.isEmpty else { return }
    var mergedValues: [Double] = []
    var mergedWeights: [Int] = []
    mergedValues.reserveCapacity(values.count + other.count)
    mergedWeights.reserveCapacity(values.count + other.count)
    var own = 0
    for value in other {
      while own < values.count, values[own] <= value {
        mergedValues.append(values[own])
        mergedWeights.append(weights[own])
        own += 1
      }
      mergedValues.append(value)
      mergedWeights.append(weight)
    }
    mergedValues += values[own...]
    mergedWeights += weights[own...]
    (values, weights) = (mergedValues, mergedWeights)
  }
}
