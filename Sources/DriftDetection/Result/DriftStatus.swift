/// What a test, a feature or a whole check says.
public enum DriftStatus: String, Sendable, Hashable, Comparable, Codable, CaseIterable {
  /// Nothing to see.
  case ok = "OK"
  /// Worth a look.
  case warn = "WARN"
  /// Drift.
  case fail = "FAIL"

  /// OK below WARN below FAIL.
  public static func < (left: DriftStatus, right: DriftStatus) -> Bool {
    left.severity < right.severity
  }

  /// 0 for OK, 1 for WARN, 2 for FAIL.
  public var severity: Int {
    switch self {
    case .ok: 0
    case .warn: 1
    case .fail: 2
    }
  }
}
