import CDriftKernels
import DriftTestSupport
import Testing

/// The C kernels of a block against differences and exp, on shapes and values that hurt.
@Suite struct KernelBlockTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rows: Int
    let columns: Int
    let spread: Double
    let offset: Double
    let sigma: Double
    var testDescription: String { "\(rows) x \(columns), \(offset) +- \(spread), sigma \(sigma)" }
  }

  static let cases = [1, 2, 7, 31, 63, 64].flatMap { rows in
    [
      Case(rows: rows, columns: 1, spread: 1, offset: 0, sigma: 1),
      Case(rows: rows, columns: 5, spread: 1, offset: 0, sigma: 2),
      Case(rows: rows, columns: 30, spread: 1, offset: 0, sigma: 5),
      Case(rows: rows, columns: 3, spread: 1e-4, offset: 1, sigma: 1e-4),
      Case(rows: rows, columns: 2, spread: 1e-9, offset: 1, sigma: 1e-9),
      Case(rows: rows, columns: 2, spread: 0, offset: 5, sigma: 1),
      Case(rows: rows, columns: 2, spread: 1e3, offset: 0, sigma: 1),
      Case(rows: rows, columns: 2, spread: 1, offset: 0, sigma: 1e6),
    ]
  }

  /// Rows of doubles, and what the C functions want to know of them.
  final class Rows {
    let values: [Double]
    let norms: [Double]
    let values32: [Float]
    let norms32: [Float]

    /// `scale` is what the rows in single precision are multiplied with.
    init(_ item: Case, seed: UInt64, scale: Double) {
      var source = SeededNormal(seed: seed)
      let width = item.columns
      values = (0..<(item.rows * width)).map { index in
        // Every fourth row once more: exact duplicates.
        (index / width % 4 == 3 ? 0.25 : source.next()) * item.spread
          + (index / width % 2 == 0 ? item.offset : -item.offset)
      }
      values32 = values.map { Float($0 * scale) }
      let (values, values32) = (values, values32)
      norms = (0..<item.rows).map { row in
        (0..<width).reduce(0) { $0 + values[row * width + $1] * values[row * width + $1] }
      }
      norms32 =
        (0..<item.rows).map { row in
          Float(
            (0..<width).reduce(0.0) {
              $0 + Double(values32[row * width + $1]) * Double(values32[row * width + $1])
            })
        } + Array(repeating: 0, count: Int(DRIFT_BLOCK))
    }
  }

  private static func compute(
    _ item: Case, scale: Double = 1, _ body: (drift_side, [Double], [Float], Double) -> Void
  ) {
    let rows = Rows(item, seed: 7, scale: scale)
    let size = Int(DRIFT_BLOCK)
    var products = [Double](repeating: 0, count: size * size)
    var products32 = [Float](repeating: 0, count: size * size)
    for i in 0..<item.rows {
      for j in 0..<item.rows {
        for k in 0..<item.columns {
          let (a, b) = (i * item.columns + k, j * item.columns + k)
          products[i * size + j] += rows.values[a] * rows.values[b]
          products32[i * size + j] += rows.values32[a] * rows.values32[b]
        }
      }
    }
    rows.values.withUnsafeBufferPointer { values in
      rows.norms.withUnsafeBufferPointer { norms in
        rows.norms32.withUnsafeBufferPointer { norms32 in
          let side = drift_side(
            rows: values.baseAddress, norms: norms.baseAddress, norms32: norms32.baseAddress,
            count: Int32(item.rows))
          body(side, products, products32, 0.5 / (item.sigma * item.sigma))
        }
      }
    }
  }

  @Test(arguments: cases) func kernelsAgreeWithReference(_ item: Case) {
    let size = Int(DRIFT_BLOCK)
    // 1.44 = 1 / ln 2: kernel values become powers of two.
    let scale = 1.4426950408889634.squareRoot() / item.sigma
    Self.compute(item, scale: scale) { side, products, products32, gamma in
      var reference = [Double](repeating: 0, count: size * size)
      var double = [Int64](repeating: 0, count: size * size)
      let width = Int32(item.columns)
      drift_kernel_block_reference(side, side, width, gamma, 1, &reference)
      drift_kernel_block_f64(products, side, side, width, gamma, 1, &double)
      let singles = Kernels.all.map { kernels in
        var single = [Int32](repeating: 0, count: size * size)
        var exponents = [Float](repeating: 0, count: size * size)
        kernels.loops.exponents_f32(side, side, &exponents)
        for place in exponents.indices { exponents[place] += products32[place] }
        kernels.loops.kernel_block_f32(exponents, side, side, width, gamma, 1, 1, &single)
        return single
      }
      var worst = (single: 0.0, double: 0.0)
      for i in 0..<item.rows {
        for j in 0..<item.rows {
          let place = i * size + j
          let single = singles[0][place]
          #expect(singles.allSatisfy { $0[place] == single })
          worst.single = max(worst.single, abs(Double(single) * 0x1p-22 - reference[place]))
          worst.double = max(worst.double, abs(Double(double[place]) * 0x1p-41 - reference[place]))
        }
      }
      #expect(worst.single < 1e-6)
      #expect(worst.double < 1e-12)
      #expect(singles[0][0] == 0 && double[0] == 0)
    }
  }

  /// Several kernels summed over units at once against one after the other, and rows whose digits cancel.
  @Test(arguments: cases, Kernels.all)
  func unitSumsOfSeveralKernels(_ item: Case, _ kernels: Kernels) {
    let (size, units) = (Int(DRIFT_BLOCK), 40)
    let scale = 1.4426950408889634.squareRoot() / item.sigma
    let loops = kernels.loops
    let width = Int32(item.columns)
    let ratios: [Float] = [1, 0.45, 0.2, 0.003]
    Self.compute(item, scale: scale) { side, _, products, gamma in
      var exponents = [Float](repeating: 0, count: size * size)
      loops.exponents_f32(side, side, &exponents)
      for place in exponents.indices { exponents[place] += products[place] }
      for (diagonal, unitRows) in [(Int32(1), 3), (0, 3), (0, 40), (0, 1)] {
        let rowUnits = (0..<size).map { Int32($0 / unitRows % units) }
        let columnUnits = (0..<size).map { Int32(($0 + 1) / unitRows % units) }
        var apart = [Int64](repeating: 0, count: ratios.count * units * units)
        var together = apart
        for (place, ratio) in ratios.enumerated() {
          var kernel = [Int32](repeating: 0, count: size * size)
          loops.kernel_block_f32(
            exponents, side, side, width, gamma * Double(ratio), ratio, diagonal, &kernel)
          apart.withUnsafeMutableBufferPointer {
            loops.unit_sums_i32(
              kernel, side.count, side.count, rowUnits, columnUnits, 0, Int64(units),
              1 - diagonal, $0.baseAddress.unsafelyUnwrapped + place * units * units)
          }
        }
        together.withUnsafeMutableBufferPointer { sums in
          let all = ratios.enumerated().map { place, ratio in
            drift_kernel(
              gamma: gamma * Double(ratio), ratio: ratio,
              sums: sums.baseAddress.unsafelyUnwrapped + place * units * units)
          }
          loops.unit_kernels_f32(
            exponents, side, side, width, diagonal, all, Int32(all.count), rowUnits, columnUnits,
            0, Int64(units))
        }
        #expect(together == apart)
      }
    }
  }

  @Test(arguments: cases, Kernels.all)
  func bracketsAgreeWithDistances(_ item: Case, _ kernels: Kernels) {
    let size = Int(DRIFT_BLOCK)
    let rows = Rows(item, seed: 7, scale: 1)
    let loops = kernels.loops
    let width = item.columns
    Self.compute(item) { side, _, products, _ in
      var exact: [Double] = []
      rows.values.withUnsafeBufferPointer { values in
        for i in 0..<item.rows {
          for j in (i + 1)..<max(i + 1, item.rows) {
            let difference = (0..<width).reduce(0.0) {
              let step = values[i * width + $1] - values[j * width + $1]
              return $0 + step * step
            }
            let start = values.baseAddress.unsafelyUnwrapped
            let distance = loops.squared_distance(
              start + i * width, start + j * width, Int32(width))
            #expect(Closeness(distance, to: difference, relative: 1e-14).holds)
            exact.append(distance)
          }
        }
      }
      exact.sort()
      // Bounds that are distances themselves, that are between, outside, and equal.
      let some = exact.isEmpty ? [1] : [exact[exact.count / 3], exact[exact.count / 2]]
      for low in some + [-1, 0, some[0] * (1 + 1e-12)] {
        for high in some + [.infinity, low] where high >= low {
          var bracket = drift_bracket()
          (bracket.low, bracket.high) = (low, high)
          var kept = [Double](repeating: 0, count: size * size)
          loops.bracket_block(products, side, side, Int32(width), 1, &bracket, &kept)
          #expect(Int(bracket.below) == exact.count { $0 < low })
          #expect(Int(bracket.at_low) == exact.count { $0 == low })
          #expect(Int(bracket.at_high) == (high > low ? exact.count { $0 == high } : 0))
          let between = exact.filter { $0 > low && $0 < high }
          #expect(kept[..<Int(bracket.between)].sorted() == between)
        }
      }
    }
  }
}
