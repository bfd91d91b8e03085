internal import DriftDetection

/// A finding at a feature in a sentence for the page.
struct FindingSentence {
  private let finding: Finding
  private let feature: FeatureResult
  private let memoryLimitName: String

  init(_ finding: Finding, _ feature: FeatureResult, _ context: Report.Context) {
    self.finding = finding
    self.feature = feature
    memoryLimitName = context.memoryLimitName
  }

  /// The sentence.
  var text: String {
    switch finding.test {
    case .schema: schema
    case .cells:
      ShownNumber.counted(
        feature.current?.unparseable ?? 0, "cell is no \(feature.cellNoun)",
        "cells are not \(feature.cellNoun)s") + "."
    case .populationStability: stability
    case .meanShift: meanShift
    case .newLevels: newLevels
    case .lostLevels: lostLevels
    default:
      TestTable.ofFeatures(finding.test).map {
        "\($0.title): \($0.reason(finding, feature))."
      } ?? "\(finding.test): \(finding.status.rawValue)."
    }
  }

  private var schema: String {
    guard let current = feature.current else {
      return "The column is gone: the current data lack it."
        + (feature.nearestName.map { " \($0.prefix(1).uppercased() + $0.dropFirst())" } ?? "")
    }
    let what = current.unparseable > 0 ? "missing or not \(feature.cellNoun)s" : "missing"
    let cells = ShownNumber.counted(current.rows, "cell is", "cells are")
    return "There is no data any more: all \(cells) \(what)."
  }

  private var stability: String {
    guard finding.certainty != .upTo else {
      return "Its values may be spread differently: PSI up to "
        + "\(NumberText.fixed(finding.observed ?? .nan, 3)), \(doubt)"
    }
    let chance = finding.adjustedPValue == nil ? "" : " (\(pValue))"
    return "Its values are spread differently: PSI "
      + "\(NumberText.fixed(finding.observed ?? .nan, 3)), "
      + "where \(NumberText.significant(finding.limit ?? .nan, 3)) or more is "
      + "\(finding.status == .fail ? "drift" : "worth a look")\(chance)"
      + (finding.cause.map { ", \($0)." } ?? ".")
  }

  private var meanShift: String {
    let (before, after) = (feature.baseline.mean ?? .nan, feature.current?.mean ?? .nan)
    let (from, to) = NumberText.pair(before, after, 4)
    guard let effect = finding.observed else {
      return "It was always \(from) and now is always \(to)."
    }
    return "Its mean \(after > before ? "rose" : "fell") from \(from) to \(to), by "
      + "\(NumberText.fixed(abs(effect), 2)) standard deviations (\(pValue))."
  }

  private var newLevels: String {
    if let bound = feature.newLevelsBound {
      return "Up to \(ShownNumber.percent(bound.share)) of its rows may have levels that the "
        + "baseline never had, \(doubt)"
    }
    guard let test = feature.newLevels?.test else { return "" }
    let examples = test.examples.map { Self.quoted($0.level.description) }.prefix(3)
    return "\(finding.certainty == .atLeast ? "At least " : "")\(ShownNumber.percent(test.share)) "
      + "of its rows have levels that the baseline never had, where "
      + "\(ShownNumber.percent(test.expectedShare)) would be usual "
      + "(\(pValue)): \(examples.joined(separator: ", "))."
  }

  private var lostLevels: String {
    if let bound = feature.lostLevelsBound {
      return
        "Up to \(ShownNumber.percent(bound.share)) of the baseline's rows may have levels that are "
        + "gone, \(doubt)"
    }
    guard let test = feature.lostLevels?.test else { return "" }
    let examples = test.examples.map { Self.quoted($0.level.description) }.prefix(3)
    return "\(finding.certainty == .atLeast ? "At least " : "")\(ShownNumber.percent(test.share)) "
      + "of the baseline's rows have levels that are gone, where "
      + "\(ShownNumber.percent(test.expectedShare)) would be usual "
      + "(\(pValue)): \(examples.joined(separator: ", "))."
  }

  private static func quoted(_ level: String) -> String {
    "“\(LongText.cut(PlainText.neutralised(level), to: 60))”"
  }

  private var pValue: String { ShownNumber.pValue(finding.adjustedPValue ?? .nan) }

  private var doubt: String {
    "as there were more levels than memory holds; a higher \(memoryLimitName) would tell."
  }
}
