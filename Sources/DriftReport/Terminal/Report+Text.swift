internal import DriftDetection

extension Report {
  /// The report as a table that stays the same wherever it goes: names are whole, and lines as long
  /// as they need to be. What a terminal gets is `terminalText`.
  ///
  /// - Parameters:
  ///   - color: Whether statuses are coloured by terminal sequences.
  ///   - reportPath: Where the report was written.
  /// - Returns: Lines, with a line feed at the end.
  package func text(color: Bool, reportPath: String) -> String {
    var lines = [
      "baseline  \(PlainText.neutralised(context.baseline))  \(result.baselineRows) rows",
      "current   \(PlainText.neutralised(context.current))  \(result.currentRows) rows",
      "",
    ]
    lines += FeatureTable(result.features).lines(color: color)
    if let discrepancy = result.maximumMeanDiscrepancy {
      lines += [
        "",
        Self.line(discrepancy) + "  " + Self.painted(discrepancy.status, color: color),
      ]
    }
    if let dependence = result.dependence {
      lines.append(Self.line(dependence) + "  " + Self.painted(dependence.status, color: color))
    }
    let notes = notes
    if !notes.isEmpty {
      lines += ["", "notes"] + Self.bullets(notes, atMost: 10)
    }
    let besides = [result.notComparedText, result.notGatingText].compactMap { $0 }
    let count = ShownNumber.counted(result.features.count, "feature", "features")
    let rest = besides.isEmpty ? "" : "  " + ([count] + besides).joined(separator: ", ")
    lines += ["", Self.painted(result.status, color: color) + rest]
    lines += Self.bullets(reasons, atMost: 50)
    lines += ["report: \(PlainText.neutralised(reportPath))", ""]
    return lines.joined(separator: "\n")
  }

  private static func bullets(_ texts: [String], atMost most: Int) -> [String] {
    return texts.prefix(most).map { "  \(PlainText.neutralised($0))" }
      + (texts.count > most ? ["  ... and \(texts.count - most) more, in the report"] : [])
  }

  /// The kernel test without its status.
  static func line(_ outcome: DiscrepancyOutcome) -> String {
    let test = outcome.test
    let unit =
      switch test.unit {
      case .rows: "rows"
      case .blocks: "blocks of \(test.blockSize) rows"
      }
    return "MMD over \(outcome.features.count) features: separability "
      + "\(NumberText.fixed(test.separability, 3)), p = \(NumberText.significant(test.pValue, 3))"
      + " (\(test.isExact ? "all " : "")\(test.permutations) permutations of \(unit))"
  }

  /// The change of dependence without its status.
  static func line(_ outcome: DependenceOutcome) -> String {
    "Correlations of \(outcome.features.count) features: largest change beyond chance "
      + "\(NumberText.fixed(outcome.largestChange, 3)), p = "
      + NumberText.significant(outcome.test.pValue, 3)
  }

  /// A status, coloured.
  static func painted(_ status: DriftStatus, color: Bool) -> String {
    painted(FeatureStatus(status), color: color)
  }

  /// A status, coloured.
  static func painted(_ status: FeatureStatus, color: Bool) -> String {
    color ? painted(status.rawValue, status) : status.rawValue
  }

  /// A text in the colour of a status.
  static func painted(_ text: String, _ status: FeatureStatus) -> String {
    let code =
      switch status {
      case .ok: 32
      case .notCompared: 36
      case .warn: 33
      case .fail: 31
      }
    return "\u{1B}[1;\(code)m\(text)\u{1B}[0m"
  }
}

/// The features, one line each.
private struct FeatureTable {
  private let shown: ShownFeatures

  /// A longer name moves the rest of its own line only, and stays whole for those who search.
  static let widestName = 36

  init(_ all: [FeatureResult]) { shown = ShownFeatures(all) }

  func lines(color: Bool) -> [String] {
    let names = shown.features.map { PlainText.neutralised($0.name) }
    let width = names.map { min(DisplayWidth.of($0), Self.widestName) }.reduce(7, max)
    let heading =
      PlainText.padded("feature", to: width) + "  kind         "
      + ShownColumn.sizesFirst.map { PlainText.padded($0.declared.heading, to: 8, right: true) }
      .joined(separator: "  ") + "  missing  status"
    var lines = shown.features.isEmpty ? [] : [heading]
    for (feature, name) in zip(shown.features, names) {
      let cells = FeatureCells(feature)
      lines.append(
        PlainText.padded(name, to: width) + "  "
          + PlainText.padded(feature.kind.rawValue, to: 11) + "  "
          + ShownColumn.sizesFirst.map { PlainText.padded(cells.text($0), to: 8, right: true) }
          .joined(separator: "  ")
          + "  " + PlainText.padded(cells.missing, to: 7, right: true) + "  "
          + Report.painted(feature.status, color: color)
          + (feature.status.isFinding ? feature.gateMark : ""))
    }
    return lines + (shown.remark.map { [$0] } ?? [])
  }
}
