internal import DriftDetection

/// The verdict, why, and what to do about it.
struct VerdictSection {
  private let report: Report
  private let result: DriftResult
  private let context: Report.Context
  private let features: [PageFeature]

  /// More findings than this are left to the table.
  private static let mostFindings = 10

  init(_ report: Report, _ features: [PageFeature]) {
    self.report = report
    result = report.result
    context = report.context
    self.features = features
  }

  func write(to w: inout HTMLWriter) {
    w.element(
      "section", ["class": "verdict \(result.status.style)", "aria-labelledby": "verdict-title"]
    ) { w in
      w.element("h1", ["id": "verdict-title"]) { w in
        w.element("span", ["class": "word"], result.status.rawValue)
        w.text(" \(headline)")
      }
      w.newline()
      w.element("p", ["class": "lead"], summary)
      w.newline()
      writeFigures(to: &w)
      w.element("div", ["class": "columns"]) { w in
        writeReasons(to: &w)
        w.element("div") { w in
          w.element("h2", "What to do next")
          w.element("ol") { w in
            for step in NextSteps(report).steps { w.element("li", step) }
          }
        }
      }
    }
    w.newline()
  }

  private var headline: String {
    switch result.status {
    case .ok where result.features.contains { !$0.gates && $0.status.isFinding }:
      "No drift found in what gates"
    case .ok: "No drift found"
    case .warn: "Something changed that is worth a look"
    case .fail: "The current data drifted from the baseline"
    }
  }

  private var summary: String {
    let all = ShownNumber.counted(result.features.count, "feature", "features")
    let parts = [
      (FeatureStatus.fail, "drifted"), (.warn, "worth a look"), (.ok, "OK"),
      (.notCompared, "not compared"),
    ].compactMap { status, words -> String? in
      let count = result.features.count { $0.status == status }
      return count == 0 ? nil : "\(ShownNumber.grouped(count)) \(words)"
    }
    let others = result.notGatingText.map { " \($0.prefix(1).uppercased())\($0.dropFirst())." }
    let text = "Of \(all), \(parts.joined(separator: ", "))." + (others ?? "")
    guard let outcome = result.maximumMeanDiscrepancy else { return text }
    let joint =
      switch outcome.status {
      case .ok: "Taken together, the numeric features show no drift."
      case .warn: "Taken together, the numeric features look a little different."
      case .fail: "Taken together, the numeric features drifted."
      }
    return "\(text) \(joint)"
  }

  private func writeFigures(to w: inout HTMLWriter) {
    w.element("dl", ["class": "figures"]) { w in
      for status in FeatureStatus.shown(result.features) {
        let count = result.features.count { $0.status == status }
        figure("Features \(status.rawValue)", to: &w) { w in
          w.element("dd", ShownNumber.grouped(count))
        }
      }
      figure("Largest PSI", to: &w) { w in
        w.number("dd", ShownNumber(result.maximumStabilityIndex, fixed: 3))
      }
      if let outcome = result.maximumMeanDiscrepancy {
        figure("MMD p-value", to: &w) { w in
          w.number("dd", ShownNumber(probability: outcome.test.pValue))
        }
      }
    }
    w.newline()
  }

  private func figure(
    _ label: String, to w: inout HTMLWriter, _ value: (inout HTMLWriter) -> Void
  ) {
    w.element("div") { w in
      w.element("dt", label)
      value(&w)
    }
  }

  private func writeReasons(to w: inout HTMLWriter) {
    let found = foundFeatures
    let count = result.features.count { $0.status.isFinding }
    w.element("div") { w in
      w.element("h2", "Why")
      if result.status == .ok {
        let place = count == 0 ? "" : " in a feature that gates"
        w.element("p", "No test found a change\(place) that is both large and beyond chance.")
        guard count > 0 else { return }
      }
      w.element("ul", ["class": "reasons"]) { w in
        let joint = result.maximumMeanDiscrepancy
        for status in [DriftStatus.fail, .warn] {
          for finding in result.tableFindings where finding.status == status {
            w.element("li") { w in
              StatusBadge.write(status, to: &w)
              w.text(" \(PlainText.neutralised(finding.sentence))")
            }
            w.newline()
          }
          if let joint, joint.finding?.status == status { writeFinding(joint, to: &w) }
          if let outcome = result.dependence, outcome.finding?.status == status {
            writeFinding(outcome, to: &w)
          }
          for feature in found.prefix(Self.mostFindings)
          where feature.result.gates && feature.result.status == FeatureStatus(status) {
            writeFinding(feature, to: &w)
          }
        }
        for feature in found.prefix(Self.mostFindings) where !feature.result.gates {
          writeFinding(feature, to: &w)
        }
      }
      if count > Self.mostFindings {
        let more = count - Self.mostFindings
        w.element("p") { w in
          w.text("And \(ShownNumber.counted(more, "more feature", "more features")), in the ")
          w.raw("<a href=\"#features-title\">table of features</a>.")
        }
      }
    }
  }

  /// The features with findings: those that gate first, and where it is known what the model makes of them,
  /// in the order of the reasons.
  private var foundFeatures: [PageFeature] {
    let all = features.filter { $0.result.status.isFinding }
    guard result.features.contains(where: { $0.importance != nil }) else {
      return all.filter(\.result.gates) + all.filter { !$0.result.gates }
    }
    let places = Dictionary(uniqueKeysWithValues: all.map { ($0.number - 1, $0) })
    return result.placesOfFindings.compactMap { places[$0] }
  }

  private func writeFinding(_ outcome: DiscrepancyOutcome, to w: inout HTMLWriter) {
    w.element("li") { w in
      StatusBadge.write(outcome.status, to: &w)
      w.raw(" <a href=\"#mmd-title\">All numeric features together</a><ul>")
      w.element("li", DiscrepancySection.sentence(outcome, level: 0))
      let drivers = outcome.causes?.drivers ?? []
      if !drivers.isEmpty {
        w.element("li") { w in
          w.raw("What adds most to it: ")
          for (index, driver) in drivers.enumerated() {
            if index > 0 { w.raw(index == drivers.count - 1 ? " and " : ", ") }
            w.name(driver.name, atMost: 60)
          }
          w.raw(".")
        }
      }
      w.raw("</ul>")
    }
    w.newline()
  }

  private func writeFinding(_ outcome: DependenceOutcome, to w: inout HTMLWriter) {
    w.element("li") { w in
      StatusBadge.write(outcome.status, to: &w)
      w.raw(" <a href=\"#dependence-title\">Features that go together</a><ul>")
      for pair in outcome.pairs.prefix(3) { w.element("li", "The \(pair.sentence).") }
      w.raw("</ul>")
    }
    w.newline()
  }

  private func writeFinding(_ feature: PageFeature, to w: inout HTMLWriter) {
    w.element("li") { w in
      StatusBadge.write(feature.result.status, to: &w)
      w.raw(" ")
      w.element("a", ["href": "#\(feature.anchor)"]) { $0.name(feature.result.name, atMost: 60) }
      w.text(feature.result.gateMark)
      w.element("ul") { w in
        for finding in feature.result.findings {
          w.element("li", FindingSentence(finding, feature.result, context).text)
        }
      }
    }
    w.newline()
  }
}
