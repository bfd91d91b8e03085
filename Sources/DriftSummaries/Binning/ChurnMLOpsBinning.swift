package import DriftColumns

/// The bins of the churn-mlops job: between the different ones of eleven quantiles.
package struct ChurnMLOpsBinning: Sendable, Hashable {
  /// The edges; none when there are fewer than three different ones.
  package let edges: [Double]

  /// - Parameter baseline: The baseline without its missing values.
  package init(baseline: some Sequence<Double>) {
    self.init(quantiles: Quantiles.edges(ofSorted: baseline.sorted(), parts: 10))
  }

  /// The bins of a column in chunks, of which the tally is known; NaN is a missing value.
  package init(fitting numbers: NumberChunks, tally: NumberTally, work: PieceWork) {
    guard tally.infinities == 0 else {
      self.init(baseline: numbers.chunks.joined().filter { !$0.isNaN })
      return
    }
    let count = tally.moments.count
    let ranks = Quantiles.ranks(count: count, parts: 10)
    let statistics = OrderStatistics(numbers, tally: tally, work: work)
    let values = Dictionary(uniqueKeysWithValues: zip(ranks, statistics.values(at: ranks)))
    self.init(quantiles: Quantiles.edges(count: count, parts: 10) { values[$0] ?? .nan })
  }

  package init(quantiles: [Double]) {
    var edges: [Double] = []
    for edge in quantiles where !edge.isNaN && edges.last != edge { edges.append(edge) }
    self.edges = edges.count < 3 ? [] : edges
  }

  /// How many values fall in each bin [l, r), the last one [l, r].
  package func counts(of values: some Sequence<Double>) -> [Int] {
    counter.counts(of: Array(values))
  }

  /// The bin of a number; nil beyond the outer edges.
  package func bin(of value: Double) -> Int? {
    guard let first = edges.first, let last = edges.last, value >= first, value <= last else {
      return nil
    }
    return min(edges.lastIndex { $0 <= value } ?? 0, edges.count - 2)
  }

  package func label(of index: Int) -> String {
    "[\(edges[index]), \(edges[index + 1])\(index + 2 == edges.count ? "]" : ")")"
  }
}

extension ChurnMLOpsBinning {
  /// Counts numbers by these bins; those beyond the outer edges are in none.
  package var counter: BinCounter {
    BinCounter(
      cuts: edges + (edges.last.map { [$0.nextUp] } ?? []), binCount: max(0, edges.count - 1),
      bin: { bin(of: $0) })
  }
}
