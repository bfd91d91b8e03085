internal import DriftKit

/// What to do about a verdict, in plain words.
struct NextSteps {
  private let result: DriftResult

  init(_ result: DriftResult) { self.result = result }

  /// Sentences in the order in which to act.
  var steps: [String] {
    switch result.status {
    case .ok:
      return ["Nothing needs doing. Keep this report, and check the next batch as usual."]
    case .warn:
      return suspects + doubts + [
        "Look at the features marked WARN below, and whether the change was meant: a season, a "
          + "campaign, a new source of data.",
        "Check the next batch; a change that stays or grows is drift.",
      ]
    case .fail:
      return suspects + doubts + [
        "Look at the features marked FAIL below, and whether the change was meant.",
        "Measure the model on recent rows whose outcome is known: drift does not always make it "
          + "worse.",
        "If the data are right and the change stays, train the model again on recent data and make "
          + "that data the new baseline.",
      ]
    }
  }

  /// What more memory would tell.
  private var doubts: [String] {
    let features = result.features.filter {
      $0.possibleStability != nil || $0.possibleNewLevels != nil
    }
    guard !features.isEmpty else { return [] }
    return [
      "Check again with a higher --memory-limit: it was too low to tell what became of "
        + "\(Self.list(features.map(\.name)))."
    ]
  }

  /// Signs of a fault on the way of the data, which is the cheapest cause to rule out.
  private var suspects: [String] {
    let features = result.features.filter { $0.status != .ok }
    let signs: [(String, [FeatureResult])] = [
      ("columns that are gone", features.filter { $0.current == nil }),
      ("cells that are no numbers", features.filter { ($0.current?.unparseable ?? 0) > 0 }),
      ("many more missing cells", features.filter { $0.losesCells(0.05) }),
      ("levels never seen before", features.filter(\.hasNewLevels)),
    ].filter { !$0.1.isEmpty }
    guard !signs.isEmpty else {
      return [
        "Rule out a fault in the data first: a changed unit, a filter, a join, a batch cut short."
      ]
    }
    let texts = signs.map { "\($0.0) (\(Self.list($0.1.map(\.name))))" }
    return [
      "Rule out a fault in the data first; it would explain \(texts.joined(separator: " and "))."
    ]
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).map { PlainText.cut(PlainText.neutralised($0), to: 40) }
      .joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }
}
