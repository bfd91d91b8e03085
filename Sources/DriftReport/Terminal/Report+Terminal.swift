internal import DriftDetection

extension Report {
  /// What a run has besides the report, as far as a reader at a terminal is told about it.
  package struct TerminalOptions: Sendable, Hashable {
    /// Where the report was written.
    package let reportPath: String
    /// Where the page for people was written; nil for nowhere.
    package let pagePath: String?
    /// Whether a WARN ends with exit code 0.
    package let endsWithZero: Bool

    package init(reportPath: String, pagePath: String? = nil, endsWithZero: Bool = true) {
      self.reportPath = reportPath
      self.pagePath = pagePath
      self.endsWithZero = endsWithZero
    }
  }

  /// The report for a person at a terminal: a table that fits, what changed in plain words, the
  /// reasons, and what to do next.
  ///
  /// - Parameters:
  ///   - style: What the terminal can show.
  ///   - options: What else the reader is told about.
  /// - Returns: Lines of at most `style.width` columns, with a line feed at the end.
  package func terminalText(_ style: TerminalStyle, options: TerminalOptions) -> String {
    TerminalReport(self, style, options).lines.map { $0 + "\n" }.joined()
  }
}

/// The parts of what a terminal shows, in order.
private struct TerminalReport {
  private let report: Report
  private let style: TerminalStyle
  private let options: Report.TerminalOptions

  private static let mostChanges = 10
  private static let mostReasons = 20
  private static let mostNotes = 10

  init(_ report: Report, _ style: TerminalStyle, _ options: Report.TerminalOptions) {
    self.report = report
    self.style = style
    self.options = options
  }

  private var result: DriftResult { report.result }
  private var reasons: [String] { report.reasons }

  var lines: [String] {
    let features =
      style.width >= FeatureGrid.leastWidth
      ? FeatureGrid(report, style).lines : FeatureList(report, style).lines
    return side("baseline", report.context.baseline, result.baselineRows)
      + side("current", report.context.current, result.currentRows)
      + section(nil, features) + section(nil, discrepancy)
      + section("notes", bullets(report.notes, atMost: Self.mostNotes))
      + section(nil, verdict) + changes
      + section(
        reasons.isEmpty ? nil : "reasons", bullets(reasons, atMost: Self.mostReasons))
      + section(
        "what to do next",
        NextLines(report, options).lines.flatMap { bullet("- ", $0, indent: 2) })
      + section(nil, wrapped("report: \(PlainText.neutralised(options.reportPath))"))
  }

  /// An empty line, a heading and lines; nothing when there are none.
  private func section(_ title: String?, _ lines: [String]) -> [String] {
    let heading = title.map { wrapped($0).map { style.strong($0) } } ?? []
    return lines.isEmpty ? [] : [""] + heading + lines
  }

  private func side(_ name: String, _ path: String, _ rows: Int) -> [String] {
    let head = PlainText.padded(name, to: 10)
    let tail = "  " + ShownNumber.counted(rows, "row", "rows")
    let path = PlainText.neutralised(path)
    let room = style.width - head.utf8.count - tail.utf8.count
    guard room >= 12 || DisplayWidth.of(path) <= room else {
      let path = TerminalLayout.shortened(path, to: style.width - 2, ellipsis: style.ellipsis)
      return wrapped(name + tail) + ["  " + path]
    }
    return [head + TerminalLayout.shortened(path, to: room, ellipsis: style.ellipsis) + tail]
  }

  private var discrepancy: [String] {
    let joint = [
      result.maximumMeanDiscrepancy.map { (Report.line($0), $0.status) },
      result.dependence.map { (Report.line($0), $0.status) },
    ].compactMap { $0 }
    return joint.flatMap { line, status in
      var lines = wrapped(line + "  " + status.rawValue, indent: 2)
      // The status is the last word, and never broken.
      if let last = lines.popLast() {
        lines.append(last.dropLast(status.rawValue.count) + style.painted(status.rawValue, status))
      }
      return lines
    }
  }

  private var verdict: [String] {
    let status = result.status.rawValue
    var lines = TerminalLayout.wrapped(
      summary, width: style.width, first: status + "  ", indent: 2)
    lines[0] = style.painted(status, result.status) + lines[0].dropFirst(status.count)
    return lines
  }

  private var summary: String {
    [counts, result.notComparedText, result.notGatingText].compactMap { $0 }.joined(separator: ", ")
  }

  /// How many features decide, such as `14 features`, or `3 features that gate` where there are others.
  private var gatingCount: String {
    let count = result.features.count(where: \.gates)
    let words = ShownNumber.counted(count, "feature", "features")
    guard count < result.features.count else { return words }
    return "\(words) that \(count == 1 ? "gates" : "gate")"
  }

