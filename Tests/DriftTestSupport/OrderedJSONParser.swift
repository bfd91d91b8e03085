/// Reads JSON by recursive descent.
struct OrderedJSONParser {
  let bytes: [UInt8]
  private var place = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func document() throws -> OrderedJSON {
    let value = try value()
    skipSpace()
    guard place == bytes.count else { throw error("something follows the document") }
    return value
  }

  private func error(_ message: String) -> OrderedJSON.SyntaxError {
    OrderedJSON.SyntaxError(description: "byte \(place): \(message)")
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) throws {
    guard next == UInt8(ascii: character) else { throw error("expected '\(character)'") }
    place += 1
  }

  private mutating func taken(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func value() throws -> OrderedJSON {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: OrderedJSON) throws -> OrderedJSON {
    guard bytes[place...].starts(with: word.utf8) else { throw error("expected '\(word)'") }
    place += word.utf8.count
    return value
  }

  private mutating func object() throws -> OrderedJSON {
    try take("{")
    var members: [OrderedJSON.Member] = []
    var keys: Set<[UInt8]> = []
    if taken("}") { return .object([]) }
    repeat {
      skipSpace()
      let key = try string()
      guard keys.insert(Array(key.utf8)).inserted else { throw error("a second key '\(key)'") }
      skipSpace()
      try take(":")
      members.append(.init(key: key, value: try value()))
    } while taken(",")
    try take("}")
    return .object(members)
  }

  private mutating func array() throws -> OrderedJSON {
    try take("[")
    var values: [OrderedJSON] = []
    if taken("]") { return .array([]) }
    repeat { values.append(try value()) } while taken(",")
    try take("]")
    return .array(values)
  }

  private mutating func number() throws -> OrderedJSON {
    let start = place
    if next == UInt8(ascii: "-") { place += 1 }
    let whole = place
    guard digits() > 0 else { throw error("expected a value") }
    guard bytes[whole] != UInt8(ascii: "0") || place == whole + 1 else {
      throw error("a number that begins with 0")
    }
    var isInteger = true
    if next == UInt8(ascii: ".") {
      place += 1
      isInteger = false
      guard digits() > 0 else { throw error("expected a digit") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      place += 1
      isInteger = false
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
      guard digits() > 0 else { throw error("expected a digit") }
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isInteger, let integer = Int(text) { return .integer(integer) }
    guard let value = Double(text) else { throw error("'\(text)' is not a number") }
    return .number(value)
  }

  /// Goes past digits and counts them.
  private mutating func digits() -> Int {
    let start = place
    while let byte = next, (48...57).contains(byte) { place += 1 }
    return place - start
  }

  private mutating func string() throws -> String {
    try take("\"")
    var units: [UInt8] = []
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw error("a raw control character in a string") }
      place += 1
      if byte == UInt8(ascii: "\\") {
        units.append(contentsOf: try escape())
      } else {
        units.append(byte)
      }
    }
    try take("\"")
    guard let text = String(validating: units, as: UTF8.self) else {
      throw error("a string that is not UTF-8")
    }
    return text
  }

  private mutating func escape() throws -> [UInt8] {
    guard let byte = next else { throw error("the document ends in an escape") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try codePoint()
    default: throw error("an unknown escape")
    }
  }

  private mutating func codePoint() throws -> [UInt8] {
    var unit = try hexadecimal()
    if (0xD800..<0xDC00).contains(unit) {
      try take("\\")
      try take("u")
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw error("half a surrogate pair") }
      unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(unit) else { throw error("half a surrogate pair") }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func hexadecimal() throws -> UInt32 {
    let digits = String(decoding: bytes[place...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit),
      let value = UInt32(digits, radix: 16)
    else { throw error("expected four hexadecimal digits") }
    place += 4
    return value
  }
}
