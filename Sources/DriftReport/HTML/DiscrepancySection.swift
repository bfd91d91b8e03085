internal import DriftDetection

/// The kernel two-sample test, what it is like without drift, and what it comes from.
struct DiscrepancySection {
  private let outcome: DiscrepancyOutcome
  private let test: MaximumMeanDiscrepancy
  private let counts: Bool
  private let level: Double

  init(_ outcome: DiscrepancyOutcome, _ context: Report.Context) {
    self.outcome = outcome
    test = outcome.test
    counts = context.configuration.compatibility == .none
    level = context.configuration.thresholds.warnAlpha
  }

  /// What the test says, in plain words; below `level` a p-value is beyond chance.
  static func sentence(_ outcome: DiscrepancyOutcome, level: Double) -> String {
    let features = ShownNumber.counted(outcome.features.count, "feature", "features")
    let p = ShownNumber.pValue(outcome.test.pValue)
    return switch outcome.status {
    case .ok where outcome.adjustedPValue < level:
      "Seen over \(features) together, rows of both sides differ by less than matters (\(p)): "
        + "\(outcome.toldApart), where 50 % is no difference."
    case .ok:
      "Seen over \(features) together, rows of both sides are no more different than shuffled "
        + "rows are (\(p))."
    case .warn:
      "Seen over \(features) together, rows of both sides are a little more different than "
        + "shuffled rows usually are (\(p)): \(outcome.toldApart)."
    case .fail:
      "Seen over \(features) together, rows of both sides are more different than shuffled rows "
        + "are by chance (\(p)): \(outcome.toldApart)."
    }
  }

  func write(to w: inout HTMLWriter) {
    w.element("section", ["aria-labelledby": "mmd-title"]) { w in
      w.element("h2", ["id": "mmd-title"]) { w in
        w.raw("All numeric features together (MMD) ")
        StatusBadge.write(outcome.status, to: &w)
      }
      w.newline()
      w.element("p") { w in
        w.text(Self.sentence(outcome, level: level))
        if !counts { w.text(" With the numbers of an older job it does not count.") }
      }
      w.element("div", ["class": "columns"]) { w in
        NullDistribution(test).write(to: &w)
        writeNumbers(to: &w)
      }
      if let causes = outcome.causes {
        CauseSection(causes).write(to: &w)
      } else {
        writeFeatures(to: &w)
      }
    }
    w.newline()
  }

  private func writeNumbers(to w: inout HTMLWriter) {
    w.element("table", ["class": "facts"]) { w in
      w.raw("<caption>The test in numbers</caption>")
      w.element("tbody") { w in
        w.row("Separability", [ShownNumber(test.separability, fixed: 3)])
        w.row("MMD squared", [ShownNumber(test.statistic)])
        w.row("Studentised", [ShownNumber(test.studentised)])
        w.row("p-value", [ShownNumber(probability: test.pValue)])
        w.row("Adjusted p-value", [ShownNumber(probability: outcome.adjustedPValue)])
        if let kernel = test.decidingKernel { word("Kernel", kernel.name, to: &w) }
        w.row("Permutations", [ShownNumber(count: test.permutations)])
        word("All there are", test.isExact ? "yes" : "no", to: &w)
        word("Permuted", test.unit == .rows ? "rows" : "blocks of rows", to: &w)
        w.row("Rows of a unit", [ShownNumber(count: test.blockSize)])
        w.row("Bandwidth", [ShownNumber(test.bandwidth)])
        w.row("Baseline rows", [ShownNumber(count: test.baselineRows)])
        w.row("Current rows", [ShownNumber(count: test.currentRows)])
        word("Sampled from more rows", test.isSampled ? "yes" : "no", to: &w)
      }
    }
  }

  private func word(_ label: String, _ value: String, to w: inout HTMLWriter) {
    w.element("tr") { w in
      w.element("th", ["scope": "row"], label)
      w.element("td", value)
    }
  }

  private func writeFeatures(to w: inout HTMLWriter) {
    guard !outcome.features.isEmpty else { return }
    w.element("details", ["class": "plain"]) { w in
      w.element(
        "summary", "The \(ShownNumber.counted(outcome.features.count, "feature", "features")) in it"
      )
      w.element("p") { w in
        w.names(outcome.features.prefix(PageFeature.most))
        let hidden = outcome.features.count - PageFeature.most
        if hidden > 0 {
          w.text(" and \(ShownNumber.grouped(hidden)) more, in the JSON report")
        }
      }
    }
  }
}
