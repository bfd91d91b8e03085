import DriftKit
import DriftReport
import Testing

/// What a page says.
@Suite struct PageContentTests {
  private static func page(_ name: String) throws -> PageElement {
    let sample = try #require(PageSample.all.first { $0.name == name })
    return try PageTree.parse(sample.report().page())
  }

  static let verdicts: [(sample: String, class: String, says: [String])] = [
    (
      "FAIL", "verdict fail",
      [
        "FAIL", "The current data drifted from the baseline", "Of 5 features, 4 drifted, 1 OK.",
        "The column is gone: the current data lack it.", "Its mean rose from",
        "Its values are spread differently: PSI", "have levels that the baseline never had",
        "“team”", "most of it from level `team`, 0.0 % -> 50.0 %.",
        "Taken together, the numeric features drifted.",
        "it would explain columns that are gone (gone) and levels never seen before (plan).",
        "train the model again",
      ]
    ),
    (
      "OK", "verdict ok",
      ["OK", "No drift found", "Of 1 feature, 1 OK.", "Nothing needs doing."]
    ),
    (
      "WARN", "verdict warn",
      [
        "WARN", "worth a look", "5 cells are not numbers.", "cells that are no numbers (a)",
        "Check the next batch",
      ]
    ),
    (
      "only missing cells, before and now", "verdict fail",
      ["There is no data any more: all 200 cells are missing.", "many more missing cells (c)"]
    ),
    (
      "constant became another", "verdict fail", ["It was always 3 and now is always 4."]
    ),
  ]

  @Test(arguments: verdicts.indices)
  func verdictIsInPlainWords(_ index: Int) throws {
    let (sample, style, phrases) = Self.verdicts[index]
    let verdict = try #require(Self.page(sample).first("aria-labelledby", "verdict-title"))
    #expect(verdict["class"] == style)
    for phrase in phrases { #expect(verdict.text.contains(phrase), "\(phrase) in \(verdict.text)") }
  }

  @Test func comparisonNamesBothSides() throws {
    let section = try #require(Self.page("FAIL").first("aria-labelledby", "compared-title"))
    for phrase in [
      "baseline.csv", "current.csv", "300", "200", "4 numeric, 1 categorical", "p < 0.01",
      "p < 0.05", "PSI ≥ 0.25", "PSI ≥ 0.1", "Holm", "7", "1.2.3", "2001-02-03T04:05:06Z",
      "churn v2",
    ] {
      #expect(section.text.contains(phrase), "\(phrase)")
    }
    let other = try #require(
      Self.page("numbers of an older job").first("aria-labelledby", "compared-title"))
    #expect(other.text.contains("counts whatever its p-value"))
    #expect(!section.text.contains("counts whatever its p-value"))
  }

  @Test func olderJobCountsTheIndexAlone() throws {
    let page = try Self.page("numbers of an older job")
    let verdict = try #require(page.first("aria-labelledby", "verdict-title"))
    #expect(verdict.text.contains("PSI") && !verdict.text.contains("Its mean"))
    #expect(!verdict.text.contains("All numeric features together"))
    let panel = try #require(page.first("aria-labelledby", "mmd-title"))
    #expect(panel.text.contains("it does not count"))
  }

  @Test func thereIsNoPanelWithoutTheKernelTest() throws {
    #expect(try Self.page("no MMD").first("id", "mmd-title") == nil)
    #expect(try Self.page("FAIL").first("id", "mmd-title") != nil)
  }

  @Test func manyFindingsAreCutAndManyBinsToo() throws {
    let report = try PageSample.wide(200)
    #expect(report.result.features.count { $0.status == .fail } == 20)
    let page = try PageTree.parse(report.page())
    let verdict = try #require(page.first("aria-labelledby", "verdict-title"))
    #expect(verdict.text.contains("And 10 more features, in the table of features."))
    let bins = try Self.page("a thousand bins")
    let table = try #require(bins.first("class", "scroll bins"))
    #expect(table.elements("tbody").first?.children.count == 120)
    #expect(table.text.contains("the 120 of 1000 bins that add most"))
  }

  /// Bounds that differ only far behind the point stay apart.
  @Test func boundsOfBinsAreToldApart() throws {
    let values = (0..<200).map { 1_000_000 + Double($0) / 1_000 }
    let report = try PageSample.report([Column("a", values)], [Column("a", values)])
    let page = try PageTree.parse(report.page())
    let labels = try #require(page.first("class", "scroll bins")).elements("tbody")[0]
      .elements("th").map(\.text)
    #expect(labels.count == 10 && Set(labels).count == 10)
    #expect(labels[0].hasPrefix("< ") && labels[9].hasPrefix("≥ "))
  }

  @Test func aThousandFeaturesStaySmallAndQuick() throws {
    let report = try PageSample.wide(1_000)
    let clock = ContinuousClock()
    var bytes: [UInt8] = []
    let time = clock.measure { bytes = report.page() }
    #expect(bytes.count < 8_000_000, "\(bytes.count) bytes")
    #expect(time < .seconds(5), "\(time)")
    #expect(try PageTree.parse(bytes).first("id", "details")?.children.count == 1_000)
  }
}
