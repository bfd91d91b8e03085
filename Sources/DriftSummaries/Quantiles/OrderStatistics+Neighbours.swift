internal import DriftColumns

extension OrderStatistics {
  /// For some places, the largest value below each and the smallest that is not: in two passes.
  func neighbours(
    of cuts: [Double], in numbers: NumberChunks, count: Int, work: PieceWork
  ) -> [(below: Double?, notBelow: Double?)] {
    guard !cuts.isEmpty else { return [] }
    // Infinities below are in the first cell, and no values.
    let counter = BinCounter(cuts: cuts + [-.greatestFiniteMagnitude], binCount: 0) { _ in nil }
    let cells = counter.cells(of: numbers, work: work)
    var before = [0]
    for cell in cells.dropFirst() { before.append(before[before.count - 1] + Int(cell)) }
    let ends = cuts.map { before[counter.cell(of: $0) - 1] }
    let ranks = Set(ends.flatMap { [$0 - 1, $0] }).filter { (0..<count).contains($0) }.sorted()
    let values = Dictionary(uniqueKeysWithValues: zip(ranks, self.values(at: ranks)))
    return ends.map { (values[$0 - 1], values[$0]) }
  }
}

extension WeightedValues {
  /// The same for values that stand for rows.
  func neighbours(of cuts: [Double]) -> [(below: Double?, notBelow: Double?)] {
    cuts.map { cut in
      let place = items.partitioningIndex { $0.value >= cut }
      return (
        place > 0 ? items[place - 1].value : nil, place < items.count ? items[place].value : nil
      )
    }
  }
}