  private var counts: String {
    let drifted = result.features.count { $0.gates && $0.status == .fail }
    let changed = result.features.count { $0.gates && $0.status == .warn }
    let all = gatingCount
    if drifted > 0 {
      return "\(drifted) of \(all) drifted"
        + (changed > 0 ? ", \(changed) more changed a little" : "")
    }
    if changed > 0 { return "\(changed) of \(all) changed a little" }
    let alone = "none of \(all) drifted"
    return switch result.status {
    case .ok: alone
    case _ where result.isJointlyQuiet: alone + ", but the tables are not as they should be"
    case .warn: alone + ", but all together changed a little"
    case .fail: alone + " alone, but all together did"
    }
  }

  // MARK: What changed

  /// The places of the features with findings: what gates first, FAIL before WARN, then what matters most
  /// to the model, or is furthest beyond its limits.
  private var rankedChanges: [Int] {
    guard !result.features.contains(where: { $0.importance != nil }) else {
      return result.placesOfFindings
    }
    // Places, as the results of a wide table take much memory.
    let found = result.placesOfFindings
    let keys = found.map { place in
      let feature = result.features[place]
      return (
        gate: feature.gates ? 1 : 0, status: feature.status.severity,
        weight: FeatureChange(feature, report.context.configuration).weight
      )
    }
    return found.indices.sorted { left, right in
      (keys[left].gate, keys[left].status, keys[left].weight, -left)
        > (keys[right].gate, keys[right].status, keys[right].weight, -right)
    }.map { found[$0] }
  }

  private var changes: [String] {
    let configuration = report.context.configuration
    let ranked = rankedChanges
    var lines: [String] = []
    for place in ranked.prefix(Self.mostChanges) {
      let feature = result.features[place]
      lines += named(feature, FeatureChange(feature, configuration).sentence + feature.gateMark)
    }
    if ranked.count > Self.mostChanges {
      lines += bullet("  ", "and \(ranked.count - Self.mostChanges) more")
    }
    lines += joint
    return section(lines.isEmpty ? nil : "what changed", lines)
  }

  private func named(_ feature: FeatureResult, _ sentence: String) -> [String] {
    let name = TerminalLayout.shortened(
      PlainText.neutralised(feature.name), to: max(style.width - 4, 6), ellipsis: style.ellipsis)
    let lines = bullet("  ", "\(name): \(style.shown(sentence))")
    // A name in one piece stands out; wrapping put it at the beginning of the first line.
    guard style.usesColor, let first = lines.first, first.hasPrefix("  \(name):") else {
      return lines
    }
    return ["  " + style.painted(name, feature.status) + first.dropFirst(2 + name.count)]
      + lines.dropFirst()
  }

  private var joint: [String] { discrepancyChange + dependenceChange }

  private var dependenceChange: [String] {
    guard let outcome = result.dependence, outcome.finding != nil else { return [] }
    return outcome.pairs.prefix(3).flatMap {
      bullet("  ", style.shown(PlainText.neutralised($0.sentence)))
    }
  }

  private var discrepancyChange: [String] {
    guard let outcome = result.maximumMeanDiscrepancy, outcome.status != .ok,
      report.context.configuration.compatibility == .none
    else { return [] }
    let limit = outcome.finding?.limit ?? .nan
    let count = outcome.features.count
    let what =
      count == 1
      ? "the only numeric feature has" : "all \(count) numeric features taken together have"
    let drivers = (outcome.causes?.drivers ?? []).map {
      // With a comma behind it, it still fits a line.
      TerminalLayout.shortened(
        PlainText.neutralised($0.name), to: min(40, style.width - 5), ellipsis: style.ellipsis)
    }
    return bullet(
      "  ",
      "MMD: \(what) shifted: separability \(NumberText.fixed(outcome.test.separability, 3)), limit\u{A0}"
        + NumberText.significant(limit, 3)
        + (count == 1 || drivers.isEmpty ? "" : "; driven by \(drivers.joined(separator: ", "))"))
  }

  // MARK: Lines

  private func wrapped(_ text: String, indent: Int = 0) -> [String] {
    TerminalLayout.wrapped(text, width: style.width, indent: indent)
  }

  private func bullet(_ mark: String, _ text: String, indent: Int = 4) -> [String] {
    TerminalLayout.wrapped(style.shown(text), width: style.width, first: mark, indent: indent)
  }

  /// Texts from the report; a name or level of thousands of characters does not fill the screen.
  private func bullets(_ texts: [String], atMost most: Int) -> [String] {
    texts.prefix(most).flatMap {
      bullet(
        "  ",
        TerminalLayout.shortened(
          PlainText.neutralised($0), to: max(3 * style.width, 240), ellipsis: style.ellipsis))
    }
      + (texts.count > most
        ? bullet("  ", "... and \(texts.count - most) more, in the report") : [])
  }
}
