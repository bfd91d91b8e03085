/// Which cells of a counter make a cell of a rank test, and which lie beyond the ends.
package struct RankPartition: Sendable, Hashable {
  /// Whether a cell of the test begins at each cut.
  private let begins: [Bool]
  /// How many cells of the counter begin below the upper end; nil where it has none.
  private let upper: Int?
  /// How many lie below the lower end.
  private let lower: Int?

  init(_ ranks: RankCuts, _ counter: BinCounter) {
    let chosen = Set(ranks.cuts)
    let cuts = counter.cuts.prefix(counter.cutCount)
    begins = cuts.map(chosen.contains)
    upper = ranks.upperEnd.map { end in cuts.count { $0 <= end } }
    lower = ranks.lowerEnd.map { end in cuts.count { $0 <= end } }
  }

  /// The cuts behind it.
  func cuts(of counter: BinCounter) -> RankCuts {
    RankCuts(
      zip(counter.cuts, begins).filter(\.1).map(\.0),
      upperEnd: upper.map { counter.cuts[$0 - 1] }, lowerEnd: lower.map { counter.cuts[$0 - 1] })
  }

  /// The rows by cell of the test.
  package func counts(ofCells cells: BinCounter.Cells) -> [Int] {
    var counts = [0]
    counts.reserveCapacity(cells.count)
    for (place, count) in cells.enumerated() {
      if place > 0, begins[place - 1] { counts.append(0) }
      counts[counts.count - 1] += Int(count)
    }
    return counts
  }

  /// The rows beyond the upper end; nil where there is none.
  package func above(_ cells: BinCounter.Cells) -> Int? {
    upper.map { Int(cells[$0...].reduce(0, +)) }
  }

  /// The rows beyond the lower end; nil where there is none.
  package func below(_ cells: BinCounter.Cells) -> Int? {
    lower.map { Int(cells[..<$0].reduce(0, +)) }
  }
}
