import DriftKit
import DriftReport
import DriftTestSupport
import Testing

/// The page shows what the model makes of the features against how much they moved.
@Suite struct ImportancePageTests {
  private static func report(_ weights: [String: Double]?, count: Int = 3) throws -> Report {
    let names = ["calm", "far", "still"] + (3..<max(3, count)).map { "f\($0)" }
    return try PageSample.report(
      names.enumerated().map { Column($1, PageSample.numbers(300, seed: UInt64($0))) },
      names.enumerated().map { index, name in
        Column(
          name, PageSample.numbers(300, seed: 500 + UInt64(index), mean: name == "far" ? 1 : 0))
      }
    ) {
      $0.importance = weights
      $0.maximumMeanDiscrepancy = nil
    }
  }

  @Test("A picture and a table, the most important feature first")
  func section() throws {
    let page = try Self.report(["calm": 70, "far": 28, "still": 2]).html
    let section = try #require(
      page.split(separator: "<section").first { $0.contains("importance-title") })
    #expect(section.contains("Importance against drift"))
    #expect(section.contains("1 feature with 28.0\u{A0}% of the weight drifted or changed."))
    let rows = section.split(separator: "<tr>").dropFirst(2)
    #expect(rows.count == 3 && rows.first?.contains("<bdi>calm</bdi></a>") == true)
    #expect(rows.first?.contains("70.0\u{A0}%") == true)
    #expect(rows.last?.contains("<bdi>still</bdi></a> (does not gate)") == true)
    #expect(rows.dropFirst().first?.contains("FAIL") == true)
    // A circle a feature.
    #expect(section.split(separator: "a4 4 0 1 0 8 0").count - 1 == 3)
  }

  @Test("Without weights there is none; of many features the most important are listed")
  func others() throws {
    #expect(try !Self.report(nil).html.contains("importance"))
    let weights = Dictionary(uniqueKeysWithValues: (3..<40).map { ("f\($0)", 1.0) })
    let page = try Self.report(
      weights.merging(["calm": 1, "far": 1, "still": 1]) { $1 }, count: 40
    )
    .html
    #expect(page.contains("20 more features with less weight."))
    let text = try Self.report(["calm": 1, "far": 0]).html
    #expect(text.contains("Importance against drift") && !text.contains("nan"))
  }

  @Test("Names cannot break it")
  func hostile() throws {
    let name = "<script>alert(1)</script>\u{202E}"
    let report = try PageSample.report(
      [Column(name, PageSample.numbers(300, seed: 1))],
      [Column(name, PageSample.numbers(300, seed: 2))]
    ) { $0.importance = [name: 1] }
    #expect(!report.html.contains("<script>alert"))
    #expect(try PageTree.parse(report.page()).first("aria-labelledby", "importance-title") != nil)
  }

  @Test("The JSON report has the shares and the notes")
  func json() throws {
    let json = try OrderedJSON(Self.report(["calm": 3, "far": 0, "z": 5]).json.utf8)
    #expect(json["features"]?.elements.map { $0["importance"] } == [1.0, 0.0, .null])
    #expect(json["status"] == "OK")
    let notes = json["notes"]?.texts ?? []
    #expect(notes.contains("importance: 0.0 % of the weight, and so it does not gate: far"))
    #expect(notes.contains("importance: no weight, and so it gates: still"))
  }
}
