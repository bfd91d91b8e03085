/// The two numbers from which a test warns and fails.
public struct Limits: Sendable, Hashable {
  /// From where it warns.
  public var warn: Double
  /// From where it fails.
  public var fail: Double

  /// - Parameters:
  ///   - warn: From where it warns.
  ///   - fail: From where it fails: not less than `warn`.
  public init(warn: Double, fail: Double) {
    self.warn = warn
    self.fail = fail
  }
}

/// What a test declares of its limits: flags, keys, defaults and texts follow from it.
package struct DeclaredLimits: Sendable, Hashable {
  /// The test.
  package let test: Finding.Test
  /// What an error calls them.
  package let name: String
  /// The key of the limit of WARN in reports.
  package let warnKey: String
  /// The key of the limit of FAIL in reports.
  package let failKey: String
  /// The numbers where none are given.
  package let defaults: Limits
  /// What they are, to be followed by the status.
  package let documentation: String
  /// What stands for the number in the documentation.
  package let symbol: String
  /// What a person calls the size that is compared.
  package let size: String
  /// What is said behind the number.
  package var remark = ""
}

extension Thresholds {
  /// The limits of a test, by what it declares.
  package subscript(declared: DeclaredLimits) -> Limits {
    get { own[declared.test] ?? declared.defaults }
    set { own[declared.test] = newValue == declared.defaults ? nil : newValue }
  }

  /// The status of a size and its adjusted p-value.
  func status(_ declared: DeclaredLimits, effect: Double, adjustedPValue p: Double)
    -> DriftStatus
  {
    let limits = self[declared]
    return status(p < alpha && effect >= limits.fail, p < warnAlpha && effect >= limits.warn)
  }
}
