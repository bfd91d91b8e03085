internal import DriftKit
internal import DriftReport

extension FuzzTarget {
  /// Tables of odd numbers and names, checked as tables and as profiles, and all that is written of
  /// what is found.
  static let reports = FuzzTarget(name: "reports", mostBytes: 600) { input in
    var bytes = FuzzBytes(input)
    let headings = FuzzTable.headings(&bytes)
    let configuration = FuzzTable.configuration(headings, &bytes)
    let texts = (0..<4).map { _ in bytes.text() }
    guard let baseline = try? FuzzTable.table(headings, &bytes),
      let current = try? FuzzTable.table(headings, &bytes)
    else { return }
    let outcome = try CheckOutcome {
      try DriftDetector(baseline: baseline, configuration: configuration).check(current)
    }
    // Profiling goes over all rows.
    if max(baseline.rowCount, current.rowCount) < 10_000 {
      try requireSameOfProfiles(outcome, baseline, current, configuration)
    }
    guard case .result(let result) = outcome else { return }
    let context = Report.Context(
      baseline: texts[0], current: texts[1], generatedAt: "2026-11-21T02:00:00Z",
      version: "0.1.0", model: bytes.bool() ? texts[2] : nil, seed: bytes.word(), alpha: 0.01,
      warnAlpha: 0.05, configuration: configuration)
    try ReportChecks(Report(result, context: context), path: texts[3], width: bytes.choice(200))
      .run()
  }

  /// A profile that is exact stands for its table.
  private static func requireSameOfProfiles(
    _ outcome: CheckOutcome, _ baseline: Dataset, _ current: Dataset,
    _ configuration: DriftConfiguration
  ) throws {
    var options = DatasetProfile.Options()
    options.binning = configuration.populationStability.binning
    options.featureBinning = configuration.featureBinning
    options.minimumCount = configuration.populationStability.minimumCount
    options.seed = configuration.maximumMeanDiscrepancy?.seed ?? 0
    // What it refuses is refused before the bins are chosen.
    guard (try? DriftDetector(baseline: baseline, configuration: configuration)) != nil else {
      return
    }
    let before = DatasetProfile(baseline, options: options)
    let detector = try? DriftDetector(baseline: before, configuration: configuration)
    guard let detector else { return }
    let other = try CheckOutcome {
      try detector.check(DatasetProfile(current, options: options, edges: before))
    }
    // Bins that were given for one check may be unknown to another: that is refused.
    try FuzzViolation.require(
      outcome.status == other.status || outcome.status != nil && other.status == nil,
      "tables: \(outcome.description)\nprofiles: \(other.description)")
  }
}
