import DriftKit
import DriftTestSupport
import Testing

@Suite("Merging moments")
struct MomentsMergeTests {
  private func expectSame(_ a: Moments, _ b: Moments, _ label: String) {
    #expect(a.count == b.count)
    #expect(a.minimum == b.minimum && a.maximum == b.maximum)
    // Relative to the spread: the mean of centred data may be next to zero.
    let spread = b.standardDeviation ?? 1
    let mean = Closeness(a.mean, to: b.mean ?? .nan, absolute: 1e-12 * spread)
    #expect(mean.holds, "\(label): mean \(mean)")
    let variance = Closeness(a.variance, to: b.variance ?? .nan, relative: 1e-12)
    #expect(variance.holds, "\(label): variance \(variance)")
    // Relative to the third moment of the absolute deviations, which is at least the variance's.
    guard let skewness = b.skewness, a.skewness != nil else { return }
    let third = Closeness(a.skewness, to: skewness, absolute: 1e-11 * max(1, abs(skewness)))
    #expect(third.holds, "\(label): skewness \(third)")
  }

  private func merged(_ parts: [Moments]) -> Moments {
    parts.reduce(into: Moments()) { $0.merge($1) }
  }

  @Test(
    "Any split, in any order, is the whole", arguments: [0.0, 5, 1e9], [1.0, 0x1p600, 0x1p-600])
  func splits(offset: Double, scale: Double) {
    var normal = SeededNormal(seed: 11)
    // Multiples of 2^-20, so that the offset leaves them exact.
    let values = normal.sample(3000).map { (($0 * 0x1p20).rounded() * 0x1p-20 + offset) * scale }
    let whole = Moments(values)
    var generator = SplitMix64(seed: 12)
    for round in 0..<50 {
      let cuts =
        [0]
        + (0..<Int.random(in: 1...40, using: &generator))
        .map { _ in Int.random(in: 0...values.count, using: &generator) }.sorted() + [values.count]
      let parts = zip(cuts, cuts.dropFirst()).map { Moments(values[$0..<$1]) }
      expectSame(merged(parts), whole, "round \(round)")
      expectSame(merged(parts.shuffled(using: &generator)), whole, "shuffled, round \(round)")
    }
  }

  @Test("Associative and commutative, also for very different parts")
  func algebra() {
    var normal = SeededNormal(seed: 13)
    let a = Moments(normal.sample(1000, mean: 1e6, standardDeviation: 1e-3))
    let b = Moments(normal.sample(7, mean: -2, standardDeviation: 100))
    let c = Moments(normal.sample(300, mean: 0x1p80, standardDeviation: 0x1p70))
    let left = merged([merged([a, b]), c])
    expectSame(left, merged([a, merged([b, c])]), "associative")
    expectSame(left, merged([c, b, a]), "commutative")
  }

  @Test("One value at a time agrees with the whole")
  func oneByOne() {
    var normal = SeededNormal(seed: 14)
    let values = normal.sample(4000, mean: 100, standardDeviation: 0.1)
    expectSame(merged(values.map { Moments([$0]) }), Moments(values), "one by one")
  }

  @Test("Merging with nothing changes nothing")
  func identity() {
    let moments = Moments([1, 2, 4])
    #expect(merged([Moments(), moments, Moments()]) == moments)
  }

  @Test("Constant parts: equal ones stay constant, different ones do not")
  func constants() {
    let part = Moments(Array(repeating: 0.1, count: 10))
    #expect(merged([part, part, part]).isConstant)
    #expect(merged([part, part, part]).variance == 0)
    let both = merged([part, Moments(Array(repeating: 0.3, count: 10))])
    #expect(!both.isConstant)
    let variance = Closeness(both.variance, to: 20 * 0.01 / 19, relative: 1e-14)
    #expect(variance.holds, "\(variance)")
  }

  @Test("Summary statistics stand for the data")
  func summary() throws {
    var normal = SeededNormal(seed: 15)
    let values = normal.sample(500, mean: 20, standardDeviation: 3)
    let moments = Moments(values)
    let mean = try #require(moments.mean)
    let deviation = try #require(moments.standardDeviation)
    let summary = try Moments(
      count: 500, mean: mean, standardDeviation: deviation, minimum: moments.minimum,
      maximum: moments.maximum)
    expectSame(summary, moments, "summary")
    let other = Moments(normal.sample(80))
    expectSame(merged([summary, other]), merged([moments, other]), "merged summary")

    let bare = try Moments(count: 3, mean: 1, standardDeviation: 0)
    #expect(bare.isConstant && bare.minimum == nil)
    #expect(merged([bare, other]).minimum == nil)
    #expect(try Moments(count: 0, mean: .nan, standardDeviation: 0) == Moments())
  }

  @Test(
    "Contradictory summaries are refused",
    arguments: [
      (-1, 0, 1, nil, nil), (5, .nan, 1, nil, nil), (5, 0, -1, nil, nil),
      (5, 0, .infinity, nil, nil),
      (1, 0, 1, nil, nil), (5, 0, 1, 2, nil), (5, 0, 1, 2, 1), (5, 0, 1, 2, 2), (5, 0, 0, 1, 2),
      (5, 0, 1, -.infinity, 1),
    ] as [(Int, Double, Double, Double?, Double?)])
  func refused(
    count: Int, mean: Double, deviation: Double, minimum: Double?, maximum: Double?
  ) throws {
    let error = #expect(throws: StatisticsError.self) {
      try Moments(
        count: count, mean: mean, standardDeviation: deviation, minimum: minimum, maximum: maximum)
    }
    #expect(error?.code == .invalidArgument)
  }
}
