internal import DriftDetection

/// Every test of a feature in numbers.
struct TestNumbers {
  private let result: FeatureResult

  init(_ result: FeatureResult) { self.result = result }

  func write(to w: inout HTMLWriter) {
    guard !result.tests.isEmpty else { return }
    w.element("table", ["class": "facts"]) { w in
      w.raw("<caption>Tests</caption>")
      for test in TestTable.ofFeatures { write(test, to: &w) }
    }
    w.newline()
  }

  private func write<Test: FeatureTest>(_: Test.Type, to w: inout HTMLWriter) {
    guard let outcome = result.results[Test.Outcome.self] else { return }
    w.element("tbody") { w in
      w.element("tr") { w in
        w.element("th", ["scope": "rowgroup"], Test.title)
        w.element("td") { StatusBadge.write(outcome.status, to: &$0) }
      }
      for field in Test.fields.filter(\.leads) + Test.fields.filter({ !$0.leads }) {
        if let label = field.label { Self.row(label, field.value(outcome), to: &w) }
      }
    }
  }

  private static func row(_ label: String, _ value: TestValue, to w: inout HTMLWriter) {
    switch value {
    case .number(let number): w.row(label, [number.map { ShownNumber($0) }])
    case .probability(let p): w.row(label, [p.map { ShownNumber(probability: $0) }])
    case .share(let share): w.row(label, [ShownNumber(share: share)])
    case .count(let count): w.row(label, [ShownNumber(count: count)])
    case .flag(let flag): row(label, flag ? "yes" : "no", to: &w)
    case .text(let text): row(label, text, to: &w)
    case .interval(let range):
      guard let range else { return row(label, HTMLWriter.none, to: &w) }
      let ends = [range.lowerBound, range.upperBound]
      row(
        label, ends.map { ShownNumber($0).text }.joined(separator: " to "),
        title: "\(ends[0]) to \(ends[1])", to: &w)
    case .categories(let categories):
      for category in categories {
        w.element("tr") { w in
          w.element("th", ["scope": "row"]) { w in
            w.text("\(label) ")
            w.name(category.name, atMost: 60)
          }
          w.number("td", ShownNumber(count: category.rows))
        }
      }
    case .records(let records):
      for case .record(let members?) in records ?? [] {
        guard case .text(let name)? = members.first?.1, let number = members.last?.1 else {
          continue
        }
        row("\(label) \(name)", number, to: &w)
      }
    case .texts, .record: break
    }
  }

  private static func row(
    _ label: String, _ text: String, title: String? = nil, to w: inout HTMLWriter
  ) {
    w.element("tr") { w in
      w.element("th", ["scope": "row"], label)
      w.element("td", ["title": title], text)
    }
  }
}
