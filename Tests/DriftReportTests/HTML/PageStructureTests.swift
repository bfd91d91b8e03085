import DriftKit
import DriftReport
import Foundation
import Testing

/// What every page must be, whatever was found.
@Suite struct PageStructureTests {
  private static let voids: Set = ["meta", "input"]
  private static let shapes: Set = ["path", "use"]

  @Test(arguments: PageSample.all)
  func isWhole(_ sample: PageSample) throws {
    let report = try sample.report()
    let bytes = report.page()
    let source = String(decoding: bytes, as: UTF8.self)
    #expect(source.hasPrefix("<!DOCTYPE html>\n"))
    let page = try PageTree.parse(bytes)
    #expect(page.name == "html" && page["lang"] == "en")
    #expect(page.elements("title").first?.text.hasPrefix(report.result.status.rawValue) == true)
    #expect(page.first("name", "viewport")?["content"]?.contains("width=device-width") == true)
    for landmark in ["header", "main", "footer", "h1"] {
      #expect(page.elements(landmark).count == 1, "\(landmark)")
    }
    // HTML has no other way to write these, and no such way to write anything else.
    let closed = Set(source.matches(of: /<([a-z0-9]+)(?: [^<>]*)?\/>/).map { String($0.1) })
    #expect(closed.isSubset(of: Self.voids.union(Self.shapes)), "\(closed)")
    let open = page.all.filter { Self.voids.contains($0.name) && !$0.children.isEmpty }
    #expect(open.isEmpty)
  }

  @Test(arguments: PageSample.all)
  func headingsAreInOrder(_ sample: PageSample) throws {
    let page = try PageTree.parse(sample.report().page())
    let levels = page.all.compactMap { element in
      element.name.wholeMatch(of: /h([1-6])/).flatMap { Int($0.1) }
    }
    #expect(levels.first == 1)
    for (above, below) in zip(levels, levels.dropFirst()) { #expect(below <= above + 1) }
    let empty = page.all.filter { ["h1", "h2", "h3"].contains($0.name) && $0.text.isEmpty }
    #expect(empty.isEmpty)
  }

  @Test(arguments: PageSample.all)
  func tablesPicturesAndFieldsSayWhatTheyAre(_ sample: PageSample) throws {
    let page = try PageTree.parse(sample.report().page())
    let scopes: Set = ["col", "row", "rowgroup"]
    for head in page.elements("th") { #expect(head["scope"].map(scopes.contains) == true) }
    for table in page.elements("table") { #expect(table.elements("caption").count == 1) }
    for picture in page.elements("svg") where picture["aria-hidden"] != "true" {
      let name = picture["aria-label"] ?? picture.elements("title").first?.text ?? ""
      #expect(picture["role"] == "img" && !name.isEmpty)
    }
    let labelled = Set(page.elements("label").compactMap { $0["for"] })
    let wrapped = page.elements("label").flatMap { $0.elements("input") }
    for field in page.elements("input") {
      let isLabelled = field["id"].map(labelled.contains) ?? false
      #expect(isLabelled || wrapped.contains { $0 === field })
    }
    for region in page.all {
      guard let id = region["aria-labelledby"] else { continue }
      #expect(page.first("id", id)?.text.isEmpty == false, "\(id)")
    }
  }

  @Test(arguments: PageSample.all)
  func addressesAreItsOwn(_ sample: PageSample) throws {
    let page = try PageTree.parse(sample.report().page())
    let ids = page.all.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /[a-z]+(-[a-z]+)?|f[0-9]+/) != nil })
    for element in page.all {
      if let address = element["href"] {
        #expect(address.hasPrefix("#") && ids.contains(String(address.dropFirst())), "\(address)")
      }
      // Nothing that loads, runs or styles by attribute.
      for key in element.attributes.keys {
        #expect(!key.hasPrefix("on") && !["src", "style", "action", "srcset"].contains(key))
      }
    }
    #expect(page.elements("script").count == 1 && page.elements("style").count == 1)
  }

  @Test(arguments: PageSample.all)
  func everyFeatureHasARowAndDetails(_ sample: PageSample) throws {
    let report = try sample.report()
    let page = try PageTree.parse(report.page())
    let rows = try #require(page.first("id", "features")?.elements("tbody").first).children
    let details = try #require(page.first("id", "details")).children
    let features = report.result.features
    #expect(rows.count == features.count && details.count == features.count)
    for (row, detail) in zip(rows, details) {
      let anchor = try #require(row.elements("a").first?["href"]?.dropFirst())
      #expect(detail.first("id", String(anchor)) != nil)
      let number = try #require(Int(anchor.dropFirst()))
      let feature = features[number - 1]
      #expect(row.elements("th").first?.text == feature.name)
      #expect(detail.elements("h3").first?.text == feature.name)
      #expect(row.elements("td")[1].text == feature.status.rawValue)
      #expect(row.children.count == 10)
    }
    // The worst first.
    let ranks = rows.compactMap { DriftStatus(rawValue: $0.elements("td")[1].text)?.severity }
    #expect(ranks == ranks.sorted(by: >))
  }

  @Test func sortableColumnsSayHowTheyAreSorted() throws {
    let page = try PageTree.parse(PageSample.fail.report().page())
    let heads = try #require(page.first("id", "features")?.elements("thead").first).elements("th")
    let sortable = heads.filter { $0["data-sort"] != nil }
    #expect(sortable.count == 9 && heads.count == 10)
    #expect(sortable.filter { $0["aria-sort"] == "descending" }.map(\.text) == ["Status"])
    #expect(sortable.filter { $0["aria-sort"] == "none" }.count == 8)
  }
}
