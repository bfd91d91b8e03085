import CDriftKernels
import DriftTestSupport
import Testing

/// The C loops over pairs of rows, with and without each column, against the definition.
@Suite struct LeaveOutKernelTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let a: Int
    let b: Int
    let width: Int
    /// The standard deviation of a column: 1 is where most kernel values are neither 0 nor 1.
    let spread: Double
    var far = 0.0
    var testDescription: String { "\(a) and \(b) rows of \(width), \(spread), \(far)" }
  }

  static let cases =
    [(1, 1), (2, 64), (64, 63), (17, 5), (64, 64)].flatMap { a, b in
      [1, 2, 7, 63, 64, 65, 130].map { width in
        Case(a: a, b: b, width: width, spread: 1 / Double(width).squareRoot())
      }
    } + [
      Case(a: 64, b: 64, width: 3, spread: 0), Case(a: 30, b: 40, width: 3, spread: 1e-9),
      Case(a: 30, b: 40, width: 3, spread: 1e6), Case(a: 30, b: 40, width: 2, spread: 1e152),
      // One column apart by far more than the others together.
      Case(a: 30, b: 40, width: 3, spread: 0.5, far: 1e9),
      Case(a: 30, b: 40, width: 3, spread: 0.5, far: 11.3),
      Case(a: 30, b: 40, width: 200, spread: 0.05, far: 1e5),
      // Just near enough to be divided by, and just not.
      Case(a: 30, b: 40, width: 2, spread: 1e-7, far: 0.9999),
      Case(a: 30, b: 40, width: 2, spread: 1e-7, far: 1.0001),
    ]

  /// Rows of one side, column by column; behind the last row there is something else.
  private static func columns(_ count: Int, _ item: Case, seed: UInt64) -> [Double] {
    var source = SeededNormal(seed: seed)
    return (0..<(item.width * 64)).map { place in
      let (row, column) = (place % 64, place / 64)
      guard row < count else { return 0.25 }
      let value = source.next() * item.spread
      // Every fourth row is the same on both sides, in all columns but the first.
      return (row % 4 == 3 && column > 0 ? 0.125 : value)
        + (column == 0 && row % 2 == 0 ? item.far : 0)
    }
  }

  private static func withSides(_ item: Case, _ body: (drift_columns, drift_columns) -> Void) {
    columns(item.a, item, seed: 1).withUnsafeBufferPointer { a in
      columns(item.b, item, seed: 2).withUnsafeBufferPointer { b in
        body(
          drift_columns(
            values: a.baseAddress, count: Int32(item.a), width: Int32(item.width)),
          drift_columns(
            values: b.baseAddress, count: Int32(item.b), width: Int32(item.width)))
      }
    }
  }

  @Test(arguments: cases) func agreesWithTheReference(_ item: Case) {
    let unit = 0x1p-41
    Self.withSides(item) { a, b in
      var expected = [Double](repeating: 0, count: item.width + 1)
      var expectedRows = [Double](repeating: 0, count: 64)
      drift_pair_sums_reference(a, b, &expected, &expectedRows)
      var first: (sums: [Int64], rows: [Int64])?
      for kernels in Kernels.all {
        var scratch = [Double](repeating: .nan, count: 8192)
        // What is there is added to.
        var sums = [Int64](repeating: 5, count: item.width + 1)
        var rows = [Int64](repeating: -7, count: 64)
        kernels.loops.pair_sums(a, b, &scratch, &sums)
        kernels.loops.row_kernel_sums(a, b, &scratch, &rows)
        if let first {
          #expect(sums == first.sums && rows == first.rows, "\(kernels)")
          continue
        }
        first = (sums, rows)
        // 3e-12 of a kernel value and half a unit, for every pair.
        let tolerance = Double(item.a * item.b) * 4e-12
        for (sum, value) in zip(sums, expected) {
          let closeness = Closeness(Double(sum - 5) * unit, to: value, absolute: tolerance)
          #expect(closeness.holds, "\(closeness)")
        }
        for (place, (sum, value)) in zip(rows, expectedRows).enumerated() {
          guard place < item.a else {
            #expect(sum == -7)
            continue
          }
          let closeness = Closeness(
            Double(sum + 7) * unit, to: value, absolute: Double(item.b) * 4e-12)
          #expect(closeness.holds, "\(closeness)")
        }
      }
    }
  }

  /// A kernel without the only column is 1 for every pair, and that of a row with itself always.
  @Test(arguments: Kernels.all) func onesAreExact(_ kernels: Kernels) {
    let one: Int64 = 1 << 41
    let item = Case(a: 33, b: 64, width: 1, spread: 3)
    Self.withSides(item) { a, b in
      var scratch = [Double](repeating: 0, count: 8192)
      var sums = [Int64](repeating: 0, count: 2)
      kernels.loops.pair_sums(a, b, &scratch, &sums)
      #expect(sums[0] == 33 * 64 * one)
    }
    let single = Case(a: 1, b: 1, width: 9, spread: 3)
    Self.withSides(single) { a, _ in
      var scratch = [Double](repeating: 0, count: 8192)
      var sums = [Int64](repeating: 0, count: 10)
      kernels.loops.pair_sums(a, a, &scratch, &sums)
      #expect(sums.allSatisfy { $0 == one })
    }
  }
}
