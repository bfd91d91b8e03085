/// One value of a categorical column, compared as bytes.
///
/// Swift's strings compare by canonical equivalence; the levels of a column must not: two spellings
/// of one letter are two levels, as they are to every other program that reads the data.
public struct Level: Sendable, Hashable, Comparable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The bytes, UTF-8 as a rule.
  public let bytes: [UInt8]

  /// A level from its bytes.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// A level from the UTF-8 bytes of a string.
  public init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  /// A level from a literal.
  public init(stringLiteral value: String) { bytes = Array(value.utf8) }

  /// The text; bytes that are not UTF-8 are replaced by U+FFFD.
  public var description: String { String(decoding: bytes, as: UTF8.self) }

  /// Orders by bytes.
  public static func < (left: Level, right: Level) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension Level: Codable {
  /// A level from a string, or from a list of bytes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self.init(text)
    } else {
      self.init(bytes: try container.decode([UInt8].self))
    }
  }

  /// A string; a list of bytes where they are not UTF-8.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let text = String(validating: bytes, as: UTF8.self) {
      try container.encode(text)
    } else {
      try container.encode(bytes)
    }
  }
}
