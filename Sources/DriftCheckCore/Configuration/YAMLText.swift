internal import DriftReport

/// Text as a value of YAML.
enum YAMLText {
  /// The text as a single value on one line: as it is where that reads back the same in every
  /// version of YAML, else in double quotes.
  static func scalar(_ text: String) -> String {
    switch ConfigurationScalar.plain(text) {
    case .number: return text
    case .text where isPlain(text): return text
    default: return quoted(text)
    }
  }

  /// Texts as a list on one line.
  static func list(_ items: [String]) -> String {
    "[" + items.map(scalar).joined(separator: ", ") + "]"
  }

  private static func isPlain(_ text: String) -> Bool {
    let words = ["y", "n", "yes", "no", "on", "off"]
    guard let first = text.utf8.first, isLetter(first) || "/_.".utf8.contains(first),
      !words.contains(text.lowercased()), text != "..."
    else { return false }
    return text.utf8.allSatisfy {
      isLetter($0) || (48...57).contains($0) || "/_.-".utf8.contains($0)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case " "..."~": result.unicodeScalars.append(scalar)
      default:
        // Everything else that a terminal or an older reader could take for more than text.
        let isShown =
          ((0xA1..<0xFE00).contains(scalar.value) || (0x10000..<0xE0000).contains(scalar.value))
          && PlainText.neutralised(String(scalar)) == String(scalar)
        if isShown {
          result.unicodeScalars.append(scalar)
        } else {
          let code = String(scalar.value, radix: 16, uppercase: true)
          let zeros = String(repeating: "0", count: 8 - code.count)
          result += "\\U" + zeros + code
        }
      }
    }
    return result + "\""
  }
}
