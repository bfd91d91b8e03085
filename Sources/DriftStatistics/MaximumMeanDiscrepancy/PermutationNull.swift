/// The statistics of all permutations, and where the observed one stands among them.
package struct PermutationNull {
  /// The observed statistic.
  private(set) var observed = 0.0
  /// The statistics of the permutations, in order, without the observed one.
  private(set) var statistics: [Double] = []

  private let permutations: PermutationSet
  /// The statistic of the observed samples from the sums that the others are from.
  private var reference = 0.0
  private var isBegun = false

  /// Statistics this close, in units of the largest kernel value (1), count as equal: rounding must
  /// not decide a tie.
  static let tieTolerance = 1e-10

  /// Of no permutation yet.
  init(_ permutations: PermutationSet) {
    self.permutations = permutations
    statistics.reserveCapacity(permutations.count - 1)
  }

  /// Whether it matters who belongs to which sample: only units of different sizes change how many
  /// rows the first one has.
  var needsMemberships: Bool {
    let sizes = permutations.units.sizes
    return !sizes.allSatisfy { $0 == sizes.first }
  }

  /// Adds the next permutations; `memberships` where they are needed.
  mutating func add(_ sums: KernelSums, _ memberships: Memberships?) {
    let units = permutations.units
    let all = Double(units.rowCount)
    let firstRows =
      needsMemberships ? memberships?.totals(of: units.sizes.map(Int64.init)) : nil
    let usual = Double(units.baselineCount * (units.sizes.first ?? 1))
    for p in sums.quadratic.indices {
      let n = firstRows.map { Double($0[p]) } ?? usual
      let statistic = sums.statistic(p, n: n, m: all - n)
      guard isBegun else {
        isBegun = true
        reference = statistic
        observed = sums.observedStatistic(n: n, m: all - n)
        continue
      }
      statistics.append(statistic)
    }
  }

  /// The p-value, when all were added.
  var pValue: Double {
    let atLeast = statistics.count { $0 >= reference - Self.tieTolerance }
    return Double(1 + atLeast) / Double(permutations.count)
  }
}
