internal import DriftSummaries

/// The statistics of all permutations for each kernel, and where the observed one stands among them.
package struct PermutationNull {
  /// The statistics of a kernel.
  struct Kernel {
    /// The observed statistic, as exact as the kernel values are.
    var observed = 0.0
    /// The statistic of the observed samples from the sums that the others are from.
    var reference = 0.0
    /// The statistics of the permutations, in order, without the observed one.
    var statistics: [Double] = []
  }

  private let permutations: PermutationSet
  private var isBegun = false
  private(set) var kernels: [Kernel]

  /// Statistics this close, in units of the largest kernel value (1) or of their standard deviation,
  /// count as equal: rounding must not decide a tie.
  static let tieTolerance = 1e-10
  /// A standard deviation of less is that of rounding.
  private static let leastDeviation = 1e-13

  /// Of no permutation yet.
  init(_ permutations: PermutationSet, kernels count: Int) {
    self.permutations = permutations
    kernels = Array(repeating: Kernel(), count: count)
    for kernel in kernels.indices { kernels[kernel].statistics.reserveCapacity(permutations.count) }
  }

  /// Whether it matters who belongs to which sample: only units of different sizes change how many
  /// rows the first one has.
  var needsMemberships: Bool {
    let sizes = permutations.units.sizes
    return !sizes.allSatisfy { $0 == sizes.first }
  }

  /// Adds the next permutations, the sums of each kernel; `memberships` where they are needed.
  mutating func add(_ sums: [KernelSums], _ memberships: Memberships?) {
    let units = permutations.units
    let all = Double(units.rowCount)
    let firstRows =
      needsMemberships ? memberships?.totals(of: units.sizes.map(Int64.init)) : nil
    let usual = Double(units.baselineCount * (units.sizes.first ?? 1))
    for (kernel, sums) in sums.enumerated() {
      for p in sums.quadratic.indices {
        let n = firstRows.map { Double($0[p]) } ?? usual
        let statistic = sums.statistic(p, n: n, m: all - n)
        guard isBegun || p > 0 else {
          kernels[kernel].reference = statistic
          kernels[kernel].observed = sums.observedStatistic(n: n, m: all - n)
          continue
        }
        kernels[kernel].statistics.append(statistic)
      }
    }
    isBegun = true
  }

  /// What the statistics say, when all were added.
  func decision() -> Decision {
    let scales = kernels.map { kernel in
      var moments = Moments(kernel.statistics)
      moments.merge(Moments([kernel.reference]))
      let deviation = moments.standardDeviation ?? 0
      return (
        mean: moments.mean ?? 0, deviation: deviation > Self.leastDeviation ? deviation : .infinity
      )
    }
    let studentised = zip(kernels, scales).map { ($0.reference - $1.mean) / $1.deviation }
    let observed = studentised.max() ?? 0
    let deciding = studentised.firstIndex(of: observed) ?? 0
    // With one kernel nothing has to be brought to one scale.
    if kernels.count == 1, scales[0].deviation.isFinite {
      let kernel = kernels[0]
      let atLeast = kernel.statistics.count { $0 >= kernel.reference - Self.tieTolerance }
      return Decision(
        deciding: 0, studentised: studentised, pValue: pValue(atLeast),
        maxima: kernel.statistics.map { ($0 - scales[0].mean) / scales[0].deviation })
    }
    let maxima = (0..<(permutations.count - 1)).map { p in
      zip(kernels, scales).reduce(-Double.infinity) {
        max($0, ($1.0.statistics[p] - $1.1.mean) / $1.1.deviation)
      }
    }
    let isNothing = scales.allSatisfy { !$0.deviation.isFinite }
    return Decision(
      deciding: deciding, studentised: studentised,
      pValue: isNothing ? 1 : pValue(maxima.count { $0 >= observed - Self.tieTolerance }),
      maxima: maxima)
  }

  private func pValue(_ atLeast: Int) -> Double {
    Double(1 + atLeast) / Double(permutations.count)
  }

  /// Which kernel decides, and what it says.
  struct Decision {
    let deciding: Int
    /// The observed statistic of each kernel less the mean of all permutations, in their standard
    /// deviations.
    let studentised: [Double]
    let pValue: Double
    /// The largest of those of each permutation.
    let maxima: [Double]
  }
}
