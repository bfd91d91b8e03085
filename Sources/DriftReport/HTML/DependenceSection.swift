internal import DriftDetection

/// The test for a change of dependence, and the pairs whose correlation changed.
struct DependenceSection {
  private let outcome: DependenceOutcome

  /// The most pairs that are shown.
  private static let mostPairs = 20

  init(_ outcome: DependenceOutcome) { self.outcome = outcome }

  /// What the test says, in plain words.
  static func sentence(_ outcome: DependenceOutcome) -> String {
    let features = ShownNumber.counted(outcome.features.count, "feature", "features")
    let p = ShownNumber.pValue(outcome.test.pValue)
    return outcome.pairs.isEmpty
      ? "How \(features) go together changed no more than it does between shuffled rows (\(p))."
      : "How \(features) go together changed more than it does between shuffled rows (\(p))."
  }

  func write(to w: inout HTMLWriter) {
    w.element("section", ["aria-labelledby": "dependence-title"]) { w in
      w.element("h2", ["id": "dependence-title"]) { w in
        w.raw("Features that go together (correlations) ")
        StatusBadge.write(outcome.status, to: &w)
      }
      w.newline()
      w.element("p", Self.sentence(outcome))
      if !outcome.pairs.isEmpty { writePairs(to: &w) }
      writeNumbers(to: &w)
    }
    w.newline()
  }

  private func writeNumbers(to w: inout HTMLWriter) {
    w.element("table", ["class": "facts"]) { w in
      w.raw("<caption>The test in numbers</caption>")
      w.element("tbody") { w in
        w.row("Largest difference of atanh r", [ShownNumber(outcome.test.statistic)])
        w.row("Largest change beyond chance", [ShownNumber(outcome.largestChange)])
        w.row("p-value", [ShownNumber(probability: outcome.test.pValue)])
        w.row("Adjusted p-value", [ShownNumber(probability: outcome.adjustedPValue)])
      }
    }
  }

  private func writePairs(to w: inout HTMLWriter) {
    w.element("table", ["class": "facts"]) { w in
      w.raw(
        """
        <caption>Pairs whose correlation changed beyond chance</caption><thead><tr>\
        <th scope="col">Features</th><th scope="col">Baseline</th><th scope="col">Current</th>\
        <th scope="col">p-value</th></tr></thead>
        """)
      w.element("tbody") { w in
        for pair in outcome.pairs.prefix(Self.mostPairs) {
          w.element("tr") { w in
            w.element("th", ["scope": "row"]) { w in
              w.name(pair.features[0], atMost: 40)
              w.raw(" and ")
              w.name(pair.features[1], atMost: 40)
            }
            w.number("td", ShownNumber(pair.baselineCorrelation, fixed: 2))
            w.number("td", ShownNumber(pair.currentCorrelation, fixed: 2))
            w.number("td", ShownNumber(probability: pair.pValue))
          }
        }
      }
    }
  }
}
