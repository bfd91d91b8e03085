package import DriftColumns
internal import DriftStatistics

/// A test as the table has it: its name, and what it reports. All outputs follow from it.
package protocol DriftTest: Sendable {
  /// What it finds.
  associatedtype Outcome: TestResult
  /// What it reports, in the order of the JSON report.
  static var fields: [TestField<Outcome>] { get }
}

extension DriftTest {
  /// Its name.
  package static var id: Finding.Test { Outcome.id }
}

/// A test of single features.
package protocol FeatureTest: DriftTest where Outcome: JudgedResult {
  /// What it is called above its results.
  static var title: String { get }
  /// The kinds of features that it can test.
  static var kinds: Set<ColumnKind> { get }
  /// From where it warns and fails.
  static var limits: DeclaredLimits { get }
  /// Whether it counts with an older job's numbers too.
  static var countsWithOlderJob: Bool { get }
  /// What its p-value is of the evidence of the feature, with which it is adjusted; nil for nothing.
  static var evidence: EvidenceShare? { get }

  /// Runs it: adds the outcome, where there is one, and notes.
  static func run(_ pair: ComparedFeature, into comparison: inout FeatureComparison)
  /// Decides what its outcome says, the p-values being adjusted: sets the status and adds notes.
  static func judge(_ comparison: inout FeatureComparison, _ verdict: FeatureVerdict) -> Finding?
  /// A finding in words, without the feature's name.
  static func reason(_ finding: Finding, _ feature: FeatureResult) -> String
}

/// What a test's p-value is of the evidence of a feature.
package enum EvidenceShare: Sendable {
  /// All of it.
  case whole
  /// One of its parts.
  case part
}

/// An outcome on its way to a verdict.
package protocol JudgedResult: TestResult {
  /// What it says.
  var status: DriftStatus { get set }

  /// Takes the p-value that was adjusted over the features.
  mutating func adjust(to p: Double)
}

/// What a feature is judged by.
package struct FeatureVerdict {
  /// The feature's limits.
  let limits: Thresholds
  /// Whether tests other than the index count.
  let isComplete: Bool
}

/// The two sides of a feature, as tests get them.
package struct ComparedFeature {
  let name: String
  let kind: ColumnKind
  let bins: FeatureBins
  let baseline: FeatureProfile
  let current: FeatureProfile
  let configuration: DriftConfiguration

  /// Whether both sides have a value.
  var hasData: Bool { baseline.summary.present > 0 && current.summary.present > 0 }
}

extension FeatureTest {
  package static var countsWithOlderJob: Bool { false }
  package static var evidence: EvidenceShare? { nil }

  package static func judge(_ comparison: inout FeatureComparison, _ verdict: FeatureVerdict)
    -> Finding?
  {
    guard let outcome = comparison.result.results[Outcome.self], let effect = outcome.effect,
      let p = outcome.significance?.adjustedPValue
    else { return nil }
    let status = verdict.limits.status(limits, effect: effect, adjustedPValue: p)
    comparison.result.results[Outcome.self]?.status = status
    guard verdict.isComplete || countsWithOlderJob else { return nil }
    return Finding(
      .feature(comparison.result.name), id, status, observed: effect,
      limit: limit(status, verdict.limits), adjustedPValue: p)
  }

  package static func reason(_ finding: Finding, _ feature: FeatureResult) -> String {
    "\(limits.size) \(NumberText.fixed(finding.observed ?? .nan, 3)) >= "
      + "\(NumberText.significant(finding.limit ?? .nan, 3)) "
      + "(\(NumberText.pValue(finding.adjustedPValue ?? .nan)))"
  }

  /// The limit that a status passed.
  package static func limit(_ status: DriftStatus, _ thresholds: Thresholds) -> Double {
    status == .fail ? thresholds[limits].fail : thresholds[limits].warn
  }
}
