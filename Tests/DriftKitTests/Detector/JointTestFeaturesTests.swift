import DriftKit
import DriftTestSupport
import Testing

/// Features that the tests of all features together leave out.
@Suite("Features that are not compared together with the others") struct JointTestFeaturesTests {
  /// Three columns, of which the second is far away in the current table.
  private static func tables() throws -> (Dataset, Dataset) {
    func table(_ seed: UInt64, _ far: Double) throws -> Dataset {
      var source = SeededNormal(seed: seed)
      return try Dataset([
        Column("x", source.sample(200, mean: 0)), Column("far", source.sample(200, mean: far)),
        Column("y", source.sample(200, mean: 0)),
        Column("text", (0..<200).map { "level \($0 % 4)" }),
      ])
    }
    return (try table(1, 0), try table(2, 3))
  }

  private static func check(leavingOut names: [String]) throws -> DriftResult {
    var configuration = DriftConfiguration()
    configuration.maximumMeanDiscrepancy = .init(permutations: 499)
    configuration.leftOutOfJointTests = names
    let (before, after) = try tables()
    return try DriftDetector(baseline: before, configuration: configuration).check(after)
  }

  @Test("One that is left out is still judged on its own, and is named")
  func isLeftOut() throws {
    let plain = try Self.check(leavingOut: [])
    let changed = try Self.check(leavingOut: ["far"])
    #expect(plain.maximumMeanDiscrepancy?.features == ["x", "far", "y"])
    #expect(plain.maximumMeanDiscrepancy?.status == .fail)
    #expect(!plain.notes.contains { $0.contains("left out of MMD") })
    #expect(changed.maximumMeanDiscrepancy?.features == ["x", "y"])
    #expect(changed.dependence?.features == ["x", "y"])
    #expect(changed.maximumMeanDiscrepancy?.status == .ok)
    #expect(changed["far"] == plain["far"] && changed["far"]?.status == .fail)
    #expect(changed.notes.contains("left out of MMD and the change of dependence: far"))
  }

  @Test("Without a second feature nothing depends, without any there is no test")
  func fewAreLeft() throws {
    let one = try Self.check(leavingOut: ["far", "y"])
    #expect(one.maximumMeanDiscrepancy?.features == ["x"] && one.dependence == nil)
    let none = try Self.check(leavingOut: ["y", "far", "x"])
    #expect(none.maximumMeanDiscrepancy == nil && none.dependence == nil)
    #expect(none["x"]?.status == .ok)
  }

  @Test("Names that mean nothing are told")
  func unknownNames() throws {
    let result = try Self.check(leavingOut: ["text", "z"])
    #expect(result.maximumMeanDiscrepancy?.features == ["x", "far", "y"])
    #expect(result.notes.contains("to be left out of MMD, but no numeric feature: text, z"))
  }
}
