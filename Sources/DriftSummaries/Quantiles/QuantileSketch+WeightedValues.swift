extension QuantileSketch {
  /// All values, or those that the sketch keeps, ascending, with the rows that each stands for; the
  /// first and the last are the smallest and the largest of all.
  /// - Complexity: O(n log n) for an exact sketch that is not settled, else O(values kept).
  var weightedValues: [(value: Double, weight: Int)] {
    guard let minimum, let maximum else { return [] }
    var items: [(value: Double, weight: Int)] = []
    if let levels {
      let numbers = WeightedNumbers(levels)
      items = zip(numbers.values, numbers.weights).map { (value: $0, weight: $1) }
      items[0].value = minimum
      items[items.count - 1].value = maximum
      return items
    }
    for value in sorted {
      if let last = items.last, last.value == value {
        items[items.count - 1].weight += 1
      } else {
        items.append((value, 1))
      }
    }
    return items
  }
}
