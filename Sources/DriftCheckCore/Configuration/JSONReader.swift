internal import Checked

/// Reads a configuration in JSON (RFC 8259), strictly: no comments, no trailing commas.
struct JSONReader {
  private let text: ConfigurationText
  private var reader: ByteReader
  private var line = 1
  /// The offset in the line up to which characters were counted, and the column there. Counting
  /// from the line's start would take quadratic time where the whole file is one line.
  private var countedOffset = 0
  private var column = 1

  /// - Throws: `ConfigurationError`.
  static func read(_ text: ConfigurationText) throws(ConfigurationError) -> ConfigurationNode {
    var reader = JSONReader(text: text)
    let root = try reader.value(depth: 1)
    reader.skipSpace()
    guard reader.next == nil else { throw reader.unexpected("the end of the file") }
    return root
  }

  private init(text: ConfigurationText) {
    self.text = text
    reader = ByteReader(text.bytes)
  }

  private var next: UInt8? { reader.peek() }

  private var offset: Int { reader.offset }

  /// A place in the line, which must not come before those that were asked for.
  private mutating func place(of offset: Int) -> TextPlace {
    // Bytes that go on with a character are not counted.
    column += text.bytes[countedOffset..<offset].count { $0 & 0xC0 != 0x80 }
    countedOffset = offset
    return text.place(line: line, column: column)
  }

  private mutating func error(at offset: Int, _ message: String) -> ConfigurationError {
    ConfigurationError([.init(.syntax, at: place(of: offset), "not JSON: \(message)")])
  }

  /// An error at the next character.
  private mutating func unexpected(_ expected: String) -> ConfigurationError {
    guard let byte = next else {
      return error(at: offset, "found the end of the file, expected \(expected)")
    }
    var ahead = reader
    _ = ahead.byte()
    let character = String(
      decoding: [byte] + ahead.take { $0 & 0xC0 == 0x80 }, as: UTF8.self)
    let hint =
      byte == UInt8(ascii: "/") || byte == UInt8(ascii: "#") ? "; JSON has no comments" : ""
    return error(at: offset, "found '\(character)', expected \(expected)\(hint)")
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      _ = reader.byte()
      if byte == 0x0A || byte == 0x0D && next != 0x0A {
        line += 1
        (countedOffset, column) = (offset, 1)
      }
    }
  }

  /// Skips space and takes a byte when it is the next one.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    _ = reader.byte()
    return true
  }

  private mutating func value(depth: Int) throws(ConfigurationError) -> ConfigurationNode {
    skipSpace()
    let place = place(of: offset)
    guard depth <= ConfigurationNode.deepest else {
      throw ConfigurationError([
        .init(
          .limit, at: place,
          "found more than \(ConfigurationNode.deepest) levels, expected settings; take out a few")
      ])
    }
    switch next {
    case UInt8(ascii: "{"): return try object(place, depth: depth)
    case UInt8(ascii: "["): return try array(place, depth: depth)
    case UInt8(ascii: "\""):
      var strings = JSONStrings(reader)
      let string = try string(&strings)
      return ConfigurationNode(place: place, value: .scalar(.text(string)))
    default:
      var ahead = reader
      let word = ahead.take {
        (48...57).contains($0) || (97...122).contains($0) || "+-.E".utf8.contains($0)
      }
      guard let scalar = Self.scalar(String(decoding: word, as: UTF8.self)) else {
        throw unexpected("a value")
      }
      reader = ahead
      return ConfigurationNode(place: place, value: .scalar(scalar))
    }
  }

  private static func scalar(_ word: String) -> ConfigurationScalar? {
    switch word {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default:
      // -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?, where YAML's numbers are a little more.
      guard case .number = ConfigurationScalar.plain(word) else { return nil }
      let digits = Array((word.hasPrefix("-") ? word.dropFirst() : word[...]).utf8)
      guard let first = digits.first, (48...57).contains(first) else { return nil }
      if first == 48, let second = digits[safe: 1], (48...57).contains(second) { return nil }
      let point = digits.firstIndex(of: UInt8(ascii: "."))
      if let point, !(48...57).contains(digits[safe: point + 1] ?? 0) { return nil }
      let isDecimal = digits.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
      return isDecimal ? .number(word) : nil
    }
  }

  private mutating func string(_ strings: inout JSONStrings) throws(ConfigurationError) -> String {
    do throws(JSONStrings.Failure) {
      let string = try strings.next()
      reader = strings.reader
      return string
    } catch {
      throw self.error(at: error.offset, error.message)
    }
  }

  private mutating func array(_ place: TextPlace, depth: Int) throws(ConfigurationError)
    -> ConfigurationNode
  {
    _ = reader.byte()
    var items: [ConfigurationNode] = []
    if take("]") { return ConfigurationNode(place: place, value: .sequence(items)) }
    while true {
      items.append(try value(depth: depth + 1))
      if take("]") { return ConfigurationNode(place: place, value: .sequence(items)) }
      guard take(",") else { throw unexpected("',' or ']'") }
    }
  }

  private mutating func object(_ place: TextPlace, depth: Int) throws(ConfigurationError)
    -> ConfigurationNode
  {
    _ = reader.byte()
    var members: [ConfigurationNode.Member] = []
    if take("}") { return ConfigurationNode(place: place, value: .mapping(members)) }
    while true {
      skipSpace()
      let keyPlace = self.place(of: offset)
      guard next == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
      var strings = JSONStrings(reader)
      let key = try string(&strings)
      guard take(":") else { throw unexpected("':'") }
      members.append(.init(key: key, place: keyPlace, value: try value(depth: depth + 1)))
      if take("}") { return ConfigurationNode(place: place, value: .mapping(members)) }
      guard take(",") else { throw unexpected("',' or '}'") }
    }
  }
}
