/// The statistics of all permutations, and where the observed one stands among them.
struct PermutationNull {
  /// The observed statistic.
  let observed: Double
  let pValue: Double
  /// The statistics of the permutations, in order, without the observed one.
  let statistics: [Double]

  /// Statistics this close, in units of the largest kernel value (1), count as equal: rounding must
  /// not decide a tie.
  static let tieTolerance = 1e-10

  init(sums: KernelSums, units: PermutationUnits, memberships: Memberships) {
    // Only units of different sizes change how many rows the first sample has.
    let firstRows =
      units.areRows
      ? Array(repeating: Int64(units.baselineCount), count: memberships.count)
      : memberships.totals(of: units.sizes.map(Int64.init))
    let all = Double(units.rowCount)
    func statistic(_ p: Int) -> Double {
      let n = Double(firstRows[p])
      return sums.statistic(p, n: n, m: all - n)
    }
    let reference = statistic(0)
    statistics = (1..<max(1, memberships.count)).map(statistic)
    let atLeast = statistics.count { $0 >= reference - Self.tieTolerance }
    let n = Double(firstRows[0])
    observed = sums.observedStatistic(n: n, m: all - n)
    pValue = Double(1 + atLeast) / Double(memberships.count)
  }
}
