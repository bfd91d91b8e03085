import DriftKit
import DriftTestSupport
import Testing

/// Too few rows, and ratios of rows, are findings about the tables as a whole.
@Suite struct RowLimitTests {
  private static func result(
    _ baseline: Int, _ current: Int, _ change: (inout DriftConfiguration) -> Void = { _ in }
  ) throws -> DriftResult {
    var source = SeededNormal(seed: 3)
    var configuration = DriftConfiguration(maximumMeanDiscrepancy: nil)
    change(&configuration)
    let detector = try DriftDetector(
      baseline: Dataset([Column("x", source.sample(baseline))]), configuration: configuration)
    return try detector.check(Dataset([Column("x", source.sample(current))]))
  }

  @Test("Fewer rows than the least on a side warn") func few() throws {
    for (baseline, current, isFew) in [(400, 30, false), (400, 29, true), (29, 400, true)] {
      let result = try Self.result(baseline, current)
      #expect(result.status == (isFew ? .warn : .ok))
      #expect(result.findings.map(\.test) == (isFew ? [.rows] : []))
      #expect(result.reasons.contains { $0.contains("too few rows") } == isFew)
      #expect(result.findings == result.tableFindings)
    }
    let both = try Self.result(5, 1)
    #expect(
      both.reasons.first
        == "too few rows to find drift: 5 baseline rows and 1 current row, fewer than 30")
    #expect(both.findings.first?.subject == .tables && both.findings.first?.observed == 1)
    #expect(both.findings.first?.limit == 30)
    #expect(try Self.result(5, 2) { $0.rowLimits.minimum = 2 }.status == .ok)
  }

  @Test("A ratio of rows outside of its limits warns or fails") func ratios() throws {
    func statuses(_ current: Int) throws -> DriftStatus {
      try Self.result(200, current) {
        $0.rowLimits = RowLimits(warningRatio: 0.5...2, failingRatio: 0.25...4)
      }.status
    }
    #expect(try [100, 200, 400].map(statuses) == [.ok, .ok, .ok])
    #expect(try [99, 401, 50, 800].map(statuses) == [.warn, .warn, .warn, .warn])
    #expect(try [49, 801].map(statuses) == [.fail, .fail])
    let result = try Self.result(200, 40) { $0.rowLimits.failingRatio = 0.5...2 }
    #expect(result.reasons == ["40 current for 200 baseline rows, ratio 0.2, expected 0.5 to 2"])
    #expect(result.findings.first?.limit == 0.5 && result.features.allSatisfy { $0.status == .ok })
  }

  @Test("An older job's numbers decide alone") func compatibility() throws {
    #expect(try Self.result(5, 1) { $0.compatibility = .churnMLOps }.tableFindings.isEmpty)
  }

  @Test("Limits that contradict each other are refused") func mistakes() {
    for limits in [
      RowLimits(minimum: -1), RowLimits(warningRatio: -1...2),
      RowLimits(failingRatio: 0 ... .infinity),
      RowLimits(warningRatio: 0.1...2, failingRatio: 0.5...2),
    ] {
      #expect(throws: DriftError.self) { try Self.result(40, 40) { $0.rowLimits = limits } }
    }
  }
}
