internal import DriftKit

/// Every test of a feature in numbers.
struct TestTable {
  private let result: FeatureResult

  init(_ result: FeatureResult) { self.result = result }

  func write(to w: inout HTMLWriter) {
    guard
      result.populationStability != nil || result.meanShift != nil || result.newLevels != nil
    else { return }
    w.element("table", ["class": "facts"]) { w in
      w.raw("<caption>Tests</caption>")
      if let outcome = result.populationStability { write(outcome, to: &w) }
      if let outcome = result.meanShift { write(outcome, to: &w) }
      if let outcome = result.newLevels { write(outcome, to: &w) }
    }
    w.newline()
  }

  private func group(
    _ title: String, _ status: DriftStatus, to w: inout HTMLWriter,
    _ rows: (inout HTMLWriter) -> Void
  ) {
    w.element("tbody") { w in
      w.element("tr") { w in
        w.element("th", ["scope": "rowgroup"], title)
        w.element("td") { StatusBadge.write(status, to: &$0) }
      }
      rows(&w)
    }
  }

  private func write(_ outcome: StabilityOutcome, to w: inout HTMLWriter) {
    let test = outcome.test
    group("Population stability", outcome.status, to: &w) { w in
      w.row("PSI", [ShownNumber(test.value)])
      probabilities(test.pValue, outcome.adjustedPValue, to: &w)
      w.row("Exceeded by chance", [ShownNumber(test.criticalValue)])
      w.row("PSI less noise", [ShownNumber(test.biasCorrected)])
      word("Half a count added", test.isSmoothed, to: &w)
    }
  }

  private func write(_ outcome: MeanShiftOutcome, to w: inout HTMLWriter) {
    group("Mean shift", outcome.status, to: &w) { w in
      w.row("Difference", [outcome.difference.map { ShownNumber($0) }])
      w.row("t", [outcome.statistic.map { ShownNumber($0) }])
      w.row("Degrees of freedom", [outcome.degreesOfFreedom.map { ShownNumber($0) }])
      probabilities(outcome.pValue, outcome.adjustedPValue, to: &w)
      w.row("Effect (Hedges’ g)", [outcome.effectSize.map { ShownNumber($0) }])
      w.element("tr") { w in
        w.element("th", ["scope": "row"], "95 % interval of the effect")
        guard let range = outcome.effectSizeInterval else {
          w.element("td", HTMLWriter.none)
          return
        }
        let ends = [range.lowerBound, range.upperBound]
        w.element(
          "td", ["title": "\(ends[0]) to \(ends[1])"],
          ends.map { ShownNumber($0).text }.joined(separator: " to "))
      }
    }
  }

  private func write(_ outcome: NewLevelsOutcome, to w: inout HTMLWriter) {
    let test = outcome.test
    group("New levels", outcome.status, to: &w) { w in
      w.row("Share of rows", [ShownNumber(share: test.share)])
      w.row("Expected share", [ShownNumber(share: test.expectedShare)])
      probabilities(test.pValue, outcome.adjustedPValue, to: &w)
      for example in test.examples {
        w.element("tr") { w in
          w.element("th", ["scope": "row"]) { w in
            w.raw("Rows with ")
            w.name(example.level.description, atMost: 60)
          }
          w.number("td", ShownNumber(count: example.count))
        }
      }
    }
  }

  private func probabilities(_ p: Double?, _ adjusted: Double?, to w: inout HTMLWriter) {
    w.row("p-value", [p.map { ShownNumber(probability: $0) }])
    w.row("Adjusted p-value", [adjusted.map { ShownNumber(probability: $0) }])
  }

  private func word(_ label: String, _ value: Bool, to w: inout HTMLWriter) {
    w.element("tr") { w in
      w.element("th", ["scope": "row"], label)
      w.element("td", value ? "yes" : "no")
    }
  }
}
