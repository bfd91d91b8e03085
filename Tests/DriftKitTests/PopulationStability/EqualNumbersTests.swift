import DriftKit
import DriftTestSupport
import Testing

/// Numbers that are the same but for how they were written do not drift.
@Suite struct EqualNumbersTests {
  @Test("Rounding errors, and single precision, are no difference") func pairs() {
    let plain = EqualNumbers()
    let same: [(Double, Double)] = [
      (0.3, 0.30000000000000004), (0.1, Double(Float(0.1))), (1.23456789, 1.2345679),
      (-2.5e-9, Double(Float(-2.5e-9))), (0, -0.0), (1e300, 1e300.nextUp),
      (1e-40, Double(Float(1e-40))),
    ]
    for (a, b) in same { #expect(plain.areSame(a, b) && plain.areSame(b, a), "\(a) \(b)") }
    let different: [(Double, Double)] = [
      (0, 1e-17), (1, 1.0000001), (0.1, 0.1000001), (16_777_217, 16_777_216), (0.5, -0.5),
      (1e-300, 0), (1.5, 1.5000001),
      (.greatestFiniteMagnitude, -.greatestFiniteMagnitude),
    ]
    for (a, b) in different { #expect(!plain.areSame(a, b) && !plain.areSame(b, a), "\(a) \(b)") }
    #expect(EqualNumbers(scale: 1).areSame(0, 1e-17) && EqualNumbers(scale: 1).areSame(-1e-17, 0))
    #expect(!EqualNumbers(scale: 1).areSame(0, 1e-14))
    for (a, b) in [(3.14159265, 3.141593), (1.0000000000000051, 1.00000000000001)] {
      #expect(plain.areSameConstant(a, b) && plain.areSameConstant(b, a))
    }
    for (a, b) in [(3.14159265, 3.1416), (1.0, 1.0000001), (2.0, 3.0)] {
      #expect(!plain.areSameConstant(a, b))
    }
  }

  /// Ways in which the same numbers are written elsewhere.
  static let writings: [(name: String, write: @Sendable (Double) -> Double)] = [
    ("single", { Double(Float($0)) }),
    ("single, shortest", { Double("\(Float($0))") ?? .nan }),
    ("up", { $0.nextUp }), ("down", { $0.nextDown }),
    ("sum", { ($0 + 0.1) - 0.1 }), ("15 digits", { ($0 * 1e12).rounded() / 1e12 }),
  ]

  private static func single(_ values: [Double]) throws -> Dataset {
    try Dataset([Column("x", values)])
  }

  static func columns(_ count: Int, seed: UInt64) -> [(name: String, values: [Double])] {
    var source = SeededNormal(seed: seed)
    let x = source.sample(count)
    return [
      ("normal", x), ("two digits", x.map { ($0 * 100).rounded() / 100 }),
      ("few", x.map { ($0 * 2).rounded() / 10 + 0.7 }),
      ("mostly zero", x.map { $0 < 0.5 ? 0 : $0 }), ("constant", x.map { _ in 0.1 }),
      ("thirds", x.map { ($0 * 4).rounded() / 3 }),
    ]
  }

  @Test("A column that is written in another precision does not drift", arguments: [200, 1_001])
  func otherPrecision(count: Int) throws {
    for binning in [NumericBinning.Method.quantile(bins: 10), .uniform(bins: 10)] {
      for (name, values) in Self.columns(count, seed: 5) {
        for (writing, write) in Self.writings {
          let other = Array(values.map(write).reversed())
          for (before, after) in [(values, other), (other, values)] {
            var configuration = DriftConfiguration(maximumMeanDiscrepancy: nil)
            configuration.populationStability.binning = binning
            let result = try DriftDetector(
              baseline: Dataset([Column("x", before)]), configuration: configuration
            ).check(Dataset([Column("x", after)]))
            let feature = try #require(result["x"])
            #expect(feature.status == .ok, "\(name), \(writing): \(feature.reasons)")
            // A constant has no index.
            #expect(feature.populationStability?.test.value ?? 0 < 1e-3, "\(name), \(writing)")
          }
        }
      }
    }
  }

  @Test("A profile has the same bins, and merged ones too") func profiles() throws {
    for (name, values) in Self.columns(600, seed: 8) {
      let table = try Self.single(values)
      let other = try Self.single(values.map { Double(Float($0)) })
      let expected = try DriftDetector(baseline: table).check(other)
      let profile = try DatasetProfile(decoding: DatasetProfile(table).encoded())
      let fromProfile = try DriftDetector(baseline: profile).check(other)
      #expect(expected["x"] == fromProfile["x"], "\(name)")
      #expect(expected["x"]?.status == .ok, "\(name): \(expected.reasons)")
    }
  }

  @Test("Drift of as much as a digit is seen") func drift() throws {
    let values = (0..<500).map { $0 % 5 == 0 ? 0.1 : 0.2 }
    let moved = values.map { $0 == 0.1 ? 0.1001 : $0 }
    let result = try DriftDetector(baseline: Self.single(values)).check(Self.single(moved))
    #expect(result["x"]?.populationStability?.status == .fail)
    let constant = try DriftDetector(
      baseline: Self.single(values.map { _ in 0.1 })
    ).check(Self.single(values.map { _ in 0.1001 }))
    #expect(constant.reasons.contains("x: constant 0.1 became 0.1001"))
  }

  @Test("One absurd cell does not make all others one number") func outlier() throws {
    var source = SeededNormal(seed: 2)
    var values = source.sample(1_000)
    values[7] = 1e30
    let result = try DriftDetector(baseline: Self.single(values)).check(
      Self.single(source.sample(1_000).map { $0 + 2 }))
    #expect(result["x"]?.populationStability?.status == .fail)
  }

  @Test("Edges at data points have the values at their right") func edges() {
    let values = (0..<101).map(Double.init)
    let binning = NumericBinning(fitting: values)
    for edge in stride(from: 10.0, to: 100, by: 10) {
      let bin = binning.bin(of: edge)
      #expect(bin == binning.bin(of: edge - 1e-7) && bin == binning.bin(of: edge + 1e-7))
      #expect(bin != binning.bin(of: edge - 1))
    }
    #expect(binning.label(of: 3) == "[30.0, 40.0)")
    // 0.3 of 100 rows in doubles is beside a row.
    let exact = NumericBinning(fitting: (1...11).map { Double($0) * Double($0) })
    #expect(exact.upper(of: 2) == 16)
  }
}
