/// Why partial sums do not make a test.
public struct PartialSumsError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is. New kinds may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private let name: String

    /// The name of the code.
    public var description: String { name }

    /// The bytes are no partial sums, damaged, or of a version that this library does not know.
    public static let damaged = Code(name: "damaged")
    /// The sums are of other rows or options.
    public static let otherTest = Code(name: "otherTest")
    /// A shard is missing or was given twice.
    public static let notWhole = Code(name: "notWhole")
  }

  /// The kind of failure.
  public let code: Code
  /// What was found, what was expected, what to do.
  public let message: String

  /// An error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }

  /// Sums that contradict what they say of themselves.
  package static func damaged(_ detail: String = "their numbers contradict each other")
    -> PartialSumsError
  {
    PartialSumsError(
      .damaged,
      "the MMD sums are damaged: \(detail); make them again or copy them once more")
  }
}
