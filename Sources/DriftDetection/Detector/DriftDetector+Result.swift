internal import DriftColumns
internal import DriftStatistics

extension DriftDetector {
  /// Puts the verdict together.
  func result(
    _ features: [FeatureResult], joint: JointOutcomes, current: CurrentData,
    hasDroppedLevels: Bool
  ) -> DriftResult {
    let policy = VerdictPolicy(configuration: configuration)
    return DriftResult(
      remarks: remarks(
        features, joint: joint, current: current, hasDroppedLevels: hasDroppedLevels),
      baselineRows: rowCount, currentRows: current.rowCount,
      tableFindings: policy.rowFindings(baseline: rowCount, current: current.rowCount)
        + [
          joint.discrepancy == nil ? policy.nothingCompared(features) : nil,
          sharedRows(with: current),
        ].compactMap { $0 },
      features: features, maximumMeanDiscrepancy: joint.discrepancy, dependence: joint.dependence)
  }

  /// What is not compared together with the other features, and names that mean nothing there.
  private var leftOutOfJointTests: [Remark] {
    guard configuration.maximumMeanDiscrepancy != nil else { return [] }
    let leftOut = Set(configuration.leftOutOfJointTests.map { Level($0) })
    let numeric = features.filter { $0.kind == .numeric }.map(\.name)
    let found = numeric.filter { leftOut.contains(Level($0)) }
    let known = Set(numeric.map { Level($0) })
    let unknown = configuration.leftOutOfJointTests.filter { !known.contains(Level($0)) }
    var notes: [Remark] = []
    if !found.isEmpty {
      notes.append("left out of MMD and the change of dependence: \(Self.list(found))")
    }
    if !unknown.isEmpty {
      notes.append("to be left out of MMD, but no numeric feature: \(Self.list(unknown))")
    }
    return notes
  }

  private func remarks(
    _ features: [FeatureResult], joint: JointOutcomes, current: CurrentData,
    hasDroppedLevels: Bool
  ) -> [Remark] {
    var notes: [Remark] = []
    let known = Set(self.features.map { Level($0.name) }).union(unchecked)
    let excluded = Set(configuration.excluded.map { Level($0) })
    let extra = current.names.filter {
      !known.contains(Level($0)) && !excluded.contains(Level($0))
    }
    if !extra.isEmpty { notes.append("only in the current data: \(Self.list(extra))") }
    let all = known.union(current.names.map { Level($0) })
    let unknown = configuration.excluded.filter { !all.contains(Level($0)) }
    if !unknown.isEmpty { notes.append("excluded, but in neither table: \(Self.list(unknown))") }
    let gone = zip(self.features, current.profiles).filter { $1 == nil }.map(\.0.name)
    if configuration.effectiveMissingFeatures == .ignore, !gone.isEmpty {
      notes.append("not in the current data, ignored: \(Self.list(gone))")
      let nearest = nearestNames(in: current)
      for (place, question) in nearest.sorted(by: { $0.key < $1.key }).prefix(10) {
        notes.append("\(self.features[place].name): \(question)")
      }
    }
    let odd = oddNames(in: current)
    if !odd.isEmpty {
      notes.append("names with characters that are not seen, or odd blanks: \(Self.list(odd))")
    }
    notes += leftOutOfJointTests
    if configuration.compatibility != .none {
      for feature in features where feature.current != nil && feature.baseline.present == 0 {
        notes.append("\(feature.name): no data in the baseline, nothing to compare with")
      }
    }
    notes += gates.remarks
    notes += features.flatMap(\.remarks)
    let rising = RisingColumns(current)
    notes += features.compactMap(rising.remark)
    if hasDroppedLevels { notes.append(.sameMemory) }
    for (side, columns) in [("baseline", sketched), ("current", current.sketched)] {
      notes += Self.sketchNotes(side, columns).map { Remark($0) }
    }
    if configuration.compatibility == .churnMLOps {
      if !leftOut.isEmpty {
        notes.append("categorical, left out by churn-mlops: \(Self.list(leftOut))")
      }
      notes.append("verdict from the index of churn-mlops alone; other tests do not count")
    }
    if let discrepancy = joint.discrepancy {
      notes += discrepancyNotes(discrepancy, features: features).map { Remark($0) }
    } else if configuration.maximumMeanDiscrepancy != nil,
      sample == nil || current.sample == nil
    {
      notes.append("MMD not run: a profile holds no rows for it")
    } else if configuration.maximumMeanDiscrepancy != nil {
      notes.append("MMD not run: it needs a numeric feature\(thatGates) and 2 rows on both sides")
    }
    if configuration.maximumMeanDiscrepancy != nil, let asideNote {
      notes.append(Remark(asideNote))
    }
    if let dependence = joint.dependence, dependence.test.isReduced {
      notes.append(
        "change of dependence between the \(dependence.features.count) features with the most different values only"
      )
    }
    return notes
  }

  private func discrepancyNotes(_ outcome: DiscrepancyOutcome, features: [FeatureResult])
    -> [String]
  {
    var notes: [String] = []
    let test = outcome.test
    if test.isSampled {
      notes.append(
        "MMD on a sample of \(test.baselineRows) baseline and \(test.currentRows) current rows")
    }
    let smallest = 1 / Double(test.permutations + 1)
    let alpha = configuration.thresholds.alpha
    if smallest >= alpha, !outcome.features.isEmpty {
      notes.append(
        "MMD cannot fail: \(test.permutations) permutations give p >= "
          + "\(NumberText.significant(smallest, 2)), alpha is \(NumberText.significant(alpha, 2))")
    }
    let tested = Set(outcome.features.map { Level($0) })
    let constant = features.filter { feature in
      feature.kind == .numeric && gates.contains(feature.name) && feature.baseline.present > 0
        && (feature.current?.present ?? 0) > 0 && !tested.contains(Level(feature.name))
    }
    if !constant.isEmpty {
      notes.append(
        "MMD leaves out features without two different finite values: \(Self.list(constant.map(\.name)))"
      )
    }
    return notes
  }

  private static func sketchNotes(_ side: String, _ sketched: ([String], Double)) -> [String] {
    guard !sketched.0.isEmpty else { return [] }
    let percent = NumberText.significant(100 * sketched.1, 2)
    return [
      "\(side) bins from a quantile sketch, ranks off by at most \(percent) % of the rows: "
        + list(sketched.0)
    ]
  }

  /// The first of many names.
  static func list(_ names: [String]) -> String {
    NameList.first(names)
  }
}
