/// How findings are shown in messages: on one line, short, without control characters.
package enum Excerpt {
  /// The longest finding shown, in characters.
  package static let maximumLength = 40

  /// The text in double quotes, escaped, cut after `maximumLength` characters.
  package static func quoted(_ text: String) -> String {
    let head = text.prefix(maximumLength)
    let isCut = head.endIndex != text.endIndex
    return "\"" + escaped(head, escapingQuotes: true) + (isCut ? "..." : "") + "\""
  }

  /// The same for bytes; invalid UTF-8 is shown as U+FFFD.
  package static func quoted(_ bytes: some Collection<UInt8>) -> String {
    // A character is at most a few bytes; decoding a 16 MiB cell to show 40 is waste.
    let head = bytes.prefix(maximumLength * 16)
    return quoted(String(decoding: head, as: UTF8.self))
  }

  /// `1 cell`, `2 cells`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// The text with control characters, line separators and invisible formatting escaped.
  package static func escaped(_ text: some StringProtocol, escapingQuotes: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\"" where escapingQuotes, "\\" where escapingQuotes:
        result += "\\"
        result.unicodeScalars.append(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          result += "\\u{\(String(scalar.value, radix: 16))}"
        default:
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}
