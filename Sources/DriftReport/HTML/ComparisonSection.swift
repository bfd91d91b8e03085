internal import DriftDetection

/// What was compared, and with which settings.
struct ComparisonSection {
  private let result: DriftResult
  private let context: Report.Context

  init(_ report: Report) {
    result = report.result
    context = report.context
  }

  func write(to w: inout HTMLWriter) {
    w.element("section", ["aria-labelledby": "compared-title"]) { w in
      w.raw("<h2 id=\"compared-title\">What was compared</h2>\n")
      w.element("div", ["class": "columns"]) { w in
        w.element("div") { w in
          writeSides(to: &w)
          w.element("dl", ["class": "facts"], writeRun)
        }
        w.element("dl", ["class": "facts"], writeLimits)
      }
    }
    w.newline()
  }

  private func writeSides(to w: inout HTMLWriter) {
    w.element("div", ["class": "scroll"]) { w in
      w.element("table") { w in
        w.raw("<caption>The two tables</caption>")
        w.raw("<thead><tr><th scope=\"col\">Side</th><th scope=\"col\">File</th>")
        w.raw("<th scope=\"col\" class=\"n\">Rows</th></tr></thead>")
        w.element("tbody") { w in
          side("Baseline", "baseline", context.baseline, result.baselineRows, to: &w)
          side("Current", "current", context.current, result.currentRows, to: &w)
        }
      }
    }
  }

  private func side(
    _ label: String, _ key: String, _ file: String, _ rows: Int, to w: inout HTMLWriter
  ) {
    w.element("tr") { w in
      w.element("th", ["scope": "row"]) { w in
        w.element("span", ["class": "key \(key)", "aria-hidden": "true"], "")
        w.text(label)
      }
      w.element("td", ["class": "file"]) { $0.name(file, atMost: 300) }
      w.element("td", ["class": "n", "title": ShownNumber(count: rows).exact]) {
        $0.text(ShownNumber.grouped(rows))
      }
    }
  }

  private func writeRun(to w: inout HTMLWriter) {
    if let model = context.model { fact("Model", to: &w) { $0.name(model) } }
    fact("Time", to: &w) { $0.text(context.generatedAt) }
    fact("Made by", to: &w) { $0.text("drift-check \(context.version), seed \(context.seed)") }
  }

  private func writeLimits(to w: inout HTMLWriter) {
    let limits = context.configuration.thresholds
    fact("Columns", to: &w) { w in
      func count(_ kind: ColumnKind) -> Int { result.features.count { $0.kind == kind } }
      let times = count(.time) > 0 ? ", \(ShownNumber.grouped(count(.time))) of points in time" : ""
      w.text(
        "\(ShownNumber.grouped(count(.numeric))) numeric, "
          + "\(ShownNumber.grouped(count(.categorical))) categorical\(times)")
    }
    fact("FAIL when", to: &w) {
      $0.text("p < \(context.alpha), and \(limits.sentence(TestTable.limits, \.fail))")
    }
    fact("WARN when", to: &w) {
      $0.text("p < \(context.warnAlpha), and \(limits.sentence(TestTable.limits, \.warn))")
    }
    let others = result.features.count {
      context.configuration.ownThresholds(of: $0.name) != nil
    }
    if others > 0 {
      fact("Own limits", to: &w) {
        $0.text(
          "\(ShownNumber.counted(others, "column has", "columns have")) other limits, see the details"
        )
      }
    }
    fact("p-values", to: &w) { $0.text(adjustment) }
    if context.configuration.compatibility != .none || !limits.stabilityGate {
      fact("PSI", to: &w) { $0.text("counts whatever its p-value") }
    }
  }

  private var adjustment: String {
    switch context.configuration.adjustment {
    case .holm: "adjusted over the features by Holm’s method"
    case .benjaminiHochberg: "adjusted over the features by Benjamini and Hochberg’s method"
    case .none: "not adjusted over the features"
    }
  }

  private func fact(
    _ label: String, to w: inout HTMLWriter, _ value: (inout HTMLWriter) -> Void
  ) {
    w.element("div") { w in
      w.element("dt", label)
      w.element("dd", value)
    }
  }
}
