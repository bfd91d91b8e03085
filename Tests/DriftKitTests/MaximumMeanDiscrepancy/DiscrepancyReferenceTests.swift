import DriftKit
import DriftTestSupport
import Testing

/// The engine against the slow reference, with the same permutations.
@Suite struct DiscrepancyReferenceTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let n: Int
    let m: Int
    let d: Int
    var shift = 0.0
    var kind = Kind.normal
    var testDescription: String { "\(n) and \(m) rows of \(d), \(kind), shift \(shift)" }
  }

  enum Kind: Sendable { case normal, heavy, binary, duplicates, clusters, missing }

  static let shapes = [
    Shape(n: 2, m: 2, d: 1), Shape(n: 3, m: 70, d: 2, shift: 1), Shape(n: 64, m: 64, d: 5),
    Shape(n: 65, m: 63, d: 64, shift: 0.1), Shape(n: 130, m: 40, d: 65),
    Shape(n: 40, m: 30, d: 200, shift: 0.2), Shape(n: 100, m: 90, d: 3, kind: .heavy),
    Shape(n: 80, m: 120, d: 1, kind: .binary), Shape(n: 90, m: 60, d: 2, kind: .duplicates),
    Shape(n: 60, m: 60, d: 2, kind: .clusters), Shape(n: 70, m: 50, d: 4, kind: .missing),
    // Above the size that is computed in double precision all the same.
    Shape(n: 300, m: 280, d: 30), Shape(n: 500, m: 50, d: 7, shift: 0.3),
    Shape(n: 290, m: 260, d: 1, kind: .heavy), Shape(n: 270, m: 290, d: 1, kind: .binary),
    Shape(n: 300, m: 300, d: 2, kind: .clusters), Shape(n: 280, m: 300, d: 3, kind: .missing),
    Shape(n: 270, m: 250, d: 1000, shift: 0.02), Shape(n: 520, m: 2, d: 1),
  ]

  static func rows(_ shape: Shape, _ count: Int, seed: UInt64, shift: Double) -> [[Double]] {
    var normal = SeededNormal(seed: seed)
    var uniform = SplitMix64(seed: seed &+ 99)
    return (0..<count).map { row in
      (0..<shape.d).map { _ in
        let z = normal.next()
        switch shape.kind {
        case .normal: return z + shift
        case .heavy: return exponential(2.5 * z) + shift
        case .binary: return z + shift > 0.4 ? 1 : 0
        case .duplicates: return (z + shift).rounded()
        // Two tight clusters far apart: nearby rows have almost all digits in common.
        case .clusters: return (row % 2 == 0 ? 1e6 : -1e6) + 1e-3 * z
        case .missing: return uniform.next() % 5 == 0 ? .nan : z + shift
        }
      }
    }
  }

  @Test(arguments: shapes, MaximumMeanDiscrepancy.Precision.allCases)
  func agreesWithReference(_ shape: Shape, _ precision: MaximumMeanDiscrepancy.Precision) throws {
    let x = Self.rows(shape, shape.n, seed: 1, shift: 0)
    let y = Self.rows(shape, shape.m, seed: 2, shift: shape.shift)
    var options = MaximumMeanDiscrepancy.Options.oneKernel
    options.permutations = 79
    options.precision = precision
    options.threads = 2
    let result = try MaximumMeanDiscrepancy(
      baseline: SampleMatrix(rows: x), current: SampleMatrix(rows: y), options: options)
    let reference = SlowReference(
      x, y, memberships: try .rows(shape.n, shape.m, permutations: 79))
    let tolerance = precision == .double ? 1e-11 : 1e-6
    for closeness in [
      Closeness(result.statistic, to: reference.statistic, absolute: tolerance),
      // The clusters' spread is 1e-9 of their distance: the reference itself keeps 7 digits of it.
      Closeness(
        result.bandwidth, to: reference.sigma,
        relative: shape.kind == .clusters ? 1e-6 : 1e-11),
      Closeness(result.pValue, to: reference.pValue, absolute: 1e-15),
    ] where shape.kind != .clusters || closeness.tolerance != 1e-11 {
      #expect(closeness.holds, "\(closeness)")
    }
    #expect(result.nullStatistics.count == result.permutations)
    guard shape.kind != .clusters else { return }
    for (value, expected) in zip(result.nullStatistics, reference.nullStatistics) {
      // In single precision, kernel values are rounded to 2^-18 for the sums over permutations.
      let closeness = Closeness(
        value, to: expected, absolute: precision == .double ? tolerance : 0x1p-17)
      #expect(closeness.holds, "\(closeness)")
    }
  }

  @Test func thereIsNoNullWhenAllRowsAreEqual() throws {
    let rows = try SampleMatrix(columns: [[3, 3, 3]])
    let result = try MaximumMeanDiscrepancy(baseline: rows, current: rows)
    #expect(result.pValue == 1)
    #expect(result.nullStatistics.isEmpty)
  }

  @Test(arguments: MaximumMeanDiscrepancy.Precision.allCases)
  func blocksAgreeWithSums(_ precision: MaximumMeanDiscrepancy.Precision) throws {
    // Unequal sizes that leave rows over: 1,003 / 3 and 2,000 / 3.
    let (n, m) = (1003, 2000)
    let x = Self.rows(Shape(n: n, m: m, d: 2), n, seed: 5, shift: 0)
    let y = Self.rows(Shape(n: n, m: m, d: 2), m, seed: 6, shift: 0.06)
    var options = MaximumMeanDiscrepancy.Options.oneKernel
    options.unit = .blocks
    options.permutations = 29
    options.precision = precision
    let result = try MaximumMeanDiscrepancy(
      baseline: SampleMatrix(rows: x), current: SampleMatrix(rows: y), options: options)
    #expect(result.blockSize == 3 && result.baselineRows == 1002 && result.currentRows == 1998)
    // The same rows in the same blocks, by the definition.
    func inBlocks(_ rows: [[Double]], _ stream: UInt64) -> [[Double]] {
      Sampling.shuffled(rows.count, seed: 0, stream: stream, purpose: .blockOrder)
        .prefix(rows.count / 3 * 3).map { rows[$0] }
    }
    let units = PermutationUnits.blocks(of: 3, baseline: n, current: m)
    let memberships = try Memberships(
      units: units, permutations: 29, seed: 0, threads: 1, progress: { _ in })
    let reference = SlowReference(
      inBlocks(x, 0), inBlocks(y, 1), memberships: memberships, rowsOfUnit: 3)
    #expect(Closeness(result.bandwidth, to: reference.sigma, relative: 1e-11).holds)
    let tolerance = precision == .double ? 1e-11 : 1e-6
    #expect(Closeness(result.statistic, to: reference.statistic, absolute: tolerance).holds)
    #expect(result.pValue == reference.pValue)
    #expect(result.nullStatistics.count == reference.nullStatistics.count)
    for (value, expected) in zip(result.nullStatistics, reference.nullStatistics) {
      let closeness = Closeness(
        value, to: expected, absolute: precision == .double ? tolerance : 0x1p-17)
      #expect(closeness.holds, "\(closeness)")
    }
  }

  @Test func blocksAgreeWithReference() throws {
    // Blocks of 1 row are rows in another order; larger ones against sums over the blocks.
    let shape = Shape(n: 1100, m: 1030, d: 2, shift: 0.1)
    let x = Self.rows(shape, shape.n, seed: 3, shift: 0)
    let y = Self.rows(shape, shape.m, seed: 4, shift: shape.shift)
    var options = MaximumMeanDiscrepancy.Options.oneKernel
    options.unit = .blocks
    options.permutations = 99
    let result = try MaximumMeanDiscrepancy(
      baseline: SampleMatrix(rows: x), current: SampleMatrix(rows: y), options: options)
    #expect(result.unit == .blocks && result.blockSize == 2)
    #expect(result.baselineRows == 1100 && result.currentRows == 1030)
    // All rows take part, so the statistic is that of single rows.
    options.unit = .rows
    options.precision = .double
    let rows = try MaximumMeanDiscrepancy(
      baseline: SampleMatrix(rows: x), current: SampleMatrix(rows: y), options: options)
    #expect(Closeness(result.statistic, to: rows.statistic, absolute: 1e-6).holds)
    #expect(rows.unit == .rows && rows.blockSize == 1)
  }
}
