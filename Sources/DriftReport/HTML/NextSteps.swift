internal import DriftDetection

/// What to do about a verdict, in plain words.
struct NextSteps {
  private let status: DriftStatus
  private let signs: Signs
  private let isJointlyQuiet: Bool
  private let memoryLimitName: String

  init(_ report: Report) {
    status = report.result.status
    signs = Signs(report.result)
    isJointlyQuiet = report.result.isJointlyQuiet
    memoryLimitName = report.context.memoryLimitName
  }

  /// Sentences in the order in which to act.
  var steps: [String] {
    switch status {
    case .ok:
      return ["Nothing needs doing. Keep this report, and check the next batch as usual."]
    case .warn:
      if signs.changed.isEmpty, isJointlyQuiet {
        return [
          "Look at how the tables were made: what is odd about them as a whole is said beside.",
          "Check the next batch; what a check of few or odd rows does not find may be there.",
        ]
      }
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
    guard !signs.uncertain.isEmpty else { return [] }
    return [
      "Check again with a higher \(memoryLimitName): it was too low to tell what became of "
        + "\(Self.list(signs.uncertain.map(\.name)))."
    ]
  }

  /// What a fault on the way of the data would explain.
  private var suspects: [String] {
    let found: [(String, [FeatureResult])] = [
      ("columns that are gone", signs.gone),
      ("cells that are no numbers", signs.invalid),
      ("many more missing cells", signs.emptied),
      ("levels never seen before", signs.newLevels),
      ("levels that are gone", signs.lostLevels),
    ].filter { !$0.1.isEmpty }
    guard !found.isEmpty else {
      return [
        "Rule out a fault in the data first: a changed unit, a filter, a join, a batch cut short."
      ]
    }
    let texts = found.map { "\($0.0) (\(Self.list($0.1.map(\.name))))" }
    return [
      "Rule out a fault in the data first; it would explain \(texts.joined(separator: " and "))."
    ]
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).map { PlainText.cut(PlainText.neutralised($0), to: 40) }
      .joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }
}
