import DriftKit
import DriftReport
import Testing

/// What the page says a discrepancy comes from.
@Suite struct CausePageTests {
  private static func report(features: Int, shift: Double) throws -> Report {
    func columns(_ rows: Int, seed: Int, shift: Double) -> [Column] {
      (0..<features).map {
        Column(
          "f\($0)",
          PageSample.numbers(
            rows, seed: UInt64(seed * features + $0), mean: $0 == 3 ? shift : 0))
      }
    }
    return try PageSample.report(
      columns(120, seed: 1, shift: 0), columns(100, seed: 2, shift: shift))
  }

  private static func panel(_ report: Report) throws -> PageElement {
    try #require(PageTree.parse(report.page()).first("aria-labelledby", "mmd-title"))
  }

  @Test func allFeaturesAreListedByTheirPart() throws {
    let report = try Self.report(features: 14, shift: 3)
    let causes = try #require(report.result.maximumMeanDiscrepancy?.causes)
    let tables = try Self.panel(report).elements("table").filter { !$0.elements("svg").isEmpty }
    #expect(tables.count == 2)
    let rows = tables.map { $0.elements("tbody")[0].children }
    #expect(rows.map(\.count) == [10, 4])
    #expect(rows.joined().map { $0.elements("bdi")[0].text } == causes.features.map(\.name))
    #expect(causes.features[0].name == "f3")
    // A bar is the share, and none where a feature has no part.
    let bars = rows.joined().compactMap { $0.elements("path").first?["d"] }
    for (bar, feature) in zip(bars, causes.features) {
      let length = Int((100 * min(1, max(0, feature.share ?? 0))).rounded())
      #expect(bar == "M0 7H\(length)v14H0z")
    }
    #expect(causes.features.contains { $0.drop < 0 })
    #expect(try Self.panel(report).text.contains("4 more features"))
    #expect(try Self.panel(report).text.contains("120 baseline rows and 100 current rows"))
  }

  @Test func rowsAreListedWithTheirValues() throws {
    let report = try Self.report(features: 4, shift: 3)
    let causes = try #require(report.result.maximumMeanDiscrepancy?.causes)
    let table = try #require(
      try Self.panel(report).elements("table").first { $0.text.contains("Most unusual values") })
    let rows = table.elements("tbody")[0].children
    #expect(rows.count == causes.rows.count && rows.count == 10)
    for (row, cause) in zip(rows, causes.rows) {
      #expect(row.elements("th")[0].text == cause.number.map { "\($0)" })
      #expect(row.elements("bdi").map(\.text) == cause.values.map(\.feature))
    }
  }

  @Test func aConstantBaselineIsNamed() throws {
    let report = try PageSample.report(
      [Column("a", PageSample.numbers(90, seed: 1)), Column("b", Array(repeating: 1, count: 90))],
      [Column("a", PageSample.numbers(80, seed: 2)), Column("b", Array(repeating: 2, count: 80))])
    #expect(try Self.panel(report).text.contains("b 2 (never seen)"))
  }

  @Test func nothingIsSaidWithoutDrift() throws {
    let report = try Self.report(features: 4, shift: 0)
    #expect(report.result.maximumMeanDiscrepancy?.causes == nil)
    let panel = try Self.panel(report)
    #expect(panel.elements("h3").isEmpty && panel.text.contains("The 4 features in it"))
  }

  @Test func keysOfTheReport() throws {
    func member(_ value: JSONValue, _ key: String) -> JSONValue? {
      guard case .object(let members) = value else { return nil }
      return members.first { $0.key == key }?.value
    }
    for (shift, isNull) in [(0.0, true), (3.0, false)] {
      let mmd = try #require(member(Self.report(features: 4, shift: shift).document, "mmd"))
      guard case .object(let members) = mmd else {
        Issue.record("no object")
        return
      }
      #expect(
        members.map(\.key).suffix(4) == [
          "kernels", "features_ranked", "ranked_rows", "witness_rows",
        ])
      for key in ["features_ranked", "ranked_rows", "witness_rows"] {
        #expect((member(mmd, key) == .null) == isNull)
      }
    }
  }
}
