import DriftKit
import DriftTestSupport
import Testing

/// Bandwidths against the sorted distances, where selection has a hard time.
@Suite struct DistanceQuantileTests {
  enum Kind: Sendable, CaseIterable {
    case normal, heavy, coarse, binary, mostlyEqual, twoClusters, ramp, halfZero
  }

  private func rows(_ kind: Kind, _ count: Int, seed: UInt64) -> [[Double]] {
    var source = SeededNormal(seed: seed)
    return (0..<count).map { row in
      let z = source.next()
      switch kind {
      case .normal: return [z, source.next(), source.next()]
      case .heavy: return [exponential(3 * z), source.next()]
      case .coarse: return [(2 * z).rounded(), (2 * source.next()).rounded()]
      case .binary: return [z > 0 ? 1 : 0]
      case .mostlyEqual: return [z > 2 ? z : 0, 0]
      case .twoClusters: return [row % 2 == 0 ? z : 1e9 + z]
      case .ramp: return [Double(row)]
      case .halfZero: return [row % 4 == 0 ? Double(row) : 0]
      }
    }
  }

  @Test(arguments: Kind.allCases, [1 << 20, 5000, 37])
  func agreesWithSorting(_ kind: Kind, kept: Int) throws {
    // More pairs than are kept at once, and an odd and an even number of them.
    for (n, m) in [(400, 311), (190, 200)] {
      let all = rows(kind, n + m, seed: 11)
      var options = MaximumMeanDiscrepancy.Options.oneKernel
      options.permutations = 1
      options.scale = .none
      options.threads = 2
      options.keptDistances = kept
      let result = try MaximumMeanDiscrepancy(
        baseline: SampleMatrix(rows: Array(all[..<n])),
        current: SampleMatrix(rows: Array(all[n...])), options: options)
      let squares = all.map { a in
        all.map { b in zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
      }
      let expected = (SlowReference.median(squares) / 2).squareRoot()
      let closeness = Closeness(result.bandwidth, to: expected, relative: 1e-12)
      #expect(closeness.holds, "\(closeness)")
      options.kernels = .ladder
      let ladder = try MaximumMeanDiscrepancy(
        baseline: SampleMatrix(rows: Array(all[..<n])),
        current: SampleMatrix(rows: Array(all[n...])), options: options)
      for (kernel, expected) in zip(ladder.kernels, SlowReference.ladder(squares)) {
        let closeness = Closeness(kernel.bandwidth, to: expected, relative: 1e-12)
        #expect(closeness.holds, "\(kernel.name): \(closeness)")
      }
      #expect(ladder.kernels.map(\.name) == ["ladder 1", "ladder 2", "ladder 3", "ladder 4"])
    }
  }
}
