/// A JSON document that keeps the order of keys and tells integers from other numbers.
///
/// Foundation's reader loses both. This one is strict: anything that RFC 8259 does not allow, and
/// a key that comes twice, is an error.
public enum OrderedJSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([OrderedJSON])
  case object([Member])

  /// A key and its value.
  public struct Member: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The value.
    public let value: OrderedJSON

    /// A member from its parts.
    public init(key: String, value: OrderedJSON) {
      self.key = key
      self.value = value
    }
  }

  /// Where and why a text is not JSON.
  public struct SyntaxError: Error, CustomStringConvertible {
    /// What is wrong, and at which byte.
    public let description: String
  }

  /// Reads a document.
  /// - Throws: `SyntaxError`.
  public init(_ bytes: some Sequence<UInt8>) throws {
    var parser = OrderedJSONParser(bytes: Array(bytes))
    self = try parser.document()
  }

  /// The value of a key; nil when there is none and for anything but objects.
  public subscript(key: String) -> OrderedJSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// What is at a path such as `features/@tempo/psi/value`: keys, places in arrays, and `@NAME` for
  /// the element of an array whose `name` is NAME. Nil when there is nothing.
  public func at(_ path: String) -> OrderedJSON? {
    path.split(separator: "/").reduce(self) { value, step in
      guard case .array(let values)? = value else { return value?[String(step)] }
      if step.first == "@" {
        return values.first { $0["name"] == .string(String(step.dropFirst())) }
      }
      return Int(step).flatMap { values.indices.contains($0) ? values[$0] : nil }
    }
  }

  /// The keys of an object, in order; none for anything else.
  public var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }

  /// The elements of an array; none for anything else.
  public var elements: [OrderedJSON] {
    guard case .array(let values) = self else { return [] }
    return values
  }

  /// The number, whether written as an integer or not.
  public var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The text.
  public var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The texts of an array of strings.
  public var texts: [String] { elements.compactMap(\.text) }
}

extension OrderedJSON: ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array.
  public init(arrayLiteral elements: OrderedJSON...) { self = .array(elements) }
}
