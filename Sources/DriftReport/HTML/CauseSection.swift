internal import DriftDetection

/// What the kernel two-sample test's discrepancy comes from: features, and rows of the current data.
struct CauseSection {
  private let causes: DiscrepancyCauses

  /// More features than this are folded away.
  private static let mostFeatures = 10
  private static let barWidth = 100

  init(_ causes: DiscrepancyCauses) { self.causes = causes }

  func write(to w: inout HTMLWriter) {
    if !causes.features.isEmpty { writeFeatures(to: &w) }
    if !causes.rows.isEmpty { writeRows(to: &w) }
  }

  private func writeFeatures(to w: inout HTMLWriter) {
    let shown = causes.features.prefix(Self.mostFeatures)
    let folded = causes.features.prefix(PageFeature.most).dropFirst(Self.mostFeatures)
    let hidden = causes.features.count - shown.count - folded.count
    w.raw("<h3>What drives it</h3>")
    w.element("p") { w in
      w.raw(
        """
        Each feature’s part of MMD squared: how much less the rows differ, compared with how alike \
        they are, when the feature is left out. It is computed over\u{20}
        """)
      w.text(ShownNumber.counted(causes.baselineRows, "baseline row", "baseline rows"))
      w.text(" and ")
      w.text(ShownNumber.counted(causes.currentRows, "current row", "current rows"))
      w.raw(
        """
        . Features that say the same share their part, so that each looks small; features that \
        changed only together each have all of it. This describes the difference; it is not a test.
        """)
    }
    writeTable("Features by their part", shown, to: &w)
    guard !folded.isEmpty else { return }
    w.element("details", ["class": "plain"]) { w in
      w.element("summary", ShownNumber.counted(folded.count, "more feature", "more features"))
      writeTable("Features with a smaller part", folded, to: &w)
      if hidden > 0 {
        let rest = ShownNumber.counted(hidden, "more feature", "more features")
        w.element("p", "\(rest) with a smaller part: see the JSON report.")
      }
    }
    w.newline()
  }

  private func writeTable(
    _ caption: String, _ features: ArraySlice<DiscrepancyCauses.Feature>, to w: inout HTMLWriter
  ) {
    w.element("div", ["class": "scroll"]) { w in
      w.element("table") { w in
        w.element("caption", caption)
        w.raw(
          """
          <thead><tr><th scope="col">Feature</th><th scope="col">Part</th>\
          <th scope="col">Part of MMD squared</th>\
          <th scope="col">MMD squared without it</th><th scope="col">Difference</th></tr></thead>
          """)
        w.element("tbody") { w in
          for feature in features { writeRow(feature, to: &w) }
        }
      }
    }
    w.newline()
  }

  private func writeRow(_ feature: DiscrepancyCauses.Feature, to w: inout HTMLWriter) {
    w.element("tr") { w in
      w.element("th", ["scope": "row"]) { $0.name(feature.name, atMost: 60) }
      w.element("td", ["class": "picture"]) { w in
        let share = min(1, max(0, feature.share ?? 0))
        let length = Int((share * Double(Self.barWidth)).rounded())
        w.element(
          "svg",
          [
            "class": "small", "viewBox": "0 0 \(Self.barWidth) 28",
            "preserveAspectRatio": "none", "aria-hidden": "true",
          ]
        ) { w in
          w.void("path", ["class": "p", "d": "M0 7H\(length)v14H0z"])
        }
      }
      w.number("td", feature.share.map { ShownNumber(signedShare: $0) })
      w.number("td", ShownNumber(feature.statisticWithout))
      w.number("td", ShownNumber(feature.drop))
    }
  }

  private func writeRows(to w: inout HTMLWriter) {
    w.raw(
      """
      <h3>Rows least like the baseline</h3><p>Where the current data are dense and the baseline is \
      not. The witness is the mean kernel with the rows of the baseline less that with the other \
      current rows. Values are those furthest from the baseline’s mean, in its standard \
      deviations.</p>
      """)
    w.element("div", ["class": "scroll"]) { w in
      w.element("table") { w in
        w.raw(
          """
          <caption>Rows of the current data, counted from 1</caption><thead><tr>\
          <th scope="col">Row</th><th scope="col">Witness</th>\
          <th scope="col">Most unusual values</th></tr></thead>
          """)
        w.element("tbody") { w in
          for row in causes.rows {
            w.element("tr") { w in
              w.element("th", ["scope": "row"]) { w in
                let number = row.number.map { ShownNumber(count: $0) }
                w.element("span", ["title": number?.exact], number?.text ?? HTMLWriter.none)
              }
              w.number("td", ShownNumber(row.witness))
              w.element("td") { write(row.values, to: &$0) }
            }
          }
        }
      }
    }
    w.newline()
  }

  private func write(_ values: [DiscrepancyCauses.Value], to w: inout HTMLWriter) {
    for (index, value) in values.enumerated() {
      if index > 0 { w.raw(", ") }
      w.name(value.feature, atMost: 40)
      w.raw(" ")
      w.number("span", ShownNumber(value.value))
      w.raw(" (")
      if let standardised = value.standardised {
        w.number("span", ShownNumber(standardised, fixed: 1))
        w.raw(" SD)")
      } else {
        w.raw("never seen)")
      }
    }
  }
}
