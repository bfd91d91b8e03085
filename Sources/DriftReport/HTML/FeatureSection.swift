internal import DriftDetection

/// The features, a row each, to be sorted and filtered.
struct FeatureSection {
  private let features: [PageFeature]
  private let hidden: Int

  /// The features of the page, of so many that there are.
  init(_ features: [PageFeature], of count: Int) {
    self.features = features
    hidden = count - features.count
  }

  func write(to w: inout HTMLWriter) {
    w.element("section", ["aria-labelledby": "features-title"]) { w in
      w.raw("<h2 id=\"features-title\">Features</h2>\n")
      writeHidden(to: &w)
      writeControls(to: &w)
      w.raw(
        """
        <div class="scroll" role="region" aria-labelledby="features-title" tabindex="0">
        <table id="features"><caption>The worst first. Pictures: shares of rows by bin, \
        <span class="key baseline" aria-hidden="true"></span>baseline filled, \
        <span class="key current" aria-hidden="true"></span>current as a line.</caption>
        <thead><tr>\
        <th scope="col" data-sort="text" aria-sort="none">Feature</th>\
        <th scope="col" data-sort="text" aria-sort="none">Kind</th>\
        <th scope="col" data-sort="status" aria-sort="descending">Status</th>
        """)
      for column in ShownColumn.all { writeHeading(column, to: &w) }
      w.raw(
        """
        <th scope="col" data-sort="down" aria-sort="none" class="n">Missing, baseline</th>\
        <th scope="col" data-sort="down" aria-sort="none" class="n">Missing, current</th>\
        <th scope="col">Shares by bin</th>\
        </tr></thead>

        """)
      w.element("tbody") { w in
        for feature in features {
          writeRow(feature, to: &w)
          w.newline()
        }
      }
      w.raw("</table>\n</div>\n<p class=\"script\" id=\"nothing\" hidden=\"hidden\">")
      w.raw("No feature matches. Clear the search or choose “All”.</p>\n")
    }
    w.newline()
  }

  private func writeHeading(_ column: ShownColumn, to w: inout HTMLWriter) {
    let order = column.isProbability ? "up" : column.declared.isSigned ? "size" : "down"
    w.element(
      "th", ["scope": "col", "data-sort": order, "aria-sort": "none", "class": "n"],
      column.declared.pageHeading)
  }

  private func writeHidden(to w: inout HTMLWriter) {
    guard hidden > 0 else { return }
    let rest = ShownNumber.counted(hidden, "more feature is", "more features are")
    w.element(
      "p", ["class": "hidden"],
      "Here are the worst \(ShownNumber.grouped(features.count)). \(rest) left out of this page, of "
        + "this table and of the details: the JSON report has all of them.")
    w.newline()
  }

  /// Shown where scripts run; without them the table is whole and in order.
  private func writeControls(to w: inout HTMLWriter) {
    w.element("form", ["class": "controls script", "id": "controls"]) { w in
      w.raw("<p><label for=\"search\">Find a feature</label> ")
      w.raw("<input id=\"search\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"/></p>")
      w.raw("<fieldset><legend>Status</legend>")
      choice("", "All", features.count, isChecked: true, to: &w)
      for status in FeatureStatus.shown(features.map(\.result)) {
        let count = features.count { $0.result.status == status }
        choice(status.rawValue, status.rawValue, count, isChecked: false, to: &w)
      }
      w.raw("</fieldset><p role=\"status\" id=\"shown\"></p>")
    }
    w.newline()
  }

  private func choice(
    _ value: String, _ label: String, _ count: Int, isChecked: Bool, to w: inout HTMLWriter
  ) {
    w.element("label") { w in
      w.void(
        "input",
        [
          "type": "radio", "name": "status", "value": value,
          "checked": isChecked ? "checked" : nil,
        ])
      w.element("span") { w in
        w.text("\(label) ")
        w.element("b", ShownNumber.grouped(count))
      }
    }
  }

  private func writeRow(_ feature: PageFeature, to w: inout HTMLWriter) {
    let result = feature.result
    w.element("tr") { w in
      w.element("th", ["scope": "row"]) { w in
        w.element("a", ["href": "#\(feature.anchor)"]) { $0.name(result.name) }
        w.text(result.gateMark)
      }
      w.element("td", result.kind.rawValue)
      w.element("td") { StatusBadge.write(result.status, to: &$0) }
      for column in ShownColumn.all {
        let digits = column.declared.digits
        w.number(
          "td",
          column.number(result).map { number in
            digits.map { ShownNumber(number, fixed: $0) } ?? ShownNumber(probability: number)
          })
      }
      writeMissing(result.baseline, to: &w)
      writeMissing(result.current, to: &w)
      w.element("td", ["class": "picture"]) { w in
        guard let bins = result.populationStability?.test.bins else { return }
        let largest = BinLabels(bins, kind: result.kind).largestPart(of: bins)
        SharePicture(bins).writeSmall(
          largest.map { "Adds most: \($0)" } ?? "Shares are equal", to: &w)
      }
    }
  }

  /// The share of cells without a value, which sorts by all its digits.
  private func writeMissing(_ side: SideSummary?, to w: inout HTMLWriter) {
    guard let side, side.rows > 0 else {
      w.element("td", side == nil ? "gone" : HTMLWriter.none)
      return
    }
    let missing = side.missing + side.unparseable
    let share = Double(missing) / Double(side.rows)
    w.element(
      "td",
      [
        "data-value": missing == 0 ? nil : "\(share)",
        "title": missing == 0 ? nil : "\(missing) of \(side.rows)",
      ], ShownNumber.percent(share))
  }
}
