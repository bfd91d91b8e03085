import DriftKit
import DriftTestSupport
import Testing

@Suite("Mean shift: invariances and degenerate samples")
struct MeanShiftPropertyTests {
  /// Multiples of 2^-20, so that adding 1e9 is exact.
  private static func samples() -> (baseline: [Double], current: [Double]) {
    var normal = SeededNormal(seed: 21)
    func dyadic(_ values: [Double]) -> [Double] { values.map { ($0 * 0x1p20).rounded() * 0x1p-20 } }
    return (
      dyadic(normal.sample(5000)), dyadic(normal.sample(3000, mean: 0.1, standardDeviation: 1.5))
    )
  }

  private func expectSame<T: MeanShiftTest>(_ a: T, _ b: T) {
    for closeness in [
      Closeness(a.statistic, to: b.statistic ?? .nan, relative: 1e-9),
      Closeness(a.degreesOfFreedom, to: b.degreesOfFreedom ?? .nan, relative: 1e-9),
      Closeness(a.pValue, to: b.pValue, relative: 1e-9),
    ] {
      #expect(closeness.holds, "\(closeness)")
    }
  }

  private func transforms<T: MeanShiftTest>(_: T.Type) throws {
    let (x, y) = Self.samples()
    let plain = try T(baseline: x, current: y)
    for map in [
      { $0 + 1e9 }, { $0 * 0x1p600 }, { $0 * 0x1p-600 }, { ($0 + 1e9) * 0x1p600 },
      { ($0 - 1e9) * 0x1p-600 },
    ] as [(Double) -> Double] {
      expectSame(try T(baseline: x.map(map), current: y.map(map)), plain)
    }
  }

  @Test("Adding 1e9 and scaling by 2^600 or 2^-600 change nothing")
  func transforms() throws {
    try transforms(WelchTTest.self)
    try transforms(StudentTTest.self)
    let (x, y) = Self.samples()
    let plain = try #require(try HedgesG(baseline: x, current: y))
    for map in [{ $0 + 1e9 }, { $0 * 0x1p600 }, { $0 * 0x1p-600 }] as [(Double) -> Double] {
      let g = try HedgesG(baseline: x.map(map), current: y.map(map))
      let closeness = Closeness(g?.value, to: plain.value, relative: 1e-9)
      #expect(closeness.holds, "\(closeness)")
    }
  }

  @Test("The smallest example at both ends of the range", arguments: [0x1p-600, 1, 0x1p600])
  func tinyExample(scale: Double) throws {
    // t = 2 / sqrt(1/4 + 1/4), two degrees of freedom; p = 1 - t / sqrt(2 + t^2).
    let test = try WelchTTest(
      baseline: [1, 2].map { $0 * scale }, current: [3, 4].map { $0 * scale })
    let t = 8.0.squareRoot()
    for closeness in [
      Closeness(test.statistic, to: t, relative: 1e-15),
      Closeness(test.degreesOfFreedom, to: 2, relative: 1e-15),
      Closeness(test.pValue, to: 1 - t / 10.0.squareRoot(), relative: 1e-14),
      Closeness(test.difference, to: 2 * scale, relative: 0),
    ] {
      #expect(closeness.holds, "\(closeness)")
    }
  }

  @Test("Sides of very different scale do not underflow")
  func mixedScales() throws {
    // Constant 2^600 against 0 and 2: t = (1 - 2^600) / 1, one degree of freedom.
    let test = try WelchTTest(baseline: [0x1p600, 0x1p600], current: [0, 2])
    #expect(test.statistic == -0x1p600)
    #expect(test.degreesOfFreedom == 1)
    let closeness = Closeness(test.pValue, to: 2 / (Double.pi * 0x1p600), relative: 1e-13)
    #expect(closeness.holds, "\(closeness)")
  }

