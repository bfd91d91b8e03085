import CColumnKernels
import DriftTestSupport
import Testing

/// The sort by digits against the sort of the standard library.
@Suite("Sorting of numbers")
struct SortingTests {
  private func sorted(_ values: [Double]) -> [Double] {
    var values = values
    var scratch = values
    drift_sort(&values, &scratch, Int64(values.count))
    return values
  }

  /// In the order of all doubles, in which -0 is before 0.
  private func expectSorted(_ values: [Double], _ label: String) {
    let expected = values.sorted { $0 == $1 ? $0.sign == .minus && $1.sign == .plus : $0 < $1 }
    #expect(sorted(values).map(\.bitPattern) == expected.map(\.bitPattern), "\(label)")
  }

  @Test("All kinds of columns", arguments: NastyNumbers.allCases)
  func columns(kind: NastyNumbers) {
    for count in [0, 1, 2, 3, 31, 100, 1_000, 4_096, 20_001] {
      let values = kind.sample(count, seed: UInt64(count)).filter { !$0.isNaN }
      expectSorted(values, "\(count)")
      expectSorted(values.sorted().reversed(), "\(count), reversed")
    }
  }

  @Test("Numbers that only their lowest bits tell apart", arguments: [1, 5, 17, 30, 31])
  func lowBits(bits: Int) {
    var generator = SplitMix64(seed: UInt64(bits))
    var values = (0..<9_000).map { _ in
      Double(bitPattern: (1.0).bitPattern + generator.next() & ((1 << UInt64(bits)) - 1))
    }
    // Far numbers leave the upper bits nothing to tell.
    values += [-1e300, 1e300]
    expectSorted(values.shuffled(using: &generator), "\(bits)")
  }

  @Test("Merging is sorting, the left ones first")
  func merging() {
    var generator = SplitMix64(seed: 3)
    for (left, right) in [(0, 0), (0, 3), (3, 0), (1, 1), (50, 700), (999, 998)] {
      let kind = NastyNumbers.fewValues
      let both = [left, right].map { count in
        (kind.sample(count, seed: generator.next()) + NastyNumbers.normal.sample(count, seed: 1))
          .filter { $0 != 0 }.sorted()
      }
      var out = [Double](repeating: 0, count: both[0].count + both[1].count + 1)
      drift_merge_sorted(both[0], Int64(both[0].count), both[1], Int64(both[1].count), &out)
      #expect(out.dropLast() == (both[0] + both[1]).sorted()[...])
    }
    var out = [0.0, 0.0]
    drift_merge_sorted([0.0], 1, [-0.0], 1, &out)
    #expect(out.map(\.sign) == [.plus, .minus])
  }

  @Test("Gathering leaves out what is not finite", arguments: NastyNumbers.allCases)
  func gathering(kind: NastyNumbers) {
    for count in [0, 1, 5, 1_000] {
      let values = kind.sample(count, seed: 8)
      let expected = values.filter(\.isFinite).map { $0 == 0 ? 0 : $0 }
      var out = values + [0]
      var (low, high) = (Double.infinity, -Double.infinity)
      let found = drift_gather_finite(values, Int64(count), &out, &low, &high)
      #expect(out.prefix(Int(found)).map(\.bitPattern) == expected.map(\.bitPattern))
      #expect(low == expected.min() ?? .infinity)
      #expect(high == expected.max() ?? -.infinity)
    }
  }
}
