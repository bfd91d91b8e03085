/// What a check says of a feature.
public enum FeatureStatus: String, Sendable, Hashable, Comparable, Codable, CaseIterable {
  /// Nothing to see.
  case ok = "OK"
  /// No test had anything to compare, as with identifiers: the check says nothing of the feature.
  case notCompared = "NOT_COMPARED"
  /// Worth a look.
  case warn = "WARN"
  /// Drift.
  case fail = "FAIL"

  /// The status that findings of this status give a feature.
  public init(_ status: DriftStatus) {
    self =
      switch status {
      case .ok: .ok
      case .warn: .warn
      case .fail: .fail
      }
  }

  /// What the feature adds to the status of the whole check: one that was not compared adds nothing.
  public var verdict: DriftStatus {
    switch self {
    case .ok, .notCompared: .ok
    case .warn: .warn
    case .fail: .fail
    }
  }

  /// Whether a test found something.
  public var isFinding: Bool { verdict != .ok }

  /// OK below NOT_COMPARED below WARN below FAIL.
  public static func < (left: FeatureStatus, right: FeatureStatus) -> Bool {
    left.severity < right.severity
  }

  /// 0 for OK, 1 for NOT_COMPARED, 2 for WARN, 3 for FAIL.
  package var severity: Int {
    switch self {
    case .ok: 0
    case .notCompared: 1
    case .warn: 2
    case .fail: 3
    }
  }
}
