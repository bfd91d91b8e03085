/// Parts of JSON text (RFC 8259).
enum JSONText {
  /// A string with its quotes. Control characters become escapes.
  static func string(_ text: String) -> String {
    var result = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result.append(contentsOf: "\\\"".unicodeScalars)
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case _ where TerminalText.isControl(scalar):
        let digits = String(scalar.value, radix: 16)
        let zeros = String(repeating: "0", count: 4 - digits.count)
        result.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
      default: result.append(scalar)
      }
    }
    result.append("\"")
    return String(result)
  }

  /// A string from bytes; what is not UTF-8 becomes U+FFFD.
  static func string(_ bytes: some Collection<UInt8>) -> String {
    string(String(decoding: bytes, as: UTF8.self))
  }

  /// The shortest number that reads back as `value`; `null` when it is not finite.
  static func number(_ value: Double) -> String {
    value.isFinite ? "\(value)" : "null"
  }
}
