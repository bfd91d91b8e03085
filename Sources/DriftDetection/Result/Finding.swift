/// One thing that a check found: a feature, all of them together, or the tables as a whole passed the
/// limits of a test.
public struct Finding: Sendable, Hashable, Codable {
  /// The subject of a finding.
  public enum Subject: Sendable, Hashable, Codable {
    /// One feature, by its name.
    case feature(String)
    /// All numeric features together.
    case allFeatures
    /// The tables as a whole: how many rows there are, how they are written.
    case tables
  }

  /// The name of a test, as in reports. New tests may be added.
  public struct Test: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible {
    /// The name.
    public let rawValue: String

    /// A test by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The name.
    public var description: String { rawValue }

    /// Whether the column is there and has data.
    public static let schema = Test(rawValue: "schema")
    /// Whether cells of a numeric column are numbers, and of a time column points in time.
    public static let cells = Test(rawValue: "cells")
    /// The population stability index.
    public static let populationStability = Test(rawValue: "psi")
    /// The distribution of the values.
    public static let distribution = Test(rawValue: "distribution")
    /// The mean shift.
    public static let meanShift = Test(rawValue: "mean_shift")
    /// New levels.
    public static let newLevels = Test(rawValue: "new_levels")
    /// Lost levels.
    public static let lostLevels = Test(rawValue: "lost_levels")
    /// Whether texts are numbers that were written in another way.
    public static let amounts = Test(rawValue: "amounts")
    /// Whether texts are UTF-8.
    public static let encoding = Test(rawValue: "encoding")
    /// How many rows there are.
    public static let rows = Test(rawValue: "rows")
    /// Whether both sides have the same rows.
    public static let sharedRows = Test(rawValue: "shared_rows")
    /// Whether anything could be compared.
    public static let comparison = Test(rawValue: "comparison")
    /// The maximum mean discrepancy.
    public static let maximumMeanDiscrepancy = Test(rawValue: "mmd")
    /// The change of dependence.
    public static let dependence = Test(rawValue: "dependence")
  }

  /// How well the observed number is known.
  public enum Certainty: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is the number itself.
    case exact
    /// The number is at least as large.
    case atLeast
    /// The number is at most as large: with more memory it would be known.
    case upTo
  }

  /// The subject: a feature, all of them, or the tables.
  public let subject: Subject
  /// The test that found it.
  public let test: Test
  /// WARN or FAIL.
  public let status: DriftStatus
  /// The number that was compared with the limit: the index, Hedges' g, the share of new levels beyond
  /// the expected one, the separability, the change of a correlation, the change of the share of invalid
  /// cells; nil where there is none: a column that is gone, and constants that differ.
  public let observed: Double?
  /// The limit that it passed; nil where there is no number.
  public let limit: Double?
  /// The p-value, adjusted over the features, or over the tests of all together; nil where there is
  /// none.
  public let adjustedPValue: Double?
  /// How well the observed number is known.
  public let certainty: Certainty
  /// What most of an index comes from; nil for other tests, and where it comes from many bins.
  public let cause: Cause?
  /// Whether it decides the status of the whole check: not that of a feature that does not gate.
  public internal(set) var gates = true
  /// What was found in words, where the subject is the tables; nil for the others, whose numbers say it.
  private let words: String?

  /// What was found, where the subject is the tables, in a sentence without a point.
  package var sentence: String { words ?? "\(test) is \(status.rawValue)" }

  /// A finding; nil for a test that is OK.
  init?(
    _ subject: Subject, _ test: Test, _ status: DriftStatus, observed: Double? = nil,
    limit: Double? = nil, adjustedPValue: Double? = nil, certainty: Certainty = .exact,
    cause: Cause? = nil, words: String? = nil
  ) {
    guard status != .ok else { return nil }
    self.subject = subject
    self.test = test
    self.status = status
    self.observed = observed
    self.limit = limit
    self.adjustedPValue = adjustedPValue
    self.certainty = certainty
    self.cause = cause
    self.words = words
  }
}

extension Finding {
  /// A warning of a table whose text is not UTF-8.
  ///
  /// - Parameter words: The place, what was found there and what to do.
  /// - Returns: The finding.
  package static func encoding(_ words: String) -> Finding? {
    Finding(.tables, .encoding, .warn, words: words)
  }

  /// Numbers that were read as texts: a warning.
  ///
  /// - Parameter words: The column, what was found in it and what to do.
  /// - Returns: The finding.
  package static func amounts(_ words: String) -> Finding? {
    Finding(.tables, .amounts, .warn, words: words)
  }
}

extension FeatureResult {
  /// The finding of a test; nil when it found nothing.
  public func finding(of test: Finding.Test) -> Finding? { findings.first { $0.test == test } }
}

extension DriftResult {
  /// All that was found, in the order of `reasons`.
  public var findings: [Finding] {
    inOrder(tables: { [$0] }, joint: { [$0] }, feature: \.findings)
  }

  /// Lists what belongs to the findings: what gates before the rest, FAIL before WARN, the tables and
  /// all features together before single ones, and of these the ones that matter most.
  func inOrder<Element>(
    tables: (Finding) -> [Element], joint: (Finding) -> [Element],
    feature: (FeatureResult) -> [Element]
  ) -> [Element] {
    let deciding = [DriftStatus.fail, .warn].flatMap { status in
      let found = [maximumMeanDiscrepancy?.finding, dependence?.finding].compactMap { $0 }
      return tableFindings.filter { $0.status == status }.flatMap(tables)
        + found.filter { $0.status == status }.flatMap(joint)
        + places(status, gates: true).flatMap { feature(features[$0]) }
    }
    return deciding
      + [DriftStatus.fail, .warn].flatMap { status in
        places(status, gates: false).flatMap { feature(features[$0]) }
      }
  }
}
