import DriftKit
import DriftTestSupport
import Testing

@Suite("Moments")
struct MomentsTests {
  /// The certified univariate sets of NIST's Statistical Reference Datasets. The inputs of the last
  /// two are no binary numbers, which alone costs digits of the standard deviation.
  struct Certified: Sendable, CustomTestStringConvertible {
    let name: String
    let values: [Double]
    let mean: Double
    let standardDeviation: Double
    let tolerance: Double
    var testDescription: String { name }
  }

  static let certified = [
    Certified(
      name: "NumAcc1", values: [10_000_001, 10_000_003, 10_000_002], mean: 10_000_002,
      standardDeviation: 1, tolerance: 0),
    Certified(
      name: "NumAcc2", values: [1.2] + (0..<500).flatMap { _ in [1.1, 1.3] }, mean: 1.2,
      standardDeviation: 0.1, tolerance: 1e-14),
    Certified(
      name: "NumAcc3",
      values: [1_000_000.2] + (0..<500).flatMap { _ in [1_000_000.1, 1_000_000.3] },
      mean: 1_000_000.2, standardDeviation: 0.1, tolerance: 1e-9),
    Certified(
      name: "NumAcc4",
      values: [10_000_000.2] + (0..<500).flatMap { _ in [10_000_000.1, 10_000_000.3] },
      mean: 10_000_000.2, standardDeviation: 0.1, tolerance: 1e-8),
  ]

  @Test("NIST's certified values", arguments: certified)
  func nist(_ set: Certified) {
    let moments = Moments(set.values)
    #expect(moments.count == set.values.count)
    let mean = Closeness(moments.mean, to: set.mean, relative: 2e-16)
    #expect(mean.holds, "\(mean)")
    let deviation = Closeness(
      moments.standardDeviation, to: set.standardDeviation, relative: set.tolerance)
    #expect(deviation.holds, "\(deviation)")
  }

  @Test(
    "The block-wise passes agree with a plain two-pass reference at every size",
    arguments: [1, 2, 3, 7, 8, 9, 15, 16, 17, 2047, 2048, 2049, 5000, 10_001])
  func sizes(count: Int) {
    var normal = SeededNormal(seed: UInt64(count))
    let values = normal.sample(count, mean: 3, standardDeviation: 2)
    let moments = Moments(values)
    let reference = Reference(values)
    #expect(moments.count == count)
    #expect(moments.minimum == values.min())
    #expect(moments.maximum == values.max())
    let mean = Closeness(moments.mean, to: reference.mean, relative: 1e-14)
    #expect(mean.holds, "\(mean)")
    if count > 1 {
      let variance = Closeness(moments.variance, to: reference.variance, relative: 1e-13)
      #expect(variance.holds, "\(variance)")
      let skewness = Closeness(moments.skewness, to: reference.skewness, absolute: 1e-13)
      #expect(skewness.holds, "\(skewness)")
    }
  }

