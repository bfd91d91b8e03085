import DriftKit
import Testing

/// Bins of equal width over ranges of a few doubles.
@Suite("Edges of bins of equal width") struct UniformEdgesTests {
  @Test("They ascend, however narrow the range", arguments: [0.3, 1.7e16, -1e-300, 1e300, -2.5])
  func narrow(first: Double) throws {
    var last = first
    for _ in 0..<40 {
      last = last.nextUp
      for bins in [2, 7, 10, 100] {
        let values = (0..<40).map { $0 % 2 == 0 ? first : last }
        let binning = NumericBinning(fitting: values, method: .uniform(bins: bins))
        var bounds: [Double] = []
        for case .interval(let lower, let upper) in binning.bins {
          #expect(lower < upper && bounds.last ?? lower == lower, "\(binning.bins)")
          bounds.append(upper)
        }
        #expect(binning.counts(of: values).reduce(0, +) == values.count)
        var options = DatasetProfile.Options()
        options.binning = .uniform(bins: bins)
        let profile = DatasetProfile(
          try Dataset([Column("x", values)]), options: options)
        #expect(try DatasetProfile(decoding: profile.encoded()) == profile)
      }
    }
  }
}
