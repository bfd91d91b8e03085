/// Why bytes are not those of a sketch.
package struct SketchError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of an error; more may be added.
  package struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Storage: String { case truncated, malformed, tooLarge, overMemory }
    private let storage: Storage

    /// There are fewer bytes than a sketch takes.
    package static let truncated = Code(storage: .truncated)
    /// The bytes contradict each other or say nothing known.
    package static let malformed = Code(storage: .malformed)
    /// There is more in the sketch than the limits allow.
    package static let tooLarge = Code(storage: .tooLarge)
    /// What is in the sketch would take more memory than it may.
    package static let overMemory = Code(storage: .overMemory)

    /// The name of the code.
    package var description: String { storage.rawValue }
  }

  /// The kind of the error.
  package let code: Code
  /// The index of the byte where it was found, in the bytes that were given.
  package let offset: Int
  /// What was found, what was expected and what to do.
  package let message: String

  /// An error of the given kind.
  package init(_ code: Code, at offset: Int, _ message: String) {
    self.code = code
    self.offset = offset
    self.message = message
  }

  /// The message and where it was found.
  package var description: String { "byte \(offset): \(message)" }
}
