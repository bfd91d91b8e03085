/// Text from data, made safe for a terminal.
package enum PlainText {
  /// The text with control characters escaped, so that no name can move the cursor, change colours,
  /// add lines, turn the direction of writing or hide a part of itself.
  package static func neutralised(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x09: result += "\\t"
      case 0x20..<0x7F: result.unicodeScalars.append(scalar)
      default:
        guard isUnseen(scalar) else {
          result.unicodeScalars.append(scalar)
          continue
        }
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return result
  }

  /// Whether a code point acts on the text around it instead of being seen: controls, line ends,
  /// marks of direction, and what is ignorable by default (UAX #44). Joiners and variation selectors
  /// are left: words of some languages and emoji need them.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // C0, DEL, C1, and the marks that turn the direction of writing.
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    // Interlinear annotations.
    case 0xFFF9...0xFFFB: true
    case 0xA0..<0xAD, 0xAE..<0x300, 0x200C, 0x200D: false
    default:
      scalar.properties.isDefaultIgnorableCodePoint && !scalar.properties.isVariationSelector
    }
  }

  /// The text cut to a width, with an ellipsis where something is missing.
  package static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
  }

  /// The text filled with spaces to a number of columns.
  package static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - DisplayWidth.of(text)))
    return right ? spaces + text : text + spaces
  }
}
