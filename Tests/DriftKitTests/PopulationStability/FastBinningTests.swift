import DriftKit
import DriftTestSupport
import Testing

/// Bins without sorting against bins by sorting, counts by cells against one value at a time.
@Suite("Bins of large columns")
struct FastBinningTests {
  static let methods: [NumericBinning.Method] = [
    .quantile(bins: 10), .quantile(bins: 2), .quantile(bins: 100), .quantile(bins: 1_000),
    .uniform(bins: 10), .uniform(bins: 1), .edges([0, 1, -1, 0.5, 1]),
  ]

  @Test("The same bins, bit by bit", arguments: NastyNumbers.allCases)
  func bins(kind: NastyNumbers) {
    for count in [0, 1, 5, 30, 400, 30_000] {
      let values = kind.sample(count, seed: UInt64(count) &+ 3)
      let sorted = values.filter(\.isFinite).sorted()
      for method in Self.methods {
        let expected = NumericBinning(
          fittingSorted: sorted, hasInfinities: values.contains(where: \.isInfinite),
          method: method, minimumCount: 10)
        for work in Works.all.prefix(count > 1_000 ? 10 : 2) {
          let numbers = Works.chunks(values, seed: 6)
          let binning = NumericBinning(
            fitting: numbers, tally: NumberTally(numbers, work: work), method: method,
            minimumCount: 10, work: work)
          #expect(binning == expected, "\(count), \(method), \(work)")
          // Zeros of both signs are equal, but not in words.
          #expect(
            binning.bins.indices.map { binning.label(of: $0) }
              == expected.bins.indices.map { expected.label(of: $0) }, "\(count), \(method)")
        }
      }
    }
  }

  @Test("The same counts as one value at a time", arguments: NastyNumbers.allCases)
  func counts(kind: NastyNumbers) {
    let baseline = kind.sample(3_000, seed: 12)
    let others = NastyNumbers.allCases.flatMap { $0.sample(200, seed: 13) }
    for method in Self.methods {
      let binning = NumericBinning(fitting: baseline, method: method)
      let edges = binning.bins.indices.compactMap { binning.lower(of: $0) }
      let rows = baseline + others + edges + edges.map(\.nextUp) + edges.map(\.nextDown)
      var expected = [Int](repeating: 0, count: binning.bins.count)
      for value in rows {
        if let bin = binning.bin(of: value) { expected[bin] += 1 }
      }
      #expect(binning.counts(of: rows) == expected)
      for work in Works.all {
        let counter = binning.counter
        let cells = counter.cells(of: Works.chunks(rows, seed: 1), work: work)
        #expect(counter.counts(ofCells: cells) == expected, "\(method), \(work)")
      }
    }
  }

  @Test("The older job's bins and counts", arguments: NastyNumbers.allCases)
  func churnMLOps(kind: NastyNumbers) {
    for count in [0, 1, 12, 5_000] {
      let values = kind.sample(count, seed: 21)
      let expected = ChurnMLOpsBinning(baseline: values.filter { !$0.isNaN })
      let others = values + NastyNumbers.allCases.flatMap { $0.sample(100, seed: 22) }
      var counts = [Int](repeating: 0, count: max(0, expected.edges.count - 1))
      for value in others {
        if let bin = expected.bin(of: value) { counts[bin] += 1 }
      }
      for work in Works.all {
        let numbers = Works.chunks(values, seed: 23)
        let binning = ChurnMLOpsBinning(
          fitting: numbers, tally: NumberTally(numbers, work: work), work: work)
        #expect(binning.edges.map(\.bitPattern) == expected.edges.map(\.bitPattern), "\(count)")
        let cells = binning.counter.cells(of: NumberChunks(others), work: work)
        #expect(binning.counter.counts(ofCells: cells) == counts, "\(count)")
      }
    }
  }
}
