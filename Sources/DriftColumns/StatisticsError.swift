/// Why a statistic could not be computed.
public struct StatisticsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of an error; more may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Storage: String { case insufficientData, invalidArgument }
    private let storage: Storage

    /// A sample has too few values.
    public static let insufficientData = Code(storage: .insufficientData)
    /// An argument is outside its range.
    public static let invalidArgument = Code(storage: .invalidArgument)

    /// The name of the code.
    public var description: String { storage.rawValue }
  }

  /// The kind of the error.
  public let code: Code
  /// What was found, what was expected and what to do.
  public var message: String { recovery.map { "\(problem); \($0)" } ?? problem }
  /// What was found and what was expected; what to do too, where there is no `recovery`.
  public let problem: String
  /// What would help, where a program may have its own words for it; nil when `problem` says all.
  public let recovery: DriftError.Recovery?

  /// An error of the given kind.
  public init(code: Code, message: String) {
    self.code = code
    problem = message
    recovery = nil
  }

  /// An error that a program may have its own words for.
  package init(code: Code, problem: String, recovery: DriftError.Recovery) {
    self.code = code
    self.problem = problem
    self.recovery = recovery
  }

  /// The message.
  public var description: String { message }
}
