internal import DriftDetection

/// The whole document.
struct Page {
  private let report: Report
  /// The features, the worst first; not all of them when there are very many.
  private let features: [PageFeature]

  init(_ report: Report) {
    self.report = report
    features = PageFeature.ordered(report.result.features)
  }

  func write(to w: inout HTMLWriter) {
    w.raw("<!DOCTYPE html>\n")
    w.element("html", ["lang": "en"]) { w in
      w.newline()
      w.element("head", writeHead)
      w.newline()
      w.element("body", writeBody)
      w.newline()
    }
    w.newline()
  }

  private func writeHead(to w: inout HTMLWriter) {
    w.raw("\n<meta charset=\"utf-8\"/>\n")
    // Nothing is loaded and nothing runs but the two texts below.
    w.void(
      "meta",
      [
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src '\(PageStyle.hash)'; "
          + "script-src '\(PageScript.hash)'; base-uri 'none'; form-action 'none'",
      ])
    w.raw("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
    w.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n")
    w.raw("<meta name=\"referrer\" content=\"no-referrer\"/>\n")
    w.element("title") { w in
      w.text("\(report.result.status.rawValue): data drift report")
      if let model = report.context.model { w.text(" – \(PlainText.cut(model, to: 80))") }
    }
    w.raw("\n<style>")
    w.raw(PageStyle.text)
    w.raw("</style>\n")
  }

  private func writeBody(to w: inout HTMLWriter) {
    w.raw("\n<a class=\"skip\" href=\"#features-title\">Skip to the features</a>\n")
    w.element("header", ["class": "top"], writeHeader)
    w.newline()
    w.element("main") { w in
      VerdictSection(report, features).write(to: &w)
      ComparisonSection(report).write(to: &w)
      if let section = ImportanceSection(features, report.context) { section.write(to: &w) }
      FeatureSection(features, of: report.result.features.count).write(to: &w)
      if let outcome = report.result.maximumMeanDiscrepancy {
        DiscrepancySection(outcome, report.context).write(to: &w)
      }
      if let outcome = report.result.dependence { DependenceSection(outcome).write(to: &w) }
      DetailSection(features, report.context).write(to: &w)
      NoteSection(report.notes).write(to: &w)
      w.raw(Glossary.markup)
    }
    w.newline()
    w.element("footer") { w in
      w.element(
        "p",
        "Written by drift-check \(report.context.version). The JSON report has the same figures for "
          + "programs."
      )
    }
    w.raw("\n<script>")
    w.raw(PageScript.text)
    w.raw("</script>\n")
  }

  private func writeHeader(to w: inout HTMLWriter) {
    w.element("p") { w in
      w.element("strong", "Data drift report")
      if let model = report.context.model {
        w.raw(" <span>model ")
        w.name(model)
        w.raw("</span>")
      }
      w.raw(" ")
      w.element("time", ["datetime": report.context.generatedAt], report.context.generatedAt)
    }
  }
}
