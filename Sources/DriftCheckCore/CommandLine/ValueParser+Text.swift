extension ValueParser {
  /// The names that `--delimiter` knows, beside any single byte.
  package static let delimiterNames: [(name: String, byte: UInt8)] = [
    ("comma", UInt8(ascii: ",")), ("semicolon", UInt8(ascii: ";")), ("tab", UInt8(ascii: "\t")),
    ("pipe", UInt8(ascii: "|")), ("space", UInt8(ascii: " ")),
  ]

  /// The byte between two cells: one byte, `\t`, or a name.
  package static func delimiter(_ text: String) throws(InvalidValue) -> UInt8 {
    if let named = delimiterNames.first(where: { $0.name == text }) { return named.byte }
    if text == "\\t" { return UInt8(ascii: "\t") }
    // A quote or a line end between cells could not be told from one around them.
    let reserved = [UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    guard let byte = text.utf8.first, text.utf8.count == 1, !reserved.contains(byte) else {
      let names = delimiterNames.map { "'\($0.name)'" }.joined(separator: ", ")
      throw InvalidValue(
        expected: "one byte that is no quote and no line end, '\\t', or one of \(names)")
    }
    return byte
  }

  /// The address of a server, by HTTP or HTTPS. One with credentials is refused later, by a message
  /// that does not repeat it.
  package static func gateway(_ text: String) throws(InvalidValue) -> String {
    let expected = "an address such as 'http://pushgateway:9091', without '?' and '#'"
    guard let scheme = ["http://", "https://"].first(where: text.lowercased().hasPrefix) else {
      throw InvalidValue(expected: expected)
    }
    let rest = text.dropFirst(scheme.count)
    let isPlain = rest.utf8.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && !"?#\"<>\\^`{|}".utf8.contains($0)
    }
    guard isPlain, let first = rest.first, first != "/", first != ":" else {
      throw InvalidValue(expected: expected)
    }
    return text
  }

  /// The report's path.
  package static func reportPath(_ text: String) throws(InvalidValue) -> String {
    guard !text.isEmpty, text != "-" else {
      throw InvalidValue(
        expected: "a file ('--format json' prints the report; './-' is a file named '-')")
    }
    return text
  }

  /// Column names between commas; `\,` is a comma in a name.
  package static func columns(_ text: String) throws(InvalidValue) -> [String] {
    let items = commaList(text)
    guard !items.contains("") else {
      throw InvalidValue(expected: "names between commas, none of them empty ('\\,' for a comma)")
    }
    return items
  }

  /// Items between commas; `\,` is a comma in an item, any other backslash is itself.
  package static func commaList(_ text: String) -> [String] {
    var items: [String] = []
    var item = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped, scalar != "," { item.append("\\") }
      switch scalar {
      case "\\":
        isEscaped = true
        continue
      case "," where !isEscaped:
        items.append(String(item))
        item = .init()
      default:
        item.append(scalar)
      }
      isEscaped = false
    }
    if isEscaped { item.append("\\") }
    items.append(String(item))
    return items
  }
}