  @Test("The skewness of small samples, by hand, and where there is none")
  func skewness() throws {
    // Deviations -1, -1, 2: k2 = 2, k3 = 2.
    let skewness = Closeness(Moments([0, 0, 3]).skewness, to: 0.5.squareRoot(), relative: 1e-15)
    #expect(skewness.holds, "\(skewness)")
    #expect(Moments([0, 0, 3]).skewness == Moments([0, 0, -3]).skewness.map { -$0 })
    #expect(Moments([1, 2, 3]).skewness == 0)
    for values in [[], [1], [0.04, 0.04, 0.04]] { #expect(Moments(values).skewness == nil) }
    let summary = try Moments(count: 10, mean: 1, standardDeviation: 2)
    #expect(summary.skewness == nil)
    var merged = Moments([1, 2, 4])
    merged.merge(summary)
    #expect(merged.skewness == nil)
  }

  @Test("Arrays, slices, buffers and lazy collections give the same value")
  func storage() {
    var normal = SeededNormal(seed: 1)
    let values = normal.sample(5000)
    let expected = Moments(values)
    #expect(Moments(values[...]) == expected)
    #expect(Moments(values.lazy.map { $0 }) == expected)
    #expect(values.withUnsafeBufferPointer { Moments($0) } == expected)
  }

  @Test("Values that are not finite are skipped and not counted")
  func notFinite() {
    var normal = SeededNormal(seed: 2)
    let values = normal.sample(5000)
    var dirty = values
    for (offset, index) in [0, 1, 2000, 2047, 2048, 4999].enumerated() {
      dirty.insert([.nan, .infinity, -.infinity][offset % 3], at: index)
    }
    let (clean, skipped) = (Moments(values), Moments(dirty))
    #expect(skipped.count == 5000)
    #expect(skipped.minimum == clean.minimum && skipped.maximum == clean.maximum)
    let mean = Closeness(skipped.mean, to: Reference(values).mean, absolute: 1e-15)
    #expect(mean.holds, "\(mean)")
    let variance = Closeness(skipped.variance, to: Reference(values).variance, relative: 1e-13)
    #expect(variance.holds, "\(variance)")
    #expect(Moments([.nan, .infinity, -.infinity]) == Moments())
  }

  @Test("No value, one value, constants")
  func small() {
    let empty = Moments()
    #expect(empty.count == 0 && empty.mean == nil && empty.variance == nil)
    #expect(empty.minimum == nil && empty.maximum == nil && !empty.isConstant)
    #expect(Moments([Double]()) == empty)
    let one = Moments([4.25])
    #expect(one.mean == 4.25 && one.variance == nil && one.standardDeviation == nil)
    #expect(one.isConstant)
    // 0.04 has no exact binary form: rounding must not make it vary (scipy issue 16055).
    let constant = Moments(Array(repeating: 0.04, count: 5001))
    #expect(constant.isConstant && constant.variance == 0 && constant.mean == 0.04)
    #expect(Moments([0.0, -0.0]).isConstant)
    #expect(!Moments([1, 1.0.nextUp]).isConstant)
  }

  @Test("The ends of the number range")
  func extremes() {
    let largest = Double.greatestFiniteMagnitude
    let wide = Moments([largest, -largest, largest, -largest])
    #expect(wide.mean == 0 && wide.variance == .infinity)
    let same = Moments([largest, largest])
    #expect(same.mean == largest && same.variance == 0)
    let tiny = Moments([Double.leastNonzeroMagnitude, 0])
    #expect(!tiny.isConstant && tiny.minimum == 0 && tiny.maximum == Double.leastNonzeroMagnitude)
    // A variance of 2 * 2^1200 / 3 overflows; its root does not.
    let deviation = Closeness(
      Moments([0x1p600, -0x1p600, 0x1p600, -0x1p600]).standardDeviation,
      to: 0x1p600 * (4.0 / 3).squareRoot(), relative: 1e-15)
    #expect(deviation.holds, "\(deviation)")
  }

  @Test("An outlier in front costs no digits")
  func outlierFirst() {
    // Sum 1e9 + 0 + 1 + 0 + 1 ... over 2001 values, by hand.
    let values = [1e9] + (0..<2000).map { Double($0 % 2) }
    let n = 2001.0
    let sum = 1e9 + 1000
    let expected = (1e18 + 1000 - sum * (sum / n)) / (n - 1)
    // 256 additions to each lane of a block, half a unit in the last place each: 256 * 2^-53.
    let closeness = Closeness(Moments(values).variance, to: expected, relative: 0x1p-45)
    #expect(closeness.holds, "\(closeness)")
  }
}

/// The obvious way: two passes over all values, compensated sums.
struct Reference {
  let mean: Double
  let variance: Double
  let skewness: Double

  init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = Self.sum(values) / count
    self.mean = mean
    let squares = Self.sum(values.map { ($0 - mean) * ($0 - mean) })
    variance = squares / (count - 1)
    let cubes = Self.sum(values.map { ($0 - mean) * ($0 - mean) * ($0 - mean) })
    skewness = cubes / count / ((squares / count) * (squares / count).squareRoot())
  }

  /// Neumaier's summation.
  private static func sum(_ values: [Double]) -> Double {
    var (sum, low) = (0.0, 0.0)
    for value in values {
      let next = sum + value
      low += sum.magnitude >= value.magnitude ? (sum - next) + value : (value - next) + sum
      sum = next
    }
    return sum + low
  }
}
