internal import DriftDetection

/// What a terminal can show, and what its reader wants.
package struct TerminalStyle: Sendable, Hashable {
  /// Fewer columns than this are taken for this many.
  package static let leastWidth = 10
  /// More columns than this are taken for this many: no terminal has them, only COLUMNS may say so.
  package static let mostWidth = 10_000

  /// The columns of a line, from `leastWidth` to `mostWidth`.
  package let width: Int
  /// Whether statuses, bars and headings are coloured.
  package let usesColor: Bool
  /// Whether signs beyond ASCII may be used: blocks for bars, an ellipsis.
  package let usesUnicode: Bool

  /// A style.
  package init(width: Int, usesColor: Bool, usesUnicode: Bool) {
    self.width = min(max(width, Self.leastWidth), Self.mostWidth)
    self.usesColor = usesColor
    self.usesUnicode = usesUnicode
  }

  /// What stands where something is left out.
  var ellipsis: String { usesUnicode ? "…" : "..." }

  /// A text in the colour of a status.
  func painted(_ text: String, _ status: DriftStatus) -> String {
    painted(text, FeatureStatus(status))
  }

  /// A text in the colour of a status.
  func painted(_ text: String, _ status: FeatureStatus) -> String {
    usesColor ? Report.painted(text, status) : text
  }

  /// A text that stands out.
  func strong(_ text: String) -> String {
    usesColor && !text.isEmpty ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }

  /// A text with the signs that this terminal can show.
  func shown(_ text: String) -> String {
    guard !usesUnicode, text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "≥": result += ">="
      case "“", "”": result += "\""
      case "…": result += "..."
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
