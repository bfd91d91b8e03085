/// Finds where bins are cut so that equal numbers fall in one.
struct BinCuts {
  /// For some places, the largest value of the column below each, and the smallest that is not.
  typealias Neighbours = ([Double]) -> [(below: Double?, notBelow: Double?)]

  let equality: EqualNumbers
  let neighbours: Neighbours

  /// How often numbers are followed that are the same one after the other.
  private static let mostSteps = 8

  /// Where bins begin that begin with some values; nil for what is no value of the column.
  func below(_ values: [Double]) -> [Double?] {
    var cuts = [Double?](repeating: nil, count: values.count)
    var firsts = values
    var open = Array(values.indices)
    for step in 0..<Self.mostSteps where !open.isEmpty {
      let found = neighbours(
        open.map {
          max(firsts[$0] - equality.tolerance(firsts[$0]), -Double.greatestFiniteMagnitude)
        })
      var rest: [Int] = []
      for (index, (smaller, value)) in zip(open, found) {
        guard let value, step > 0 || equality.areSame(value, values[index]) else { continue }
        firsts[index] = min(value, firsts[index])
        let smaller = smaller.flatMap { $0 < firsts[index] ? $0 : nil }
        if let smaller, equality.areSame(smaller, firsts[index]), step + 1 < Self.mostSteps {
          firsts[index] = smaller
          rest.append(index)
        } else {
          cuts[index] = equality.cut(below: firsts[index], above: smaller)
        }
      }
      open = rest
    }
    return cuts
  }

  /// Where bins end that end with some values of the column.
  func above(_ values: [Double]) -> [Double] {
    var cuts = values.map { equality.cut(above: $0, below: nil) }
    var lasts = values
    var open = Array(values.indices)
    for step in 0..<Self.mostSteps where !open.isEmpty {
      let found = neighbours(
        open.map {
          min(lasts[$0] + equality.tolerance(lasts[$0]), Double.greatestFiniteMagnitude).nextUp
        })
      var rest: [Int] = []
      for (index, (value, larger)) in zip(open, found) {
        lasts[index] = max(value ?? lasts[index], lasts[index])
        if let larger, equality.areSame(larger, lasts[index]), step + 1 < Self.mostSteps {
          lasts[index] = larger
          rest.append(index)
        } else {
          cuts[index] = equality.cut(above: lasts[index], below: larger)
        }
      }
      open = rest
    }
    return cuts
  }
}
