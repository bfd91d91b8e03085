internal import DriftKit

/// What to do after a verdict: a few lines, chosen by what was found.
struct NextLines {
  private let result: DriftResult
  private let options: Report.TerminalOptions

  /// More than this is not read.
  static let most = 3

  init(_ result: DriftResult, _ options: Report.TerminalOptions) {
    self.result = result
    self.options = options
  }

  /// The lines, the cheapest to follow first; none when all is well.
  var lines: [String] {
    guard result.status != .ok else { return [] }
    var lines = Array((signs + scope).prefix(options.pagePath == nil ? Self.most - 1 : Self.most))
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

  private var changed: [FeatureResult] { result.features.filter { $0.status != .ok } }

  /// What hints at a fault on the way of the data.
  private var signs: [String] {
    var lines: [String] = []
    let gone = changed.filter { $0.current == nil }
    if !gone.isEmpty {
      lines.append(
        "Look at the query that makes the current file: it no longer has \(Self.list(gone)).")
    }
    let cells = changed.filter { $0.current != nil && $0.losesCells(0.05) }
    if !cells.isEmpty {
      lines.append("Look at what fills \(Self.list(cells)): many more cells are missing.")
    }
    let texts = changed.filter { ($0.current?.unparseable ?? 0) > 0 }
    if !texts.isEmpty {
      lines.append(
        "Look at the cells of \(Self.list(texts)) that are not numbers; '--missing-values' names "
          + "words that mean a missing one.")
    }
    let levels = changed.filter(\.hasNewLevels)
    if !levels.isEmpty {
      lines.append(
        "Look at where the new levels of \(Self.list(levels)) come from: a product, a spelling, an "
          + "encoding.")
    }
    let unknown = changed.filter { $0.possibleStability != nil || $0.possibleNewLevels != nil }
    if !unknown.isEmpty {
      lines.append(
        "Raise '--memory-limit': it was too low to tell what became of \(Self.list(unknown)).")
    }
    return lines
  }

  /// How many features drifted says where to look.
  private var scope: [String] {
    let drifted = changed.filter { $0.status == result.status }
    let all = result.features.count
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
