internal import DriftDetection

/// What to do after a verdict: a few lines, chosen by what was found.
struct NextLines {
  private let result: DriftResult
  private let options: Report.TerminalOptions
  private let memoryLimitName: String
  private let signs: Signs

  /// More than this is not read.
  static let most = 3

  init(_ report: Report, _ options: Report.TerminalOptions) {
    result = report.result
    memoryLimitName = report.context.memoryLimitName
    signs = Signs(result)
    self.options = options
  }

  /// The lines, the cheapest to follow first; none when all is well.
  var lines: [String] {
    guard result.status != .ok else { return [] }
    var lines = Array((hints + scope).prefix(options.pagePath == nil ? Self.most - 1 : Self.most))
    if lines.count < Self.most, let path = options.pagePath {
      lines.append("The bins of every feature are in \(Self.quoted(path)).")
    } else if options.pagePath == nil {
      lines.append("See the bins of every feature: add '--html page.html'.")
    }
    if result.status == .warn, lines.count < Self.most, options.endsWithZero {
      lines.append("A WARN ends with exit code 0; '--fail-on warn' makes it 2.")
    }
    return lines
  }

  /// What hints at a fault on the way of the data.
  private var hints: [String] {
    var lines: [String] = []
    if !signs.gone.isEmpty {
      lines.append(
        "Look at the query that makes the current file: it no longer has \(Self.list(signs.gone)).")
    }
    if !signs.emptied.isEmpty {
      lines.append("Look at what fills \(Self.list(signs.emptied)): many more cells are missing.")
    }
    if !signs.invalid.isEmpty {
      lines.append(
        "Look at the cells of \(Self.list(signs.invalid)) that are not numbers; '--missing-values' names "
          + "words that mean a missing one.")
    }
    if !signs.newLevels.isEmpty {
      lines.append(
        "Look at where the new levels of \(Self.list(signs.newLevels)) come from: a product, a spelling, an "
          + "encoding.")
    }
    if !signs.lostLevels.isEmpty {
      lines.append(
        "Look at what became of the levels of \(Self.list(signs.lostLevels)) that are gone: a filter, a "
          + "part that was not delivered.")
    }
    if !signs.uncertain.isEmpty {
      lines.append(
        "Raise '\(memoryLimitName)': it was too low to tell what became of "
          + "\(Self.list(signs.uncertain)).")
    }
    return lines
  }

  /// How many features drifted says where to look.
  private var scope: [String] {
    let drifted = signs.changed.filter { $0.status.verdict == result.status }
    let all = result.features.count(where: \.gates)
    if drifted.isEmpty, result.isJointlyQuiet {
      return [
        "Look at how the tables were made: the reasons say what is odd about them as a whole."
      ]
    }
    if drifted.isEmpty {
      return ["No feature changed alone: look at how the numeric ones go together."]
    }
    if drifted.count == 1, all > 1 {
      return [
        "Only \(Self.list(drifted)) changed so much: compare its unit, its source and the code "
          + "that computes it."
      ]
    }
    if all >= 4, 2 * drifted.count >= all {
      return [
        "\(drifted.count) of \(all) features changed: compare the dates, the source and the filters "
          + "of both files first."
      ]
    }
    return ["Ask what \(Self.list(drifted)) have in common: a source, a join, a release."]
  }

  private static func list(_ features: [FeatureResult]) -> String {
    features.prefix(3).map { quoted($0.name) }.joined(separator: ", ")
      + (features.count > 3 ? " and \(features.count - 3) more" : "")
  }

  private static func quoted(_ name: String) -> String {
    "'\(TerminalLayout.shortened(PlainText.neutralised(name), to: 40, ellipsis: "…"))'"
  }
}
