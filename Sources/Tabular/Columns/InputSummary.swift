/// What was read of one input.
package struct InputSummary: Sendable, Hashable {
  /// The input, as the user named it.
  package let file: String
  /// The byte between two cells; nil for what is no text.
  package let delimiter: UInt8?
  /// The number of rows.
  package let rowCount: Int
}
