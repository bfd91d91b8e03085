import DriftKit
import DriftTestSupport
import Testing

/// What a model makes of its features, and what follows.
@Suite struct ImportanceTests {
  private static let names = ["a", "b", "c", "d", "e"]

  private static func table(_ seed: UInt64, _ moved: [String: Double] = [:]) throws -> Dataset {
    try Dataset(
      names.enumerated().map { place, name in
        var source = SeededNormal(seed: seed + UInt64(place))
        return Column(name, source.sample(400, mean: moved[name] ?? 0))
      })
  }

  private static func check(
    _ weights: [String: Double], moved: [String: Double] = [:],
    _ change: (inout DriftConfiguration) -> Void = { _ in }
  ) throws -> DriftResult {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy?.permutations = 199
    configuration.importance = weights
    change(&configuration)
    return try DriftDetector(baseline: table(1), configuration: configuration)
      .check(table(101, moved))
  }

  private static func aside(
    _ weights: [String: Double], _ change: (inout DriftConfiguration) -> Void = { _ in }
  ) throws -> [String] {
    try check(weights, change).features.filter { !$0.gates }.map(\.name)
  }

  @Test(
    "The smallest features that hold less than 5 % together do not gate",
    arguments: [
      (["a": 10, "b": 10, "c": 10, "d": 10, "e": 10], []),
      (["a": 96, "b": 1, "c": 1, "d": 1, "e": 1], ["b", "c", "d", "e"]),
      (["a": 95, "b": 2, "c": 2, "d": 1, "e": 0], ["d", "e"]),
      // Exactly 5 % is not less, and equal ones stay together.
      (["a": 95, "b": 5, "c": 0, "d": 0, "e": 0], ["c", "d", "e"]),
      (["a": 92, "b": 2, "c": 2, "d": 2, "e": 2], []),
      (["a": 0.96, "b": 0.01, "c": 0.01, "d": 0.01, "e": 0.01], ["b", "c", "d", "e"]),
      (["a": 1e308, "b": 1e308, "c": 1e308, "d": 1e308, "e": 1e300], ["e"]),
      (["a": 1, "b": -0.5, "c": 1, "d": 1, "e": 1], ["b"]),
      // What has no weight gates.
      (["a": 99, "b": 1], ["b"]),
      // What is not in the tables holds nothing of them.
      (["a": 50, "b": 1, "z": 1000], ["b"]), (["z": 1], []),
    ] as [([String: Double], [String])])
  func rule(_ weights: [String: Double], _ aside: [String]) throws {
    #expect(try Self.aside(weights) == aside)
    // Only shares matter.
    #expect(try Self.aside(weights.mapValues { $0 / 1024 }) == aside)
  }

  @Test("What is asked for decides, whatever the weight")
  func asked() throws {
    let weights = ["a": 97.0, "b": 1, "c": 1, "d": 1, "e": 0]
    #expect(
      try Self.aside(weights) { $0.featureGates = ["b": true, "a": true] } == ["c", "d", "e"])
    #expect(try Self.aside(weights) { $0.gating = ["b", "e"] } == ["a", "c", "d"])
    #expect(
      try Self.aside(["a": 1, "b": 1, "c": 1, "d": 1, "e": 1]) { $0.featureGates = ["a": false] }
        == ["a"])
    // Only columns that are checked count.
    #expect(try Self.aside(weights) { $0.excluded = ["a"] } == ["e"])
  }

  @Test("Drift of what the model does not use is shown and does not decide, with MMD on")
  func verdict() throws {
    let weights = ["a": 0.5, "b": 0.48, "c": 0.02, "d": 0, "e": 0]
    let result = try Self.check(weights, moved: ["c": 2, "d": 2])
    #expect(result.status == .ok && result["c"]?.status == .fail)
    #expect(result.maximumMeanDiscrepancy?.features == ["a", "b"])
    #expect(try Self.check(weights, moved: ["b": 1]).status == .fail)
    #expect(result.features.map(\.importance) == [0.5, 0.48, 0.02, 0, 0])
    #expect(try Self.check(["a": 1]).features.map(\.importance) == [1, nil, nil, nil, nil])
  }

  @Test("Notes say what gates, what does not, and which weights are odd")
  func notes() throws {
    let notes = try Self.check(["a": 97, "b": -2, "c": 3, "dd": 4, "Zoo": 1]).notes
    #expect(
      notes.filter { $0.hasPrefix("importance: ") } == [
        "importance: weights of columns that the baseline does not have: Zoo, dd (did you mean 'd'?)",
        "importance: weights below 0 count as 0: b",
        "importance: no weight, and so they gate: d, e",
        "importance: 3.0 % of the weight together, and so they do not gate: b, c",
      ])
    let gated = try Self.check(["a": 99, "b": 1]) { $0.gating = ["a", "b"] }
    #expect(!gated.notes.contains { $0.hasPrefix("importance: ") })
    let one = try Self.check(["a": 97, "b": 10, "c": 10, "d": 1]).notes
    #expect(one.contains("importance: 0.8 % of the weight, and so it does not gate: d"))
    #expect(one.contains("importance: no weight, and so it gates: e"))
  }

  @Test("Reasons come by importance times size, within status and gate")
  func order() throws {
    func order(_ weights: [String: Double]) throws -> [String] {
      let result = try Self.check(weights, moved: ["a": 0.6, "b": 1.2, "c": 2.4, "d": 0.6]) {
        $0.maximumMeanDiscrepancy = nil
      }
      var names: [String] = []
      for finding in result.findings {
        if case .feature(let name) = finding.subject, names.last != name { names.append(name) }
      }
      return names
    }
    #expect(try order(["a": 1, "b": 1, "c": 1, "d": 1, "e": 1]).first == "c")
    #expect(
      try order(["a": 90, "b": 3, "c": 1, "d": 90, "e": 90]).prefix(2).sorted() == ["a", "d"])
    // What does not gate is last, however much it moved.
    #expect(try order(["a": 90, "b": 3, "c": 1, "d": 90, "e": 90]).last == "c")
    #expect(try order(["a": 50, "b": 20, "c": 0.5, "d": 20, "e": 20]).last == "c")
    let plain = try Self.check([:], moved: ["c": 2, "b": 1]) {
      $0.importance = nil
      $0.maximumMeanDiscrepancy = nil
    }
    #expect(plain.findings.first?.subject == .feature("b"))
  }

  @Test(
    "Weights that mean nothing are refused",
    arguments: [
      [:], ["a": 0, "b": -1], ["a": .nan, "b": 1], ["a": .infinity],
    ] as [[String: Double]])
  func refused(_ weights: [String: Double]) throws {
    let error = #expect(throws: DriftError.self) { try Self.check(weights) }
    #expect(error?.code == .invalidConfiguration)
  }
}
