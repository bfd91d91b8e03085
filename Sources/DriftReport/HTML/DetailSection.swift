internal import DriftDetection

/// Everything about every feature, folded away.
struct DetailSection {
  private let features: [PageFeature]
  private let context: Report.Context

  init(_ features: [PageFeature], _ context: Report.Context) {
    self.features = features
    self.context = context
  }

  func write(to w: inout HTMLWriter) {
    w.element("section", ["aria-labelledby": "details-title"]) { w in
      w.raw("<h2 id=\"details-title\">Details</h2>\n")
      w.raw(
        """
        <p class="script"><button type="button" id="open">Open all</button> \
        <button type="button" id="close">Close all</button></p>
        <div id="details">

        """)
      let mostBins = BinTable.most(of: features.count)
      for feature in features {
        FeatureDetail(feature, context, mostBins: mostBins).write(to: &w)
        w.newline()
      }
      w.raw("</div>\n")
    }
    w.newline()
  }
}

/// Everything about one feature.
struct FeatureDetail {
  private let feature: PageFeature
  private let result: FeatureResult
  private let context: Report.Context
  private let mostBins: Int

  init(_ feature: PageFeature, _ context: Report.Context, mostBins: Int) {
    self.feature = feature
    self.mostBins = mostBins
    result = feature.result
    self.context = context
  }

  func write(to w: inout HTMLWriter) {
    w.element("details", ["class": result.status.style]) { w in
      w.element("summary") { w in
        w.element("h3") { $0.name(result.name) }
        StatusBadge.write(result.status, to: &w)
        w.text(result.gateMark)
        w.element("span", ["class": "gist"], gist)
      }
      // The address is inside, so that browsers unfold the details when they go there.
      w.element("div", ["class": "body", "id": feature.anchor]) { w in
        writeFindings(to: &w)
        if let limits = context.configuration.ownThresholds(of: result.name) {
          w.element("p", Self.sentence(limits))
        }
        if let bins = result.populationStability?.test.bins {
          let labels = BinLabels(bins, kind: result.kind)
          BinTable(bins, labels, kind: result.kind, atMost: mostBins).write(to: &w)
        } else {
          w.element("p", "No histogram: there is nothing to compare.")
        }
        w.element("div", ["class": "tables"]) { w in
          SideTable(result).write(to: &w)
          TestNumbers(result).write(to: &w)
        }
      }
    }
  }

  private var gist: String {
    guard let psi = result.populationStability?.test.value else { return result.kind.rawValue }
    return "\(result.kind.rawValue), PSI \(NumberText.fixed(psi, 3))"
  }

  private static func sentence(_ limits: Thresholds) -> String {
    let shown = Set(ShownColumn.all.map(\.test))
    let tests = TestTable.limits.filter { shown.contains($0.test) }
    return
      "It has limits of its own. FAIL when p < \(limits.alpha), and "
      + "\(limits.sentence(tests, \.fail)); WARN when p < \(limits.warnAlpha), and "
      + "\(limits.sentence(tests, \.warn))."
  }

  private func writeFindings(to w: inout HTMLWriter) {
    let findings = result.findings
    let notes = result.notes(context.words)
    guard !findings.isEmpty || !notes.isEmpty else { return }
    w.element("ul", ["class": "findings"]) { w in
      for finding in findings {
        w.element("li", FindingSentence(finding, result, context).text)
      }
      for note in notes {
        w.element("li") { w in
          w.raw("<i>Note:</i> ")
          w.text(PlainText.cut(note, to: 1_000))
        }
      }
    }
  }
}

extension Thresholds {
  /// From where tests warn or fail, in words.
  func sentence(_ tests: [DeclaredLimits], _ limit: KeyPath<Limits, Double>) -> String {
    let parts = tests.map { "\($0.size) ≥ \(self[$0][keyPath: limit])\($0.remark)" }
    return [parts.dropLast().joined(separator: ", "), parts.last ?? ""]
      .filter { !$0.isEmpty }.joined(separator: " or ")
  }
}
