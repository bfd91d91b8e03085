internal import DriftKit

extension Report {
  /// The report as a table for people.
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
      lines += ["", Self.line(discrepancy, color: color)]
    }
    if !result.notes.isEmpty {
      lines += ["", "notes"] + Self.bullets(result.notes, atMost: 10)
    }
    lines += ["", Self.painted(result.status, color: color)]
    lines += Self.bullets(result.reasons, atMost: 50)
    lines += ["report: \(PlainText.neutralised(reportPath))", ""]
    return lines.joined(separator: "\n")
  }

  private static func bullets(_ texts: [String], atMost most: Int) -> [String] {
    return texts.prefix(most).map { "  \(PlainText.neutralised($0))" }
      + (texts.count > most ? ["  ... and \(texts.count - most) more, in the report"] : [])
  }

  private static func line(_ outcome: DiscrepancyOutcome, color: Bool) -> String {
    let test = outcome.test
    let unit =
      switch test.unit {
      case .rows: "rows"
      case .blocks: "blocks of \(test.blockSize) rows"
      }
    return "MMD over \(outcome.features.count) features: MMD^2 "
      + "\(NumberText.significant(test.statistic, 3)), p = \(NumberText.significant(test.pValue, 3))"
      + " (\(test.isExact ? "all " : "")\(test.permutations) permutations of \(unit))  "
      + painted(outcome.status, color: color)
  }

  /// A status, coloured.
  static func painted(_ status: DriftStatus, color: Bool) -> String {
    guard color else { return status.rawValue }
    let code =
      switch status {
      case .ok: 32
      case .warn: 33
      case .fail: 31
      }
    return "\u{1B}[1;\(code)m\(status.rawValue)\u{1B}[0m"
  }
}

/// The features, one line each.
private struct FeatureTable {
  private let features: [FeatureResult]
  private let hidden: Int

  /// More features than this without a finding are left to the report.
  static let mostQuiet = 60
  static let widestName = 36

  init(_ all: [FeatureResult]) {
    let quiet = all.count { $0.status == .ok }
    features = quiet > Self.mostQuiet ? all.filter { $0.status != .ok } : all
    hidden = all.count - features.count
  }

  func lines(color: Bool) -> [String] {
    let names = features.map {
      PlainText.cut(PlainText.neutralised($0.name), to: Self.widestName)
    }
    let width = max(7, names.map(\.count).max() ?? 0)
    let heading =
      PlainText.padded("feature", to: width) + "  kind         "
      + ["PSI", "adj. p", "effect", "adj. p"].map { PlainText.padded($0, to: 8, right: true) }
      .joined(separator: "  ") + "  missing  status"
    var lines = features.isEmpty ? [] : [heading]
    for (feature, name) in zip(features, names) {
      let cells = [
        feature.populationStability.map { NumberText.fixed($0.test.value, 3) },
        feature.populationStability.map { Self.probability($0.adjustedPValue) },
        feature.meanShift?.effectSize.map { NumberText.fixed($0, 2) },
        feature.meanShift?.adjustedPValue.map(Self.probability),
      ]
      lines.append(
        PlainText.padded(name, to: width) + "  "
          + PlainText.padded(feature.kind.rawValue, to: 11) + "  "
          + cells.map { PlainText.padded($0 ?? "-", to: 8, right: true) }.joined(separator: "  ")
          + "  " + PlainText.padded(Self.missing(feature), to: 7, right: true) + "  "
          + Report.painted(feature.status, color: color))
    }
    if hidden > 0 { lines.append("\(hidden) more features are OK, see the report") }
    return lines
  }

  private static func probability(_ p: Double) -> String {
    p < 1e-12 ? "< 1e-12" : NumberText.significant(p, 2)
  }

  private static func missing(_ feature: FeatureResult) -> String {
    guard let current = feature.current, current.rows > 0 else { return "gone" }
    return NumberText.percent(Double(current.missing + current.unparseable) / Double(current.rows))
  }
}
