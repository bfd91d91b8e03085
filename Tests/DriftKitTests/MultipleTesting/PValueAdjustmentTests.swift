import DriftKit
import DriftTestSupport
import Testing

@Suite("Adjusted p-values")
struct PValueAdjustmentTests {
  // statsmodels 0.15.0, multipletests(method="holm" and "fdr_bh"); the same as R's p.adjust. The
  // second list is the example of Benjamini & Hochberg 1995, section 3.2.
  struct Case: Sendable, CustomTestStringConvertible {
    let pValues: [Double]
    let holm: [Double]
    let benjaminiHochberg: [Double]
    var testDescription: String { "\(pValues.count) p-values" }
  }

  static let cases = [
    Case(
      pValues: [0.01, 0.02, 0.03, 0.04, 0.05], holm: [0.05, 0.08, 0.09, 0.09, 0.09],
      benjaminiHochberg: [0.05, 0.05, 0.05, 0.05, 0.05]),
    Case(
      pValues: [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0,
      ],
      holm: [
        0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1,
      ],
      benjaminiHochberg: [
        0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714285714286, 0.06385714285714286, 0.0645,
        0.0765, 0.486, 0.5811818181818182, 0.714875, 0.7532307692307693, 0.8132142857142857, 1,
      ]),
    Case(
      pValues: [0.8, 0.001, 0.04, 0.04, 0.3, 0.012], holm: [0.8, 0.006, 0.16, 0.16, 0.6, 0.06],
      benjaminiHochberg: [0.8, 0.006, 0.06, 0.06, 0.36, 0.036]),
  ]

  @Test("Agree with statsmodels and R, in the order given", arguments: cases)
  func reference(_ example: Case) {
    let pairs = [
      (PValueAdjustment.holm, example.holm),
      (.benjaminiHochberg, example.benjaminiHochberg), (.none, example.pValues),
    ]
    for (method, expected) in pairs {
      let adjusted = method.adjust(example.pValues)
      #expect(adjusted.count == expected.count)
      for (actual, expected) in zip(adjusted, expected) {
        let closeness = Closeness(actual, to: expected, relative: 1e-14)
        #expect(closeness.holds, "\(method): \(closeness)")
      }
    }
  }

  @Test("Shuffling the p-values shuffles the result", arguments: PValueAdjustment.allCases)
  func order(method: PValueAdjustment) {
    var generator = SplitMix64(seed: 5)
    let pValues = Self.cases[1].pValues
    let adjusted = method.adjust(pValues)
    for _ in 0..<20 {
      let order = pValues.indices.shuffled(using: &generator)
      #expect(method.adjust(order.map { pValues[$0] }) == order.map { adjusted[$0] })
    }
  }

  @Test("Never below the raw value, never above 1, Holm never below Benjamini-Hochberg")
  func bounds() {
    var generator = SplitMix64(seed: 6)
    for count in [1, 2, 10, 500] {
      let pValues = (0..<count).map { _ in Double.random(in: 0...1, using: &generator) }
      let holm = PValueAdjustment.holm.adjust(pValues)
      let stepUp = PValueAdjustment.benjaminiHochberg.adjust(pValues)
      for index in pValues.indices {
        #expect(holm[index] >= stepUp[index])
        #expect(stepUp[index] >= pValues[index] && holm[index] <= 1)
      }
    }
  }

  @Test("Empty lists, zeros and values that are not numbers", arguments: PValueAdjustment.allCases)
  func edges(method: PValueAdjustment) {
    #expect(method.adjust([]) == [])
    #expect(method.adjust([0.2]) == [0.2])
    #expect(method.adjust([0, 0, 1]) == [0, 0, 1])
    let adjusted = method.adjust([0.5, .nan, 0.001])
    #expect(adjusted[1].isNaN)
    #expect([adjusted[0], adjusted[2]] == method.adjust([0.5, 0.001]))
  }

  @Test("Names as in the configuration")
  func names() {
    #expect(PValueAdjustment.allCases.map(\.rawValue) == ["holm", "bh", "none"])
  }
}
