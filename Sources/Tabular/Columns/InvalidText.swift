/// A place where a text is not UTF-8.
package struct InvalidText: Sendable, Hashable {
  /// The input, as the user named it.
  package internal(set) var file: String
  /// The physical line, from 1.
  package internal(set) var line: Int
  /// The first byte that does not belong there.
  package let byte: UInt8
}
