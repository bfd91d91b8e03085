internal import DriftColumns
internal import DriftStatistics

/// What a check found.
public struct DriftResult: Sendable, Hashable, Codable {
  /// The worst of all that gate.
  public private(set) var status: DriftStatus
  /// What was found about the tables as a whole, the worst first.
  public private(set) var tableFindings: [Finding]
  /// What else is worth knowing.
  private(set) var remarks: [Remark]
  /// The baseline's rows.
  public let baselineRows: Int
  /// The current rows.
  public let currentRows: Int
  /// The features, in the order of the baseline's columns.
  public let features: [FeatureResult]
  /// The kernel two-sample test; nil when it was not run.
  public let maximumMeanDiscrepancy: DiscrepancyOutcome?
  /// The test for a change of dependence; nil when it was not run.
  public let dependence: DependenceOutcome?

  init(
    remarks: [Remark], baselineRows: Int, currentRows: Int, tableFindings: [Finding],
    features: [FeatureResult], maximumMeanDiscrepancy: DiscrepancyOutcome?,
    dependence: DependenceOutcome?
  ) {
    self.remarks = remarks
    self.baselineRows = baselineRows
    self.currentRows = currentRows
    self.tableFindings = []
    self.features = features
    self.maximumMeanDiscrepancy = maximumMeanDiscrepancy
    self.dependence = dependence
    let joint = [maximumMeanDiscrepancy?.finding, dependence?.finding].compactMap { $0?.status }
    let deciding = features.filter(\.gates).map(\.status.verdict)
    status = (deciding + joint).max() ?? .ok
    for finding in tableFindings { add(finding) }
  }

  /// Takes up what was found about the tables as a whole: it counts like all the others.
  package mutating func add(_ finding: Finding) {
    tableFindings = (tableFindings + [finding]).sorted { $0.status > $1.status }
    status = max(status, finding.status)
  }

  /// Takes up something else that is worth knowing.
  package mutating func add(note: String) { remarks.append(Remark(note)) }

  /// The largest population stability index of the features that have one; 0 when none has.
  public var maximumStabilityIndex: Double {
    features.compactMap { $0.populationStability?.test.value }.max() ?? 0
  }

  /// A feature by its name, compared as bytes; nil when it was not checked.
  /// - Complexity: O(features).
  public subscript(name: String) -> FeatureResult? {
    features.first { $0.name.utf8.elementsEqual(name.utf8) }
  }
}

/// What a check found for one feature.
public struct FeatureResult: Sendable, Hashable, Codable {
  /// The feature's name.
  public let name: String
  /// Its kind, as the baseline has it.
  public let kind: ColumnKind
  /// The worst of its tests, or that none of them had anything to compare.
  public internal(set) var status = FeatureStatus.ok
  /// What its tests found, the worst first; empty when it is OK.
  public internal(set) var findings: [Finding] = []
  /// Whether it decides the status of the whole check.
  public private(set) var gates = true
  /// What else is worth knowing.
  var remarks: [Remark] = []
  /// The baseline in numbers.
  public let baseline: SideSummary
  /// The current data in numbers; nil when the column is gone.
  public let current: SideSummary?
  /// Which column of the current data was meant, probably, where it is gone: a question.
  package internal(set) var nearestName: String?
  /// What its tests found.
  package internal(set) var results = TestResults()
  /// The share of current rows that may have new levels at most; nil unless the test warns for that
  /// alone.
  public internal(set) var newLevelsBound: LevelsBound?
  /// The share of baseline rows that may have lost levels at most; nil unless the test warns for that
  /// alone.
  public internal(set) var lostLevelsBound: LevelsBound?

  /// New levels that are levels of the baseline but for how they are written, in words.
  var rewrittenLevels: String?
  /// The same of lost levels.
  var rewrittenLostLevels: String?
  /// The share of the current values of a time feature that are before or behind all of the baseline;
  /// nil for others, and where a side has no value.
  public internal(set) var shareOutside: Double?

  /// A share of new or lost levels that is known by its bound only, as levels were dropped.
  public struct LevelsBound: Sendable, Hashable, Codable {
    /// The largest share of rows that may have such a level.
    public let share: Double
    /// The share that chance makes one expect; nil when it is not known.
    public let expectedShare: Double?
  }

  /// What each of its tests found, in the order of the tests; of a test that was not run, nothing.
  public var tests: [any TestResult] { results.all }

  /// What a test found; nil when it was not run.
  public subscript(test: Finding.Test) -> (any TestResult)? {
    tests.first { type(of: $0).id == test }
  }

  /// Whether the baseline has no value and the current data have some.
  package var gainsData: Bool {
    baseline.missing == baseline.rows && current.map { $0.missing < $0.rows } == true
  }

  /// Its share of the weight of all features, as a model makes use of them; nil when that is not known.
  public internal(set) var importance: Double?

  /// Says that it, with all that was found, does not decide the status of the whole check.
  mutating func leaveAside() {
    gates = false
    for place in findings.indices { findings[place].gates = false }
  }

  init(name: String, kind: ColumnKind, baseline: SideSummary, current: SideSummary?) {
    self.name = name
    self.kind = kind
    self.baseline = baseline
    self.current = current
  }
}
