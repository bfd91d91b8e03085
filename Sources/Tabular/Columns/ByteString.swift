/// A chunk of text as the bytes it was written in, not necessarily valid UTF-8.
///
/// Equality, order and hashing go by bytes: `String` would take canonically equivalent spellings
/// for the same text.
package struct ByteString: Sendable, Hashable, Comparable {
  /// The bytes, without a terminator.
  package let bytes: [UInt8]

  /// Wraps bytes as they are.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The UTF-8 bytes of a string.
  package init(_ string: String) {
    self.bytes = Array(string.utf8)
  }

  /// Byte order, a prefix first; for UTF-8 this is the order of code points.
  package static func < (left: ByteString, right: ByteString) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension ByteString: ExpressibleByStringLiteral, CustomStringConvertible {
  /// The UTF-8 bytes of a literal.
  package init(stringLiteral value: String) {
    self.init(value)
  }

  /// The text; each invalid sequence is shown as U+FFFD.
  package var description: String {
    String(decoding: bytes, as: UTF8.self)
  }
}
