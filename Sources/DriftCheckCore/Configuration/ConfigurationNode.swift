internal import DriftReport

/// A value of a configuration file and where it stands.
struct ConfigurationNode: Sendable {
  /// A key of a mapping and its value.
  struct Member: Sendable {
    let key: String
    let place: TextPlace
    let value: ConfigurationNode
  }

  enum Value: Sendable {
    case scalar(ConfigurationScalar)
    case sequence([ConfigurationNode])
    case mapping([Member])
  }

  /// The most levels of lists and mappings in each other.
  static let deepest = 16

  let place: TextPlace
  let value: Value

  /// The value in words, to follow "found".
  var summary: String {
    switch value {
    case .scalar(.null): "no value"
    case .scalar(.boolean(let value)): "\(value)"
    case .scalar(.number(let text)): "the number \(PlainText.cut(text, to: 60))"
    case .scalar(.text(let text)): "the text '\(PlainText.cut(text, to: 60))'"
    case .sequence(let items): items.isEmpty ? "an empty list" : "a list"
    case .mapping: "a mapping"
    }
  }

  /// The value of a key in words, to follow "found", without credentials.
  func found(for key: String) -> String {
    guard case .scalar(.text(let text)) = value else { return summary }
    let shown: ConfigurationScalar = .text(Flag.shown(text, of: key))
    return ConfigurationNode(place: place, value: .scalar(shown)).summary
  }

  /// What to do where something else was expected than the value, if that is not plain from it.
  func hint(expected: String) -> String {
    switch value {
    case .scalar(.null):
      expected == "text"
        ? "; give one, in quotes if it is the word 'null', or take it out"
        : "; give one, or take it out"
    case .scalar(.boolean) where expected == "text": "; put it in quotes if it is that"
    case .scalar(.text(let text)) where expected.hasPrefix("a ") && expected.contains("number"):
      if case .number = ConfigurationScalar.plain(text) { " (no quotes)" } else { "" }
    case .scalar(.text("true")) where expected == "true or false",
      .scalar(.text("false")) where expected == "true or false":
      " (no quotes)"
    default: ""
    }
  }
}

/// A single value. Numbers are kept as they are written, so that none is rounded on the way.
enum ConfigurationScalar: Sendable, Hashable {
  case null
  case boolean(Bool)
  case number(String)
  case text(String)

  /// What a word without quotes is by the core schema of YAML 1.2: `yes`, `no`, `on` and `off` are
  /// text.
  static func plain(_ text: String) -> ConfigurationScalar {
    switch text {
    case "", "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE": .boolean(true)
    case "false", "False", "FALSE": .boolean(false)
    default: isNumber(Array(text.utf8)) ? .number(text) : .text(text)
    }
  }

  private static func isNumber(_ text: [UInt8]) -> Bool {
    if text.starts(with: "0x".utf8) || text.starts(with: "0o".utf8) {
      let digits = text.dropFirst(2)
      let isHexadecimal = text[1] == UInt8(ascii: "x")
      return !digits.isEmpty
        && digits.allSatisfy { isHexadecimal ? isHexadecimalDigit($0) : (48...55).contains($0) }
    }
    var rest = text[...]
    if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      rest.removeFirst()
    }
    let word = String(decoding: rest, as: UTF8.self)
    if [".inf", ".Inf", ".INF"].contains(word) { return true }
    if [".nan", ".NaN", ".NAN"].contains(String(decoding: text, as: UTF8.self)) { return true }
    var digits = takeDigits(&rest)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      digits += takeDigits(&rest)
    }
    guard digits > 0 else { return false }
    if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
      rest.removeFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        rest.removeFirst()
      }
      guard takeDigits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Drops the leading digits and says how many they were.
  private static func takeDigits(_ text: inout ArraySlice<UInt8>) -> Int {
    let digits = text.prefix { (48...57).contains($0) }.count
    text.removeFirst(digits)
    return digits
  }

  private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
  }
}
