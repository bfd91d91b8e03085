import DriftKit
import DriftReport
import DriftTestSupport
import Foundation
import Testing

/// The numbers of the page are those of the report.
@Suite struct PageNumberTests {
  /// Every number in the strings of an element.
  private static func numbers(_ element: PageElement) -> Set<Double> {
    var found: Set<Double> = []
    for string in element.strings {
      for match in string.matches(of: /-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?/) {
        if let number = Double(match.0) { found.insert(number) }
        // A dash between numbers is no sign.
        if match.0.hasPrefix("-"), let number = Double(match.0.dropFirst()) { found.insert(number) }
      }
    }
    return found
  }

  private static func numbers(_ value: JSONValue, without keys: Set<String> = []) -> [Double] {
    switch value {
    case .null, .bool, .string: []
    case .integer(let number): [Double(number)]
    case .unsigned(let number): [Double(number)]
    case .number(let number): number.isFinite ? [number] : []
    case .inline(let value), .compact(let value): numbers(value, without: keys)
    case .array(let values): values.flatMap { numbers($0, without: keys) }
    case .object(let members):
      members.filter { !keys.contains($0.key) }.flatMap { numbers($0.value, without: keys) }
    }
  }

  private static func member(_ value: JSONValue, _ key: String) -> JSONValue? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// Of a thousand bins only the largest are listed.
  static let samples = PageSample.all.filter { $0.name != "a thousand bins" }

  @Test(arguments: samples)
  func everyNumberOfTheReportIsThere(_ sample: PageSample) throws {
    let report = try sample.report()
    let page = try PageTree.parse(report.page())
    guard case .array(let features) = Self.member(report.document, "features") else {
      Issue.record("no features")
      return
    }
    for (index, feature) in features.enumerated() {
      let anchor = "f\(index + 1)"
      let details = page.elements("details").first { $0.first("id", anchor) != nil }
      let shown = Self.numbers(try #require(details))
      // Changes of shares are differences of numbers that are shown.
      let wanted = Self.numbers(feature, without: ["cells"])
      #expect(wanted.count >= 4)
      let lacking = wanted.filter { !shown.contains($0) }
      #expect(lacking.isEmpty, "\(anchor)")
    }
    let shown = Self.numbers(page)
    let rest = Self.numbers(
      report.document,
      without: ["features", "findings", "psi_by_feature", "schema_version", "kernels"])
    let lacking = rest.filter { !shown.contains($0) }
    #expect(lacking.isEmpty)
  }

  @Test func numbersAreShort() throws {
    let report = try PageSample.report(
      [Column("a", (1...12_345).map { Double($0) / 7 })],
      [Column("a", (1...10).map { Double($0) })])
    let page = try PageTree.parse(report.page())
    let cells = page.elements("td").filter { $0.children.isEmpty }.map(\.text)
    #expect(cells.contains("12,345"))
    #expect(page.first("title", "12345")?.text == "12,345")
    let longest = cells.map(\.count).max() ?? 0
    #expect(longest < 40)
    // scipy.stats.t.interval(0.95, 9, loc=5.5, scale=np.std(range(1, 11), ddof=1) / 10**0.5),
    // SciPy 1.14: (3.3341494102783162, 7.665850589721684)
    #expect(cells.contains("3.334 to 7.666"))
  }

  @Test func barsAreTheShares() throws {
    let report = try PageSample.report(
      [Column("plan", PageSample.words(["a", "a", "a", "b"], 400))],
      [Column("plan", PageSample.words(["a", "b", "b", "b"], 400))])
    let page = try PageTree.parse(report.page())
    let paths = page.elements("path").compactMap { path in path["class"].map { ($0, path["d"]) } }
    func drawn(_ style: String) -> [String] { paths.filter { $0.0 == style }.compactMap(\.1) }
    // 75 % and 25 %, the small picture first.
    #expect(drawn("b") == ["M0 28V0H1V19H2V28z", "M0 2H300v8H0m0 4H100v8H0"])
    #expect(drawn("c") == ["M0 19H1V0H2", "M0 2H100v8H0m0 4H300v8H0"])
    // Both bins add (0.75 - 0.25) ln 3 to the index.
    #expect(drawn("p") == ["M0 3H100v6H0m0 6H100v6H0"])
  }

  @Test func nullDistributionIsThatOfTheTest() throws {
    let report = try PageSample.report(
      [Column("a", PageSample.numbers(60, seed: 1))],
      [Column("a", PageSample.numbers(50, seed: 2, mean: 1))])
    let test = try #require(report.result.maximumMeanDiscrepancy?.test)
    let null = test.nullStudentised
    #expect(null.count == 499)
    let least = try #require(null.min())
    let width = test.studentised - least
    var counts = Array(repeating: 0, count: 48)
    for value in null { counts[min(47, Int((value - least) / width * 48))] += 1 }
    let most = try #require(counts.max())

    let page = try PageTree.parse(report.page())
    let figure = try #require(page.first("class", "null"))
    let paths = figure.elements("path")
    let bars = try #require(paths.first { $0["class"] == "b" }?["d"])
    let tops = bars.matches(of: /V([0-9]+)H/).compactMap { Int($0.1) }
    #expect(
      tops
        == counts.map { count in
          let height = (Double(count) / Double(most) * 136).rounded()
          return count == 0 ? 150 : 150 - max(2, Int(height))
        })
    // Nothing reaches the observed value, so it is at the right end.
    let marker = try #require(paths.first { $0["class"] == "c" }?["d"])
    #expect(marker.hasPrefix("M475 150V1"))
    #expect(figure.text.contains("None of 499 permutations reaches the observed value."))
  }
}
