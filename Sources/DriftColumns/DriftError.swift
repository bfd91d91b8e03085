/// Why data could not be checked.
public struct DriftError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is. New kinds may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private let name: String

    /// The name of the code.
    public var description: String { name }

    /// The data do not make a table, or there are no rows in it.
    public static let invalidData = Code(name: "invalidData")
    /// A feature was asked for that cannot be checked.
    public static let unknownFeature = Code(name: "unknownFeature")
    /// Baseline and current data have no column in common.
    public static let nothingInCommon = Code(name: "nothingInCommon")
    /// The configuration contradicts itself or is out of range.
    public static let invalidConfiguration = Code(name: "invalidConfiguration")
    /// No feature decides the status of a check.
    public static let nothingGates = Code(name: "nothingGates")
    /// A column is of another kind than the baseline's.
    public static let kindMismatch = Code(name: "kindMismatch")
    /// A profile is damaged, incomplete, or of a version that this library does not know.
    public static let damagedProfile = Code(name: "damagedProfile")
    /// A profile would take more memory than it may.
    public static let profileTooLarge = Code(name: "profileTooLarge")
  }

  /// The kind of failure.
  public let code: Code
  /// What was found and what was expected; what to do too, where there is no `recovery`.
  public let problem: String
  /// What would help, where a program may have its own words for it; nil when `problem` says all.
  public let recovery: Recovery?
  /// The feature whose own settings are at fault; nil when it is something else.
  package let feature: String?

  /// An error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    problem = message
    recovery = nil
    feature = nil
  }

  /// An error that a program may have its own words for.
  package init(_ code: Code, _ problem: String, recovery: Recovery) {
    self.code = code
    self.problem = problem
    self.recovery = recovery
    feature = nil
  }

  /// An error in what is set for a single feature.
  package init(_ code: Code, _ message: String, feature: String) {
    self.code = code
    problem = message
    recovery = nil
    self.feature = feature
  }

  /// What was found, what was expected, what to do.
  public var message: String { recovery.map { "\(problem); \($0)" } ?? problem }

  /// The message.
  public var description: String { message }
}
