import DriftKit
import DriftTestSupport
import Foundation
import Testing

/// Features that decide, and features that are shown.
@Suite struct GateTests {
  private static let names = ["a", "b", "c", "d", "plan"]

  /// Columns of which some moved by a standard deviation.
  private static func table(_ seed: UInt64, moved: Set<String> = [], without: Set<String> = [])
    throws -> Dataset
  {
    try Dataset(
      names.enumerated().filter { !without.contains($1) }.map { place, name in
        if name == "plan" {
          let words = moved.contains(name) ? ["free", "team"] : ["free", "pro"]
          return Column(name, (0..<400).map { words[$0 % 2] as String? })
        }
        var source = SeededNormal(seed: seed + UInt64(place))
        return Column(name, source.sample(400, mean: moved.contains(name) ? 1 : 0))
      })
  }

  private static func check(
    moved: Set<String>, without: Set<String> = [],
    _ change: (inout DriftConfiguration) -> Void = { _ in }
  ) throws -> DriftResult {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 199
    change(&configuration)
    return try DriftDetector(baseline: table(1), configuration: configuration)
      .check(table(101, moved: moved, without: without))
  }

  @Test("What does not gate is judged and shown, and does not decide")
  func shown() throws {
    let result = try Self.check(moved: ["a", "plan"]) { $0.gating = ["b", "c"] }
    #expect(result.status == .ok)
    let a = try #require(result["a"])
    #expect(a.status == .fail && !a.gates && !a.findings.isEmpty)
    #expect(a.findings.allSatisfy { !$0.gates } && result["b"]?.gates == true)
    #expect(result["plan"]?.status == .fail)
    #expect(result.findings.count == result.reasons.count && !result.reasons.isEmpty)
    #expect(result.reasons.allSatisfy { $0.hasSuffix(" (does not gate)") }, "\(result.reasons)")
    let all = try Self.check(moved: ["a", "plan"])
    #expect(all.status == .fail && all.findings.allSatisfy(\.gates))
    #expect(!all.reasons.contains { $0.contains("does not gate") })
  }

  @Test(
    "The status is that of a check of these features alone",
    arguments: [["a"], ["b"], ["c", "d"], ["a", "d", "plan"], ["plan"]],
    [PValueAdjustment.holm, .benjaminiHochberg, .none])
  func alone(_ gating: [String], _ adjustment: PValueAdjustment) throws {
    let gated = try Self.check(moved: ["a", "d"]) {
      $0.gating = gating
      $0.adjustment = adjustment
    }
    let alone = try Self.check(moved: ["a", "d"]) {
      $0.features = gating
      $0.adjustment = adjustment
    }
    #expect(gated.status == alone.status)
    #expect(gated.maximumMeanDiscrepancy == alone.maximumMeanDiscrepancy)
    #expect(gated.dependence == alone.dependence)
    #expect(gated.features.filter(\.gates) == alone.features)
    #expect(gated.findings.filter(\.gates) == alone.findings)
  }

  @Test("What does not gate takes no part in MMD, and a note names it")
  func joint() throws {
    let result = try Self.check(moved: ["a"]) { $0.gating = ["b", "d", "plan"] }
    #expect(result.maximumMeanDiscrepancy?.features == ["b", "d"] && result.status == .ok)
    #expect(result.notes.contains("MMD leaves out features that do not gate: a, c"))
    let none = try Self.check(moved: ["a"]) { $0.gating = ["plan"] }
    #expect(none.maximumMeanDiscrepancy == nil && none.status == .ok)
    #expect(
      none.notes.contains(
        "MMD not run: it needs a numeric feature that gates and 2 rows on both sides"))
  }

  @Test("Single features are added to those that gate, or taken out")
  func single() throws {
    func gating(_ gating: [String]?, _ single: [String: Bool]) throws -> [String] {
      try Self.check(moved: []) {
        $0.gating = gating
        $0.featureGates = single
      }.features.filter(\.gates).map(\.name)
    }
    #expect(try gating(nil, [:]) == Self.names)
    #expect(try gating(nil, ["b": false]) == ["a", "c", "d", "plan"])
    #expect(try gating(nil, ["b": true]) == Self.names)
    #expect(try gating(["a"], ["b": true]) == ["a", "b"])
    #expect(try gating(["a", "b"], ["b": false]) == ["a"])
  }

  @Test("Findings that gate come first, whatever their status")
  func order() throws {
    let result = try Self.check(moved: ["a", "plan"], without: ["d"]) {
      $0.gating = ["b", "plan"]
      $0.thresholds.newLevelsFail = 0.9
      $0.thresholds.lostLevelsFail = 0.9
      $0.thresholds.lostLevelsFail = 0.9
      $0.thresholds.stabilityFail = 9
      $0.thresholds.distanceFail = 1
    }
    #expect(result.status == .warn)
    #expect(result.findings.first?.subject == .feature("plan"))
    let gates = result.findings.map(\.gates)
    #expect(gates == gates.sorted { $0 && !$1 } && Set(gates) == [true, false])
    let others = result.findings.filter { !$0.gates }
    #expect(others.contains { $0.subject == .feature("d") && $0.test == .schema })
    #expect(others.first?.status == .fail)
  }

  @Test("A check that could compare nothing of what gates is not OK")
  func nothing() throws {
    let ids = (0..<400).map { "u\($0)" as String? }
    let others = (0..<400).map { "v\($0)" as String? }
    var source = SeededNormal(seed: 5)
    let numbers = source.sample(400)
    var configuration = DriftConfiguration()
    configuration.gating = ["id"]
    let detector = try DriftDetector(
      baseline: Dataset([Column("id", ids), Column("x", numbers)]), configuration: configuration)
    let result = try detector.check(Dataset([Column("id", others), Column("x", numbers)]))
    #expect(result.status == .warn)
    let words = "nothing was compared, the check can say nothing of its only feature that gates"
    #expect(result.reasons.contains(words), "\(result.reasons)")
    configuration.missingFeatures = .ignore
    let gone = try DriftDetector(
      baseline: Dataset([Column("id", ids), Column("x", numbers)]), configuration: configuration
    ).check(Dataset([Column("x", source.sample(400))]))
    #expect(gone.status == .warn && gone.reasons.contains { $0.contains("none of which is there") })
  }

  @Test("What cannot gate is refused")
  func refused() throws {
    func error(_ change: (inout DriftConfiguration) -> Void) throws -> DriftError? {
      do {
        _ = try Self.check(moved: [], change)
        return nil
      } catch let error as DriftError {
        return error
      }
    }
    let unknown = try #require(try error { $0.gating = ["plam"] })
    #expect(unknown.code == .unknownFeature && unknown.message.contains("did you mean 'plan'?"))
    #expect(try error { $0.featureGates = ["z": false] }?.code == .unknownFeature)
    let excluded = try error {
      $0.gating = ["a"]
      $0.excluded = ["a"]
    }
    #expect(excluded?.code == .invalidConfiguration)
    #expect(try error { $0.gating = [] }?.code == .nothingGates)
    let none = try error {
      $0.featureGates = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, false) })
    }
    #expect(none?.code == .nothingGates)
  }

  @Test("A result remembers what gates when it is written and read")
  func coding() throws {
    let result = try Self.check(moved: ["a"]) { $0.gating = ["b"] }
    let data = try JSONEncoder().encode(result)
    #expect(try JSONDecoder().decode(DriftResult.self, from: data) == result)
  }
}
