/// A JSON document whose objects keep the order of their keys.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case unsigned(UInt64)
  /// Written as the shortest text that reads back the same; null when it is not finite.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])
  /// An object or array that is written on one line.
  indirect case inline(JSONValue)
  /// An object or array that is written without any blanks.
  indirect case compact(JSONValue)

  /// One key of an object and its value.
  package struct Member: Sendable, Hashable {
    package let key: String
    package let value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }

    /// Appends the UTF-8 bytes, as `JSONValue` does.
    func write(to output: inout [UInt8], indent: Int?) {
      JSONValue.write(key, to: &output)
      output.append(contentsOf: ": ".utf8)
      value.write(to: &output, indent: indent)
    }
  }

  /// A number or null.
  package static func optional(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

  /// An array of strings.
  package static func strings(_ values: [String]) -> JSONValue {
    .array(values.map { .string($0) })
  }

  /// The UTF-8 bytes, two spaces a level, and a newline at the end.
  package func bytes() -> [UInt8] {
    var output: [UInt8] = []
    write(to: &output, indent: 0)
    output.append(UInt8(ascii: "\n"))
    return output
  }

  /// The UTF-8 bytes on one line.
  package func line() -> [UInt8] {
    var output: [UInt8] = []
    write(to: &output, indent: nil)
    return output
  }

  /// Appends the UTF-8 bytes; `indent` is how many levels it is inside of, nil on one line.
  func write(to output: inout [UInt8], indent: Int?) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): output.append(contentsOf: "\(value)".utf8)
    case .unsigned(let value): output.append(contentsOf: "\(value)".utf8)
    case .number(let value):
      output.append(contentsOf: (value.isFinite ? "\(value)" : "null").utf8)
    case .string(let value): Self.write(value, to: &output)
    case .inline(let value): value.write(to: &output, indent: nil)
    case .compact(let value): value.writeCompact(to: &output)
    case .array(let values):
      Self.write(values, "[", "]", to: &output, indent: indent) { value, output, indent in
        value.write(to: &output, indent: indent)
      }
    case .object(let members):
      Self.write(members, "{", "}", to: &output, indent: indent) { member, output, indent in
        member.write(to: &output, indent: indent)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], _ open: String, _ close: String, to output: inout [UInt8], indent: Int?,
    item: (Item, inout [UInt8], Int?) -> Void
  ) {
    output.append(contentsOf: open.utf8)
    let inner = indent.map { $0 + 1 }
    for (index, value) in items.enumerated() {
      if index > 0 { output.append(contentsOf: (inner == nil ? ", " : ",").utf8) }
      newline(inner, to: &output)
      item(value, &output, inner)
    }
    if !items.isEmpty { newline(indent, to: &output) }
    output.append(contentsOf: close.utf8)
  }

  static func newline(_ indent: Int?, to output: inout [UInt8]) {
    guard let indent else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
  }

  static func write(_ text: String, to output: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    output.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        output.append(UInt8(ascii: "\\"))
        output.append(UInt8(ascii: scalar))
      case "\n": output.append(contentsOf: "\\n".utf8)
      case "\r": output.append(contentsOf: "\\r".utf8)
      case "\t": output.append(contentsOf: "\\t".utf8)
      // C1 controls too: a terminal that shows the text obeys them.
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}":
        output.append(contentsOf: "\\u00".utf8)
        output.append(digits[Int(scalar.value >> 4)])
        output.append(digits[Int(scalar.value & 15)])
      default: output.append(contentsOf: scalar.utf8)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
