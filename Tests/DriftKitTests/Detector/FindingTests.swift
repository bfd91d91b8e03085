import DriftTestSupport
import Foundation
import Testing

import DriftKit

/// Findings as values: decided once, of which the words are made.
@Suite struct FindingTests {
  private static func result(
    _ change: (inout DriftConfiguration) -> Void = { _ in }
  ) throws -> DriftResult {
    var source = SeededNormal(seed: 7)
    let x = source.sample(400)
    let plans = (0..<400).map { $0 % 2 == 0 ? "month" : "year" }
    let baseline = try Dataset([
      Column("tempo", x), Column("mood", source.sample(400)), Column("gone", x),
      Column("empty", x), Column("fixed", [Double](repeating: 1, count: 400)),
      Column("plan", plans as [String?]),
    ])
    let current = try Dataset([
      Column("tempo", source.sample(400).map { $0 + 2 }), Column("mood", source.sample(400)),
      Column("empty", [Double](repeating: .nan, count: 400)),
      Column("fixed", [Double](repeating: 2, count: 400)),
      Column("plan", plans.map { $0 == "year" ? "week" : $0 } as [String?]),
    ])
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 499
    change(&configuration)
    return try DriftDetector(baseline: baseline, configuration: configuration).check(current)
  }

  @Test("Each test that fails is a finding with what was observed and the limit that it passed")
  func values() throws {
    let result = try Self.result()
    let tempo = try #require(result["tempo"])
    let stability = try #require(tempo.finding(of: .populationStability))
    #expect(stability.subject == .feature("tempo") && stability.status == .fail)
    #expect(stability.observed == tempo.populationStability?.test.value && stability.limit == 0.25)
    #expect(stability.adjustedPValue == tempo.populationStability?.adjustedPValue)
    let shift = try #require(tempo.finding(of: .meanShift))
    #expect(shift.observed == tempo.meanShift?.effectSize && shift.limit == 0.25)
    #expect(result["mood"]?.findings == [])
    #expect(result["nothing"] == nil)
    let gone = try #require(result["gone"]?.findings.first)
    #expect(gone.test == .schema && gone.observed == nil && gone.status == .fail)
    #expect(result["empty"]?.findings.map(\.test) == [.schema])
    let constant = try #require(result["fixed"]?.finding(of: .meanShift))
    #expect(constant.limit == nil && constant.observed == nil && constant.status == .fail)
    let levels = try #require(result["plan"]?.finding(of: .newLevels))
    #expect(levels.observed == 0.5 && levels.limit == 0.10 && levels.certainty == .exact)
    let joint = try #require(result.maximumMeanDiscrepancy?.finding)
    #expect(joint.subject == .allFeatures && joint.limit == 0.55)
  }

  @Test("The findings of a result are those of its features, the worst first, a reason each")
  func order() throws {
    let result = try Self.result()
    #expect(result.findings.first == result.maximumMeanDiscrepancy?.finding)
    #expect(result.findings.count == 1 + result.features.reduce(0) { $0 + $1.findings.count })
    #expect(result.findings.map(\.status).max() == result.status)
    #expect(result.reasons.count == result.findings.count)
    #expect(result.reasons.contains("gone: not in the current data"))
    #expect(!result.reasons.contains { $0.contains("--") })
  }

  @Test("With an older job's numbers only the index makes findings") func compatibility() throws {
    let result = try Self.result { $0.compatibility = .churnMLOps }
    #expect(Set(result.findings.map(\.test)) == [.populationStability])
    #expect(result.maximumMeanDiscrepancy?.status == .fail)
    #expect(result.maximumMeanDiscrepancy?.finding == nil)
  }

  @Test("A result can be stored and read back", arguments: [false, true])
  func coding(compatible: Bool) throws {
    let result = try Self.result { $0.compatibility = compatible ? .churnMLOps : .none }
    let data = try JSONEncoder().encode(result)
    #expect(try JSONDecoder().decode(DriftResult.self, from: data) == result)
  }

  @Test("Levels are coded as text, and as bytes where they are none") func levels() throws {
    for level in [Level("é"), Level(bytes: [0xFF, 0x00]), Level("")] {
      let data = try JSONEncoder().encode([level])
      #expect(try JSONDecoder().decode([Level].self, from: data) == [level])
    }
    #expect(String(decoding: try JSONEncoder().encode([Level("a")]), as: UTF8.self) == "[\"a\"]")
  }
}