  @Test("Swapping the sides changes the sign and nothing else")
  func swap() throws {
    let (x, y) = Self.samples()
    let forward = try WelchTTest(baseline: x, current: y)
    let backward = try WelchTTest(baseline: y, current: x)
    #expect(forward.statistic == backward.statistic.map { -$0 })
    #expect(forward.pValue == backward.pValue)
    #expect(forward.difference == -backward.difference)
    let (a, b) = (forward.confidenceInterval(), backward.confidenceInterval())
    #expect(a?.lowerBound == b.map { -$0.upperBound })
    let g = try #require(try HedgesG(baseline: x, current: y))
    #expect(try HedgesG(baseline: y, current: x)?.value == -g.value)
    #expect(g.interval.contains(g.value) && forward.difference > 0)
  }

  @Test("The order of the rows does not matter")
  func order() throws {
    let (x, y) = Self.samples()
    var generator = SplitMix64(seed: 22)
    let plain = try WelchTTest(baseline: x, current: y)
    for _ in 0..<5 {
      expectSame(
        try WelchTTest(
          baseline: x.shuffled(using: &generator), current: y.shuffled(using: &generator)), plain)
    }
  }

  private func degenerate<T: MeanShiftTest>(_: T.Type) throws {
    let equal = try T(baseline: Array(repeating: 0.04, count: 10), current: [0.04, 0.04, 0.04])
    #expect(equal.statistic == 0 && equal.pValue == 1 && equal.difference == 0)
    #expect(equal.degreesOfFreedom == nil && equal.confidenceInterval() == nil)
    let different = try T(baseline: [0, 0, 0], current: [1, 1, 1])
    #expect(different.statistic == nil && different.pValue == 0 && different.difference == 1)
    #expect(different.degreesOfFreedom == nil && different.confidenceInterval() == nil)
    let same = try T(baseline: [1, 2, 4], current: [1, 2, 4])
    #expect(same.statistic == 0 && same.pValue == 1)
    for level in [0, 1, -1, 2, Double.nan] {
      #expect(same.confidenceInterval(level: level) == nil)
    }
    for (x, y) in [([1.0], [1.0, 2]), ([1, 2], []), ([.nan, 1, .infinity], [1, 2])] {
      let error = #expect(throws: StatisticsError.self) { try T(baseline: x, current: y) }
      #expect(error?.code == .insufficientData)
    }
  }

  @Test("Constant and too small samples")
  func degenerate() throws {
    try degenerate(WelchTTest.self)
    try degenerate(StudentTTest.self)
    #expect(try HedgesG(baseline: [1, 1], current: [1, 1, 1]) == nil)
    #expect(try HedgesG(baseline: [0, 0], current: [1, 1, 1]) == nil)
    #expect(throws: StatisticsError.self) { try HedgesG(baseline: [1], current: [1, 2]) }
    let error = #expect(throws: StatisticsError.self) {
      try WelchTTest(baseline: [1], current: [1, 2])
    }
    #expect(error?.description.contains("baseline sample has 1 finite value") == true)
  }

  // mpmath 1.3.0: 2 * upper tail of the t distribution; at these sizes also the normal one.
  @Test("A billion rows and more", arguments: [1_000_000_000, 4_000_000_000_000])
  func huge(count: Int) throws {
    let root = (2 / Double(count)).squareRoot()
    let test = try WelchTTest(
      baseline: Moments(count: count, mean: 0, standardDeviation: 1),
      current: Moments(count: count, mean: 5 * root, standardDeviation: 1))
    let t = Closeness(test.statistic, to: 5, relative: 1e-14)
    #expect(t.holds, "\(t)")
    let df = Closeness(test.degreesOfFreedom, to: 2 * Double(count - 1), relative: 1e-14)
    #expect(df.holds, "\(df)")
    let p = Closeness(test.pValue, to: Self.hugeTails[count] ?? .nan, relative: 1e-12)
    #expect(p.holds, "\(p)")
  }

  private static let hugeTails: [Int: Double] = [
    1_000_000_000: 5.733031920767737e-07,
    4_000_000_000_000: 5.733031437704675e-07,
  ]
}
