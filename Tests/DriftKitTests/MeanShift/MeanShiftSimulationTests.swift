import DriftKit
import DriftTestSupport
import Testing

/// Claims about error rates, from 2,000 seeded runs each. A share has a standard error of at most
/// 1.12 % then, and of 0.49 % at a true 5 %: the bounds below are some three to four of them.
@Suite("Mean shift: error rates")
struct MeanShiftSimulationTests {
  static let runs = 2000

  struct Setting: Sendable, CustomTestStringConvertible {
    let sizes: (Int, Int)
    let deviations: (Double, Double)
    /// The share of p-values below 0.05 that is to be expected.
    let welch: ClosedRange<Double>
    let pooled: ClosedRange<Double>
    var testDescription: String { "sizes \(sizes), standard deviations \(deviations)" }
  }

  static let settings = [
    Setting(
      sizes: (100, 100), deviations: (1, 1), welch: 0.035...0.065, pooled: 0.035...0.065),
    // The large sample has the small variance: the pooled test is wrong in every second run.
    Setting(sizes: (1000, 10), deviations: (1, 3), welch: 0.035...0.065, pooled: 0.40...0.55),
    // The other way round it never sees anything.
    Setting(sizes: (1000, 10), deviations: (3, 1), welch: 0.035...0.065, pooled: 0...0.005),
  ]

  @Test(
    "With equal means Welch's test keeps its level, the pooled one does not", arguments: settings)
  func level(_ setting: Setting) throws {
    var normal = SeededNormal(seed: 31)
    var (welch, pooled) = (0, 0)
    for _ in 0..<Self.runs {
      let x = Moments(normal.sample(setting.sizes.0, standardDeviation: setting.deviations.0))
      let y = Moments(normal.sample(setting.sizes.1, standardDeviation: setting.deviations.1))
      if try WelchTTest(baseline: x, current: y).pValue < 0.05 { welch += 1 }
      if try StudentTTest(baseline: x, current: y).pValue < 0.05 { pooled += 1 }
    }
    let shares = (Double(welch) / Double(Self.runs), Double(pooled) / Double(Self.runs))
    #expect(setting.welch.contains(shares.0), "Welch \(shares.0)")
    #expect(setting.pooled.contains(shares.1), "pooled \(shares.1)")
  }

  @Test("Without a shift the p-values are uniform (Kolmogorov-Smirnov)")
  func uniform() throws {
    var normal = SeededNormal(seed: 32)
    let pValues = try (0..<Self.runs).map { _ in
      try WelchTTest(
        baseline: normal.sample(60), current: normal.sample(25, standardDeviation: 2)
      ).pValue
    }.sorted()
    let distance = pValues.enumerated().map { rank, p in
      max(p - Double(rank) / Double(Self.runs), Double(rank + 1) / Double(Self.runs) - p)
    }.max()
    // 1.63 / sqrt(runs): the 1 % point.
    #expect((distance ?? 1) < 1.63 / Double(Self.runs).squareRoot())
  }

  @Test("Intervals cover the true difference", arguments: [0.8, 0.95, 0.99])
  func coverage(level: Double) throws {
    var normal = SeededNormal(seed: 33)
    var covered = 0
    for _ in 0..<Self.runs {
      let test = try WelchTTest(
        baseline: normal.sample(40, mean: 10, standardDeviation: 1),
        current: normal.sample(15, mean: 10.7, standardDeviation: 3))
      if test.confidenceInterval(level: level)?.contains(0.7) == true { covered += 1 }
    }
    let share = Double(covered) / Double(Self.runs)
    let error = (level * (1 - level) / Double(Self.runs)).squareRoot()
    #expect((share - level).magnitude < 4 * error, "\(share)")
  }

  @Test("Intervals of g cover the true effect, and g has no bias", arguments: [0, 0.5, 1.0])
  func effect(delta: Double) throws {
    var normal = SeededNormal(seed: 34)
    var (covered, sum) = (0, 0.0)
    for _ in 0..<Self.runs {
      let g = try #require(
        try HedgesG(baseline: normal.sample(20), current: normal.sample(15, mean: delta)))
      if g.interval.contains(delta) { covered += 1 }
      sum += g.value
    }
    let share = Double(covered) / Double(Self.runs)
    #expect(share > 0.93 && share < 0.97, "\(share)")
    // The standard deviation of g is about 0.36 here; Cohen's d would be 0.023 too large at 1.
    let bias = sum / Double(Self.runs) - delta
    #expect(bias.magnitude < 0.02, "\(bias)")
  }
}
