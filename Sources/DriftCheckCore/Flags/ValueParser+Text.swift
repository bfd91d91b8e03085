internal import DriftDetection

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

  /// A number of bytes, with a unit of thousands (K, M, G, T) or of 1,024 (Ki, Mi, Gi, Ti) as
  /// Kubernetes has them.
  package static func size(_ text: String) throws(InvalidValue) -> Int {
    let expected = "a size from 64M on, as '512M' or '2Gi'"
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let units = [
      "": 1, "K": 1000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000,
      "Ki": 1 << 10, "Mi": 1 << 20, "Gi": 1 << 30, "Ti": 1 << 40,
    ]
    guard let number = Int(digits), let unit = units[String(text.dropFirst(digits.count))] else {
      throw InvalidValue(expected: expected)
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow, bytes >= 64_000_000 else { throw InvalidValue(expected: expected) }
    return bytes
  }

  /// One of several processes: 'i/n', or 'n'.
  package static func shard(_ text: String) throws(InvalidValue) -> ShardChoice {
    let expected = "'i/n' with i from 0 to n - 1, or 'n', and n from 1 to 100000"
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count <= 2,
      let count = try? integer(String(last), in: 1...100_000)
    else { throw InvalidValue(expected: expected) }
    guard parts.count == 2 else { return .ofJob(count: count) }
    guard let index = Int(parts[0]),
      let shard = try? MaximumMeanDiscrepancy.Shard(index: index, count: count)
    else { throw InvalidValue(expected: expected) }
    return .given(shard)
  }

  /// Whether a text can be the path of a file.
  static func isFile(_ text: String) -> Bool {
    !text.isEmpty && text != "-" && !text.utf8.contains(0)
  }

  /// The report's path.
  package static func reportPath(_ text: String) throws(InvalidValue) -> String {
    guard isFile(text) else {
      throw InvalidValue(
        expected: "a file ('--format json' prints the report; './-' is a file named '-')")
    }
    return text
  }

  /// The path of the page for people.
  package static func pagePath(_ text: String) throws(InvalidValue) -> String {
    guard isFile(text) else {
      throw InvalidValue(
        expected: "a file ('/dev/stdout' with '--quiet' prints it; './-' is a file named '-')")
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

  /// Whether there are blanks around a text.
  package static func isPadded(_ text: String) -> Bool {
    let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    return [text.utf8.first, text.utf8.last].contains { $0.map(blanks.contains) ?? false }
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
