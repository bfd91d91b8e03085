internal import DriftSummaries
internal import Parallel

/// Scores of the rows of a kernel test, column by column.
struct DependenceScores: Sendable {
  /// The columns that are looked at, by their places in the samples.
  let columns: [Int]
  /// The scores of each, the baseline's rows first, in the order of the units.
  let values: [[Double]]
  /// Whether there were more columns.
  let isReduced: Bool

  /// - Parameters:
  ///   - baseline: One sample.
  ///   - current: The other one.
  ///   - test: Which rows and columns take part.
  ///   - most: The most columns; of more, those with the most different values.
  /// - Throws: Nothing: no progress is told.
  init(baseline: SampleMatrix, current: SampleMatrix, test: KernelTest, most: Int) throws {
    let candidates = test.rows.columns
    let normal = NormalScores(mostRanks: test.rows.rowCount)
    let scored = try Workers.map(count: candidates.count, threads: test.options.threads) {
      place -> (scores: [Double], distinct: Int)? in
      let (rows, width) = (test.rows, test.rows.columnCount)
      if !rows.rankScales.isEmpty {
        let ranks = rows.rankScales[place]
        let scores = rows.values.withUnsafeBufferPointer { values in
          (0..<rows.rowCount).map {
            normal.score(
              doubledRank: ranks.doubledRank(values[$0 * width + place]), of: ranks.count)
          }
        }
        return (scores, ranks.distinct)
      }
      let column = candidates[place]
      let values = [(baseline, test.plan.baselineRows), (current, test.plan.currentRows)].flatMap {
        sample, rows in
        rows.lazy.map { sample.values[$0 * sample.columnCount + column] }
      }
      return normal.scores(of: values)
    }
    let present = scored.indices.filter { scored[$0] != nil }
    let chosen = present.sorted {
      (scored[$1]?.distinct ?? 0, $0) < (scored[$0]?.distinct ?? 0, $1)
    }.prefix(most).sorted()
    columns = chosen.map { candidates[$0] }
    values = chosen.map { scored[$0]?.scores ?? [] }
    isReduced = chosen.count < present.count
  }
}
