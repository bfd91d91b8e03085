internal import DriftDetection

/// The features for a narrow terminal: a line each, and another one where something was found. The
/// p-values are left to the reasons.
struct FeatureList {
  private let style: TerminalStyle
  private let shown: ShownFeatures

  init(_ report: Report, _ style: TerminalStyle) {
    self.style = style
    shown = ShownFeatures(report.result.features)
  }

  /// The lines; none of them is wider than the terminal.
  var lines: [String] {
    let remark = shown.remark.map { TerminalLayout.wrapped($0, width: style.width) } ?? []
    return shown.features.flatMap(lines) + remark
  }

  private func lines(_ feature: FeatureResult) -> [String] {
    let cells = FeatureCells(feature)
    // The longest status is left to the line below.
    let isCompared = feature.status != .notCompared
    let status = PlainText.padded(isCompared ? feature.status.rawValue : "-", to: 4)
    // The index stands at the end of the line where there is room for it.
    let index =
      feature.populationStability.flatMap {
        style.width >= 24 ? NumberText.fixed($0.test.value, 3) : nil
      } ?? ""
    let room = style.width - 5 - (index.isEmpty ? 0 : 2 + index.utf8.count)
    let name = TerminalLayout.shortened(
      PlainText.neutralised(feature.name), to: room, ellipsis: style.ellipsis)
    let head = "\(style.painted(status, feature.status)) "
    guard isCompared else { return [head + name] + indented(["not compared"]) }
    guard feature.status != .ok else {
      return [
        head + (index.isEmpty ? name : PlainText.padded(name, to: room) + "  " + index)
      ]
    }
    guard feature.current != nil else {
      return [head + name] + indented(["not in the current data"])
    }
    var facts = ShownColumn.all.filter { !$0.isProbability && $0.number(feature) != nil }
      .map { "\($0.declared.heading) \(cells.text($0))" }
    if let most = feature.possibleStability {
      facts.append("may be up to \(NumberText.fixed(most, 3))")
    }
    if let bound = feature.newLevelsBound {
      facts.append("new levels may be up to \(NumberText.percent(bound.share))")
    } else if let levels = feature.newLevels, levels.status != .ok {
      facts.append("new levels \(NumberText.percent(levels.test.share))")
    }
    if let bound = feature.lostLevelsBound {
      facts.append("lost levels may be up to \(NumberText.percent(bound.share))")
    } else if let levels = feature.lostLevels, levels.status != .ok {
      facts.append("lost levels \(NumberText.percent(levels.test.share))")
    }
    if facts.isEmpty || feature.hasGaps { facts.append("missing \(cells.missing)") }
    let whole = TerminalLayout.shortened(
      PlainText.neutralised(feature.name), to: style.width - 5, ellipsis: style.ellipsis)
    return [head + whole] + indented(facts)
  }

  /// Facts between commas, each in one piece where that fits.
  private func indented(_ facts: [String]) -> [String] {
    let text = facts.map { $0.split(separator: " ").joined(separator: "\u{A0}") }
      .joined(separator: ", ")
    return TerminalLayout.wrapped(text, width: style.width, first: "     ", indent: 5)
  }
}

extension FeatureResult {
  /// Whether cells without a value were seen on a side.
  fileprivate var hasGaps: Bool {
    [baseline, current].contains { side in
      side.map { $0.missing + $0.unparseable > 0 } ?? false
    }
  }
}
